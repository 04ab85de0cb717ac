import type { IpFacts } from '../enrich/enricher.ts';
import type { Row, SourceEvent, SourceUser } from '../source/source.ts';
import type { Device, Network, Place } from '../whereabouts.ts';

/** What ingest made of a Row: no native id, no secret, everything looked up. */
export type SessionRecord = Omit<
  Row,
  'native' | 'identity' | 'ip' | 'device' | 'place' | 'network' | 'user'
> & {
  readonly key: string;
  readonly user: SourceUser;
  readonly ip: IpFacts | null;
  readonly device: Device;
  /** The place that counts and where it is from; the source's is taken whole. */
  readonly place: Place | null;
  readonly placeFrom: 'source' | 'database' | null;
  readonly network: Network | null;
};

/** The same of what happened: reported by a source, or read from a file. */
export type EventRecord = Omit<SourceEvent, 'user' | 'ip' | 'place' | 'network' | 'sessionIdentity'> & {
  readonly user: SourceUser;
  readonly sessionKey: string | null;
  readonly ip: IpFacts | null;
  readonly device: Device | null;
  readonly place: Place | null;
  readonly placeFrom: 'source' | 'database' | null;
  readonly network: Network | null;
  /** Hash of what stays with one device across sessions; absent or null where it is not told. */
  readonly deviceToken?: string | null;
  /** A mark of all that a line of a file said: another mark, another event. Absent: address, user agent and session say it all. */
  readonly content?: number;
};

/** One or more pages of a sweep, ready to be written in one transaction. */
export type Batch = {
  readonly rows: readonly SessionRecord[];
  /** Ended sessions the source still tells of. */
  readonly history: readonly SessionRecord[];
  readonly events: readonly EventRecord[];
};
