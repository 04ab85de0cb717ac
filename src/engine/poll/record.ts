import type { Capabilities } from '../../contract/source.ts';
import type { Enricher, IpFacts } from '../enrich/enricher.ts';
import type { EventRecord, SessionRecord } from '../store/records.ts';
import type { Device, Network, Place } from '../whereabouts.ts';
import type { Account, Row, SourceEvent } from '../source/source.ts';
import { sessionKeys } from './session-key.ts';

const UNKNOWN_DEVICE: Device = {
  browser: null,
  browserVersion: null,
  os: null,
  osVersion: null,
  kind: 'unknown',
};

export type Recorder = {
  session(row: Row): SessionRecord;
  event(event: SourceEvent): EventRecord;
};

/**
 * Makes store records of what an adapter yields: derives keys, looks addresses and user agents up, and leaves the
 * native id behind.
 *
 * A listing of one's own sessions is named by its account. A listing of everybody is the same listing whoever asks,
 * so that another administrator's credential doesn't make every session a new one.
 */
export function createRecorder(deps: {
  readonly enricher: Enricher;
  readonly identityKey: Buffer;
  readonly source: string;
  readonly account: Account;
  readonly scope: Capabilities['scope'];
}): Recorder {
  const keyAccount = deps.scope === 'self' ? deps.account.id : '*';
  const keyOf = sessionKeys(deps.identityKey, deps.source, keyAccount);
  const { known: _, ...owner } = deps.account;

  return {
    session({ native: _native, identity, ...row }) {
      const ip = row.ip === null ? null : deps.enricher.ip(row.ip);
      return {
        ...row,
        key: keyOf(identity),
        user: row.user ?? owner,
        ip,
        device: row.userAgent === null ? (row.device ?? UNKNOWN_DEVICE) : deps.enricher.device(row.userAgent),
        ...placeOf(row.place, ip),
        network: networkOf(row.network, ip),
      };
    },
    event({ sessionIdentity, ...event }) {
      const ip = event.ip === null ? null : deps.enricher.ip(event.ip);
      return {
        ...event,
        user: event.user ?? owner,
        sessionKey: sessionIdentity === null ? null : keyOf(sessionIdentity),
        ip,
        device: event.userAgent === null ? null : deps.enricher.device(event.userAgent),
        ...placeOf(event.place, ip),
        network: networkOf(event.network, ip),
      };
    },
  };
}

/** A place stated by the source is taken whole: half of it and half of a database's would be nowhere. */
function placeOf(stated: Place | null, ip: IpFacts | null): Pick<SessionRecord, 'place' | 'placeFrom'> {
  if (stated !== null && Object.values(stated).some((value) => value !== null)) {
    return { place: stated, placeFrom: 'source' };
  }
  const place: Place | null = ip?.place ?? null;
  return { place, placeFrom: place === null ? null : 'database' };
}

/** Networks, unlike places, add up: the source knows its flags, the database knows the ASN. */
function networkOf(stated: Network | null, ip: IpFacts | null): Network | null {
  const known = ip?.network ?? null;
  if (stated === null) return known;
  return {
    asn: stated.asn ?? known?.asn ?? null,
    org: stated.org ?? known?.org ?? null,
    kinds: [...new Set([...stated.kinds, ...(known?.kinds ?? [])])].sort(),
  };
}
