import type { PolicyWrites } from './policy/policy-store.ts';
import type { RetentionCounts } from '../../contract/care.ts';
import type { Problem } from '../../contract/error-codes.ts';
import type { UserRef, UserTag } from '../../contract/person.ts';
import type { RevocationState } from '../../contract/revocation.ts';
import type { AnyConfig } from '../../contract/source.ts';
import type { Suppression, SuppressionEnd, SuppressionRequest } from '../../contract/suppression.ts';
import type { Account } from '../source/source.ts';
import type { AuditDraft } from './audit-draft.ts';
import type { BatchResult, ImportedPage, SweepResult } from './batch-result.ts';
import type { GiveBackStep } from './care/give-back.ts';
import type { RetentionCursor, RetentionLimits, RetentionStep } from './care/retention-cursor.ts';
import type { Decision, DecisionEffect, DecisionTarget } from './decision.ts';
import type { Reconsidered, SavedFindings, SettledDays, UserFindings } from './judgement.ts';
import type { ChangedList, ListChange, ListVersion } from './lists/list-version.ts';
import type { Batch, EventRecord } from './records.ts';
import type { RevocationRecord, RevocationStep } from './revocation-record.ts';
import type { UserNumber } from './user-number.ts';

/** Writes. One writer per data directory; each call is one transaction. */
export type StoreWriter = PolicyWrites & {
  putSource(config: AnyConfig, demo: boolean): Promise<void>;
  /** Forgets the source and everything that came from it; revocations and audit entries stay. */
  removeSource(id: string): Promise<void>;
  beginSweep(source: string, account: Account, atMs: number): Promise<number>;
  /** Writes one page. A key already met in this sweep changes nothing. */
  ingest(sweep: number, batch: Batch, atMs: number): Promise<BatchResult>;
  /**
   * Closes a sweep. Only a complete one ends sessions that were not listed; where ids change on reconnect, a
   * vanished session and a new one of the same user, device and address are first joined into one.
   */
  finishSweep(
    sweep: number,
    end: {
      complete: boolean;
      problem: Problem | null;
      rejectedRows: number;
      rejectedExamples: readonly string[];
      idReconnects: boolean;
    },
    atMs: number,
  ): Promise<SweepResult>;
  /** Writes one page of a history that was imported into a source, in any order; what is stored already changes nothing. */
  importEvents(source: string, events: readonly EventRecord[], atMs: number): Promise<ImportedPage>;
  /** A file was imported to its end. */
  recordImport(
    source: string,
    rejected: { readonly lines: number; readonly examples: readonly string[] },
    atMs: number,
  ): Promise<void>;
  /** A sweep that failed before its first page. */
  recordFailure(source: string, problem: Problem, atMs: number): Promise<void>;
  /**
   * Makes the stored findings what the rules say now: adds, by `dedupeKey`, changes and withdraws. What an analyst decided on
   * stays as he left it. Suppressions that are in force `atMs` (left out: those without an expiry) are applied to what is new,
   * and the incidents of the users are made anew.
   *
   * @returns null where dictionary entries were removed since `entriesAsOf`: what was found may refer to others now. Nothing is
   *   written then, and who was judged is to be judged again
   */
  saveFindings(
    found: readonly UserFindings[],
    withdrawn?: readonly string[],
    atMs?: number,
    entriesAsOf?: number,
  ): Promise<SavedFindings | null>;
  /** Counts or scores one day that is due; the caller asks on until all is done. */
  settleDays(atMs: number): Promise<SettledDays>;
  /** What `reconsidered` told of is judged: it is told of no more, unless more days were counted since. */
  concludeReconsidered(reconsidered: Reconsidered): Promise<void>;
  /**
   * Gives or takes back verdicts, with the entry that tells of it. Throws `not-found` and `refused` and changes nothing then.
   */
  decide(target: DecisionTarget, decision: Decision, audit: AuditDraft): Promise<DecisionEffect>;
  assignIncidents(ids: readonly string[], assignee: string | null, audit: AuditDraft): Promise<void>;
  addNote(
    id: string,
    note: { readonly text: string; readonly by: string; readonly atMs: number },
    audit: AuditDraft,
  ): Promise<void>;
  /** Keeps a suppression and silences what it matches of what is open now. */
  addSuppression(
    request: SuppressionRequest,
    by: { readonly owner: string; readonly atMs: number },
    audit: AuditDraft,
  ): Promise<Suppression>;
  /** Ends one and gives back what it silenced. Throws `not-found`, and `refused` when it has ended. */
  endSuppression(id: string, atMs: number, audit: AuditDraft): Promise<SuppressionEnd>;
  /** These answer the users whom it concerns: what is known of them has changed. Throw `not-found` and `refused`. */
  linkUsers(users: readonly UserRef[], audit: AuditDraft): Promise<readonly UserNumber[]>;
  unlinkUser(user: UserRef, audit: AuditDraft): Promise<readonly UserNumber[]>;
  tagUser(user: UserRef, tags: readonly UserTag[], audit: AuditDraft): Promise<readonly UserNumber[]>;
  /** Everybody that was due by then has been judged. */
  concludeJudging(untilMs: number): Promise<void>;
  createRevocation(record: RevocationRecord): Promise<void>;
  /** Throws `not-found` when the job does not name the session. */
  recordRevocationStep(step: RevocationStep): Promise<void>;
  setRevocationState(id: string, state: RevocationState, finishedAtMs: number | null): Promise<void>;
  /** Turns ended (or still stored) sessions into revoked ones. */
  markRevoked(keys: readonly string[], atMs: number): Promise<void>;
  appendAudit(entry: AuditDraft): Promise<void>;
  /** How many days what is over is kept; null keeps everything. */
  setRetention(days: number | null, audit: AuditDraft): Promise<void>;
  /** One small step of a retention run from `cursor` on (null: from the start): removes at most `limit` rows of a kind. */
  retain(limits: RetentionLimits, limit: number, cursor: RetentionCursor | null): Promise<RetentionStep>;
  /** Ends a run: one audit entry with what was removed since the last one, which is the answer. */
  concludeRetention(audit: AuditDraft, evenIfNothing: boolean): Promise<RetentionCounts>;
  /** Writes a list, or a newer version of it; throws `conflict` when it is there with another tag. */
  importList(version: ListVersion, audit: AuditDraft): Promise<ListChange>;
  /** Takes a list out of use; throws `not-found`. */
  removeList(name: string, audit: AuditDraft): Promise<void>;
  /** The users on a changed list were judged; what is left of a removed one goes. */
  settleList(list: ChangedList): Promise<void>;
  /** Gives at most `pages` free pages back to the disk. */
  giveBack(pages: number): Promise<GiveBackStep>;
};
