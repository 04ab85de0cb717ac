import type { EventOutcome } from '../../contract/event.ts';
import type { FindingState } from '../../contract/finding.ts';
import type { IpClass } from '../../contract/place.ts';
import type { RuleId, Severity } from '../../contract/rules.ts';
import type { UserTag } from '../../contract/person.ts';
import type { TimeQuality } from '../../contract/instant.ts';
import type { Device, Network, Place } from '../whereabouts.ts';

/** One moment of a person's life online: a login, the start of a session, or activity that a poll saw. */
export type Sighting = {
  /** Stable across polls and restarts: the same moment never gets a second id. */
  readonly id: string;
  readonly kind: 'login' | 'start' | 'activity';
  /** Event time. Both ends are equal when the moment is known, else it lies between them; null: nothing bounds it from below. */
  readonly fromMs: number | null;
  readonly toMs: number;
  readonly quality: TimeQuality;
  readonly outcome: EventOutcome;
  readonly source: string;
  readonly userId: string;
  readonly sessionKey: string | null;
  readonly ip: string | null;
  readonly ipClass: IpClass | null;
  readonly place: Place | null;
  readonly network: Network | null;
  readonly device: Device | null;
  readonly userAgent: string | null;
  /** What stays with one device across sessions, where the source gives it; absent or null where not. */
  readonly deviceToken?: string | null;
  /** Our own polling request left this trace: no evidence for any rule. */
  readonly isOwnPoll: boolean;
  /** The source gives a session a new id at each reconnect (Rocket.Chat). */
  readonly idReconnects: boolean;
  /** An analyst called it an attack (a finding about it is a true positive): it teaches nothing. Absent: no. */
  readonly isQuarantined?: boolean;
};

/** One user of a person. */
export type FactsUser = {
  readonly source: string;
  readonly userId: string;
  readonly userName: string | null;
  readonly tags: readonly UserTag[];
  /** The source reports logins, so that the start of a session is none. Absent: no. */
  readonly tellsLogins?: boolean;
  /** When its source was first listed completely; absent or null: never, or not known. Who is older may only look new. */
  readonly sourceSinceMs?: number | null;
  /** When it was last seen before the facts begin; absent or null: never, as far as is known. */
  readonly seenBeforeMs?: number | null;
};

/** A session of a person as it stands now: what rules about age and state look at. */
export type SessionFacts = {
  readonly key: string;
  readonly source: string;
  readonly userId: string;
  /** Null when it is not known or not to be believed. */
  readonly startedAtMs: number | null;
  readonly lastSeenAtMs: number | null;
  readonly expiresAtMs: number | null;
  readonly firstObservedAtMs: number;
  /** The source says that the user behind it is deleted or unknown. */
  readonly isUserGone: boolean;
  /** Since when it says so; absent or null: not known. */
  readonly userGoneSinceMs?: number | null;
  /** The source tells when sessions expire at all, so that no expiry means never. */
  readonly tellsExpiry: boolean;
  /** The source tells finely enough when a session was last used, so that an old time means idle; absent: no. */
  readonly tellsLastSeen?: boolean;
  /** Absent or null: not known. */
  readonly device?: Device | null;
  /** Our own credential's session, or one that can't be told from it. */
  readonly isOwn: boolean;
  /** When a source last accepted our revoke of it, while it is still listed; null: never. */
  readonly revokedAtMs: number | null;
  /** When it was last seen in a listing. */
  readonly lastListedAtMs: number;
  /** How often its source is polled; absent: not known. */
  readonly pollEveryMs?: number;
};

/** What the model learns values of. */
export type Feature = 'country' | 'city' | 'asn' | 'prefix' | 'device' | 'os' | 'browser';

/** Values an analyst called known by a false-positive verdict, from that moment on. */
export type LearnedValue = { readonly feature: Feature; readonly value: string };

/** Everything the rules may know about one person: all its users, at all sources. */
export type PersonFacts = {
  /** At least one; sorted by source, then id. */
  readonly users: readonly FactsUser[];
  /** Sorted by `toMs`, then id; back to `factsReachMs` before now. */
  readonly sightings: readonly Sighting[];
  /** Live sessions only; absent: none. */
  readonly sessions?: readonly SessionFacts[];
  readonly learned?: readonly LearnedValue[];
  readonly nowMs: number;
  /** Known from imported files only: findings are made about all of it, however long ago. Absent: no. */
  readonly isHistory?: boolean;
  /** What was before this moment is left out, because there is too much of it; absent: nothing is. */
  readonly cutBeforeMs?: number;
};

/** What one attacker's traces have in common (detections 6.1); unknown is null. */
export type Infrastructure = {
  /** IPv4 /24 or IPv6 /48. */
  readonly prefix: string | null;
  readonly asn: number | null;
  /** Family of the user agent: operating system and browser, never a version. */
  readonly client: string | null;
};

/** A finding in plain words: a line, and the sentences that say who, what, how sure, and what would make it wrong. */
export type Words = { readonly title: string; readonly explanation: string };

/** What a rule says: ready to be stored, and the same each time for the same facts. */
export type RuleFinding = {
  readonly rule: RuleId;
  /** Same facts, same key: a second run adds nothing. */
  readonly dedupeKey: string;
  readonly severity: Severity;
  readonly source: string;
  readonly userId: string;
  readonly sessions: readonly string[];
  readonly atMs: number;
  /** Where it came from, for grouping into incidents. */
  readonly infrastructure: Infrastructure;
  /** What it says; null where its rule tells that from the evidence whenever it is read (`rule.ts`). */
  readonly words: Words | null;
  readonly evidence: Record<string, unknown>;
  readonly state: Exclude<FindingState, 'closed'>;
  readonly suppressedBy: string | null;
};

/** A comparison that could not be made, with the reason: neither "fine" nor a finding. */
export type NotEvaluable = {
  readonly rule: RuleId;
  readonly sightings: readonly string[];
  readonly reason: string;
};

/** A finding with its words. */
export type ReadableFinding = RuleFinding & Words;

export type Detection = {
  readonly findings: readonly ReadableFinding[];
  readonly notEvaluable: readonly NotEvaluable[];
};
