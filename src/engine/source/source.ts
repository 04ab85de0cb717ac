import type { EventOutcome } from '../../contract/event.ts';
import type { TimeQuality } from '../../contract/instant.ts';
import type { UserTag } from '../../contract/person.ts';
import type { Problem } from '../../contract/error-codes.ts';
import type { Capabilities, ConfigOf, SecretRef, SourceKind } from '../../contract/source.ts';
import type { Clock } from '../host.ts';
import type { Secret } from '../secret.ts';
import type { Device, Network, Place } from '../whereabouts.ts';
import type { HttpClient, HttpOptions } from './http.ts';

/** One session of a listing, normalised. It knows no clock and no store; unknown is null, never 0 or now. */
export type Row = {
  /** What revoke needs. A Secret where it is a live credential: memory only. */
  readonly native: string | Secret;
  /** What makes it the same session next time; goes through an HMAC, never stored as it is. */
  readonly identity: string;
  /** Last 4 characters of the native id. */
  readonly hint: string;
  /** Null when the source tells nothing: the session is then the account's own. */
  readonly user: SourceUser | null;
  readonly isCurrent: boolean | null;
  /** `expired` is also derived locally from `expiresAtMs`; adapters say what the source said. */
  readonly state: 'active' | 'expired' | 'ended' | 'unknown';
  readonly startedAtMs: number | null;
  readonly startedAtQuality: TimeQuality;
  readonly lastSeenAtMs: number | null;
  readonly expiresAtMs: number | null;
  /** As the source wrote it; normalising is the enricher's work. */
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly impersonatedBy: string | null;
  /** A place stated by the source: taken whole, never mixed with a database's. */
  readonly place: Place | null;
  readonly network: Network | null;
  /** A device parsed by the source; used only where there is no user agent. */
  readonly device: Device | null;
  /** The polling request itself shows up in this row's address and user agent: no evidence for any rule. */
  readonly isOwnPoll: boolean;
  /** The user behind the session is deleted or unknown to the source. */
  readonly userGone: boolean;
};

export type SourceUser = {
  readonly id: string;
  readonly name: string | null;
  /** Only a verified one: it links users of several sources. */
  readonly email: string | null;
  /** What the source says the user is; absent where it says nothing of that, which takes nothing back. */
  readonly tags?: readonly UserTag[];
};

/** A login or the like that the source reported beside its sessions. */
export type SourceEvent = {
  readonly atMs: number;
  readonly user: SourceUser | null;
  readonly kind: 'login' | 'failure' | 'refresh' | 'end';
  readonly outcome: EventOutcome;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly place: Place | null;
  readonly network: Network | null;
  /** Identity of the session it belongs to, as in `Row.identity`; null when not known. */
  readonly sessionIdentity: string | null;
};

/** A row that could not be understood: the sweep goes on, the source reports it. */
export type RejectedRow = { readonly index: number; readonly reason: string };

export type SourcePage = {
  /** Sessions of the listing proper. */
  readonly rows: readonly Row[];
  /** Ended sessions that the source still tells of (state `ended`); they don't count as listed. */
  readonly history: readonly Row[];
  readonly events: readonly SourceEvent[];
  readonly rejected: readonly RejectedRow[];
};

/** Only `complete: true` lets absence mean anything. */
export type SweepEnd = { readonly complete: true } | { readonly complete: false; readonly problem: Problem };

/** Who the credential is. `id` is stable per source and part of every identity. */
export type Account = SourceUser & {
  /** False where the API can't say and neither does the configuration. */
  readonly known: boolean;
};

export type RevokeTarget = {
  readonly native: string | Secret;
  readonly user: { readonly id: string } | null;
};

/** What the far side said. It proves nothing: only a later complete sweep verifies. */
export type RevokeAnswer = { readonly outcome: 'accepted' | 'already-gone'; readonly note: string | null };

/**
 * One configured API. Every method throws EngineError with a code of the closed list (sources' half) and
 * nothing else that a caller should expect; each takes a signal and stops at once when it is aborted.
 */
export type Source = {
  readonly capabilities: Capabilities;
  /** Who the credential is; asked before every sweep, answered from memory when nothing changed. */
  account(signal: AbortSignal): Promise<Account>;
  /** One listing. Yields pages as they come; the return value says whether it was complete. */
  list(signal: AbortSignal): AsyncGenerator<SourcePage, SweepEnd, void>;
  /** Ends one session. Read-only kinds throw `forbidden`. Never retried here. */
  revoke(target: RevokeTarget, signal: AbortSignal): Promise<RevokeAnswer>;
  close(): Promise<void>;
};

/** What an adapter is given. */
export type SourceContext<K extends SourceKind> = {
  readonly config: ConfigOf<K>;
  readonly secret: (ref: SecretRef) => Promise<Secret>;
  readonly http: (options: HttpOptions) => HttpClient;
  readonly clock: Clock;
};

/** What a kind's folder exports and the registry lists. */
export type SourceAdapter<K extends SourceKind> = {
  readonly kind: K;
  capabilities(config: ConfigOf<K>): Capabilities;
  open(context: SourceContext<K>): Source;
};
