import type { AuditEntry } from '../../contract/audit.ts';
import type { Retention, RetentionCounts } from '../../contract/care.ts';
import type { Problem } from '../../contract/error-codes.ts';
import type { Event } from '../../contract/event.ts';
import type { Finding } from '../../contract/finding.ts';
import type { Incident, IncidentDetail } from '../../contract/incident.ts';
import type { ListPage, ListRequest } from '../../contract/list.ts';
import type { ListMatch, NetworkList } from '../../contract/lists.ts';
import type { MapAnswer } from '../../contract/map.ts';
import type { Overview } from '../../contract/overview.ts';
import type { Person, UserRef, UserTag } from '../../contract/person.ts';
import type { ReportFormat } from '../../contract/report.ts';
import type {
  Revocation,
  RevocationItem,
  RevocationItemState,
  RevocationState,
  RevocationSummary,
} from '../../contract/revocation.ts';
import type { Observation, Session } from '../../contract/session.ts';
import type { AnyConfig } from '../../contract/source.ts';
import type {
  Suppression,
  SuppressionEnd,
  SuppressionPreview,
  SuppressionPreviewRequest,
  SuppressionRequest,
} from '../../contract/suppression.ts';
import type { ListName } from '../../contract/system.ts';
import type { User } from '../../contract/user.ts';
import type { IpFacts } from '../enrich/enricher.ts';
import type { Device, Network, Place } from '../whereabouts.ts';
import type { Account, Row, SourceEvent, SourceUser } from '../source/source.ts';
import type { AuditDraft } from './audit-draft.ts';
import type { BackupContents } from './care/backup-stamp.ts';
import type { GiveBackStep } from './care/give-back.ts';
import type { Decision, DecisionEffect, DecisionTarget } from './decision.ts';
import type { DayJudgement, Judgement, Reconsidered, SettledDays, UserFindings } from './judged-days.ts';
import type { RetentionCursor, RetentionLimits, RetentionStep } from './care/retention-cursor.ts';
import type { ChangedList, ListChange, ListVersion } from './lists/list-version.ts';
import type { ListQuestion } from './lists/lists.ts';
import type { PolicyReads, PolicyWrites } from './policy/policy-store.ts';

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

/** A page of a sweep, ready to be written in one transaction. */
export type Batch = {
  readonly rows: readonly SessionRecord[];
  /** Ended sessions the source still tells of. */
  readonly history: readonly SessionRecord[];
  readonly events: readonly EventRecord[];
};

/** Sessions as they go into a file: pages of `limit` lines or fewer, by the `next` of the page before (null: from the start). */
export type SessionTextRequest = {
  readonly query: string;
  readonly format: ReportFormat;
  readonly cursor: string | null;
  readonly limit: number;
};

/** A page of lines in UTF-8. `text` is all that its buffer holds, so a thread hands the buffer over instead of copying it. */
export type TextPage = {
  readonly text: Uint8Array<ArrayBuffer>;
  readonly rows: number;
  /** Null on the last page. */
  readonly next: string | null;
};

/** A user as the store numbers it; opaque to everyone else. */
export type UserNumber = number;

export type BatchResult = {
  /** Sessions never stored before. */
  readonly newSessions: number;
  /** Observation rows written: only where something changed. */
  readonly observations: number;
  /** Reported events never stored before. */
  readonly newEvents: number;
  /** Users with anything new to judge. */
  readonly touched: readonly UserNumber[];
  /** Days (UTC, by number since 1970) of the source of which a login or a failure is new, ascending. */
  readonly touchedDays: readonly number[];
  /** Record keys that are known as another session's later id (reconnects): record key -> that session's public key. */
  readonly canonical: ReadonlyMap<string, string>;
};

/** What a page of an imported history did. Whoever is in it is touched, so that an import that was cut off can be repeated. */
export type ImportedPage = BatchResult & {
  /** Events that retention would remove again; they are not stored. */
  readonly forgotten: number;
};

export type SweepResult = {
  readonly ended: number;
  readonly touched: readonly UserNumber[];
  /** As in `BatchResult`: days of which a login turned out to be none. */
  readonly touchedDays: readonly number[];
  /** Sessions of this sweep that continue a vanished one (reconnects): key as ingested -> public key kept. */
  readonly joined: ReadonlyMap<string, string>;
};

export type { Judgement, UserFindings };

/** How many findings were written. */
export type SavedFindings = {
  readonly added: number;
  readonly changed: number;
  /** Ids of those that are gone. */
  readonly withdrawn: readonly string[];
};

/** What is known of a source apart from its configuration. */
export type SourceRecord = {
  readonly config: AnyConfig;
  readonly demo: boolean;
  readonly problem: Problem | null;
  readonly lastAttemptAtMs: number | null;
  readonly lastCompleteAtMs: number | null;
  readonly liveSessions: number;
  readonly rejectedRows: number;
  readonly rejectedExamples: readonly string[];
};

/** A job as it is first written: everything it will ever touch. */
export type RevocationRecord = {
  readonly id: string;
  readonly reason: string;
  readonly createdAtMs: number;
  readonly items: readonly RevocationItem[];
};

/** One step of a job, written whole or not at all: a crash leaves no state that the audit does not tell of. */
export type RevocationStep = {
  readonly id: string;
  readonly session: string;
  /** `verified` also turns the stored session into a revoked one. */
  readonly state: RevocationItemState;
  readonly why: string | null;
  readonly atMs: number;
  readonly audit: AuditDraft;
};

export type { AuditDraft };

/**
 * Reads. Every answer is a finished value of the contract; implementations may run anywhere (this thread,
 * a worker, another machine), which is why all of them are asynchronous.
 */
export type StoreReader = PolicyReads & {
  sources(): Promise<readonly SourceRecord[]>;
  sessions(request: ListRequest): Promise<ListPage<Session>>;
  session(key: string): Promise<Session | null>;
  /** Newest first. */
  observations(key: string): Promise<readonly Observation[]>;
  /**
   * Every session that matches, in the order in which they were first stored: each that was stored when the first page was
   * read, once, as it is when its own page is read. What has expired and what relative times mean is as of the first page.
   */
  sessionText(request: SessionTextRequest): Promise<TextPage>;
  users(request: ListRequest): Promise<ListPage<User>>;
  /** The first thousand. */
  persons(): Promise<readonly Person[]>;
  events(request: ListRequest): Promise<ListPage<Event>>;
  incidents(request: ListRequest): Promise<ListPage<Incident>>;
  /** By its id, or one it had before it became part of an older one. */
  incident(id: string): Promise<IncidentDetail | null>;
  /** Newest first. */
  suppressions(): Promise<readonly Suppression[]>;
  /** What a scope would have kept from an analyst; looks at every open finding of the days asked for. */
  previewSuppression(request: SuppressionPreviewRequest): Promise<SuppressionPreview>;
  findings(request: ListRequest): Promise<ListPage<Finding>>;
  finding(id: string): Promise<Finding | null>;
  /**
   * Users of whom the clock alone makes news: sessions that came of age since the last round was concluded, or that are over
   * though a finding names them.
   */
  dueForJudging(): Promise<{ readonly users: readonly UserNumber[]; readonly untilMs: number }>;
  /** How many rows of a list match the query, exactly; takes as long as there are many. */
  count(list: ListName, query: string): Promise<number>;
  overview(query: string): Promise<Overview>;
  /** Sessions matching the query, grouped by place. */
  map(query: string): Promise<MapAnswer>;
  /** All sessions that match the query or are named by key, each once; keys that don't exist are missing from the answer. */
  planCandidates(query: string | null, keys: readonly string[]): Promise<readonly Session[]>;
  /** Runs the rules over users, from the front, as far as one answer goes: the caller asks on for the rest. */
  judge(users: readonly UserNumber[]): Promise<Judgement>;
  /** Runs the rules that look at many users over a day (UTC) of a source. */
  judgeDay(source: string, day: number): Promise<DayJudgement>;
  /** What of the days' findings, and of persons', rests on days that were counted (anew) since it was judged. */
  reconsidered(): Promise<Reconsidered>;
  /** Users with anything seen of them since the beginning of a day, by number. */
  usersSince(day: number): Promise<readonly UserNumber[]>;
  /** Findings about users whose findings share where they came from. */
  judgeCampaigns(): Promise<Pick<Judgement, 'found' | 'withdrawn'>>;
  revocations(limit: number): Promise<readonly RevocationSummary[]>;
  revocation(id: string): Promise<Revocation | null>;
  /** The same without its items: what a progress line needs at every step. */
  revocationSummary(id: string): Promise<RevocationSummary | null>;
  /** Jobs that a crash or a stop of the engine cut off, oldest first. */
  unfinishedRevocations(): Promise<readonly string[]>;
  audit(limit: number, beforeSeq: number | null): Promise<readonly AuditEntry[]>;
  /** Entries in order, from `afterSeq` on, at most 1,000: for verifying the chain. */
  auditFrom(afterSeq: number): Promise<readonly AuditEntry[]>;
  retention(): Promise<Retention>;
  /** The analyst's lists of networks, by name. */
  networkLists(): Promise<readonly NetworkList[]>;
  /** Every entry of those, past ones included, that an address or its network falls under. */
  listMatches(question: ListQuestion): Promise<readonly ListMatch[]>;
  /** Lists that changed, or were removed, since the users on them were last judged. */
  changedLists(): Promise<readonly ChangedList[]>;
  /** Users of whom the rules may say something else because of that change; takes as long as there are observations. */
  usersOnList(list: ChangedList): Promise<readonly UserNumber[]>;
  /** Reads a backup whole and says what is in it; throws `refused` with a sentence when it can't be relied on. */
  checkBackup(file: string): Promise<BackupContents>;
};

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
   */
  saveFindings(
    found: readonly UserFindings[],
    withdrawn?: readonly string[],
    atMs?: number,
  ): Promise<SavedFindings>;
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

export type Store = {
  readonly read: StoreReader;
  /** Null when another process holds the data directory: then this one only reads. */
  readonly write: StoreWriter | null;
  /** Process that holds the data directory; null when it is this one. */
  readonly heldByPid: number | null;
  /** 32 random bytes, made with the data directory: what session keys are derived with. */
  readonly identityKey: Buffer;
  close(): Promise<void>;
};
