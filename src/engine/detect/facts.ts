import type { EventOutcome } from '../../contract/event.ts';
import type { FindingState } from '../../contract/finding.ts';
import type { IpClass } from '../../contract/place.ts';
import type { RuleId, Severity } from '../../contract/rules.ts';
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
};

/** Everything the rules may know about one person. */
export type PersonFacts = {
  readonly source: string;
  readonly userId: string;
  readonly userName: string | null;
  /** Sorted by `toMs`, then id; back to `factsReachMs` before now. */
  readonly sightings: readonly Sighting[];
  readonly nowMs: number;
  /** What was before this moment is left out, because there is too much of it; absent: nothing is. */
  readonly cutBeforeMs?: number;
};

/** What a rule says: ready to be stored, and the same each time for the same facts. */
export type RuleFinding = {
  readonly rule: RuleId;
  /** Same facts, same key: a second run adds nothing. */
  readonly dedupeKey: string;
  readonly severity: Severity;
  readonly score: number;
  readonly source: string;
  readonly userId: string;
  readonly sessions: readonly string[];
  readonly atMs: number;
  readonly title: string;
  readonly explanation: string;
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

export type Detection = {
  readonly findings: readonly RuleFinding[];
  readonly notEvaluable: readonly NotEvaluable[];
};
