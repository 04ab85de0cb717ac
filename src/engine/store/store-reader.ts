import type { PolicyReads } from './policy/policy-store.ts';
import type { AuditEntry } from '../../contract/audit.ts';
import type { Retention } from '../../contract/care.ts';
import type { Event } from '../../contract/event.ts';
import type { Finding } from '../../contract/finding.ts';
import type { Incident, IncidentDetail } from '../../contract/incident.ts';
import type { ListPage, ListRequest } from '../../contract/list.ts';
import type { ListMatch, NetworkList } from '../../contract/lists.ts';
import type { MapAnswer } from '../../contract/map.ts';
import type { Overview } from '../../contract/overview.ts';
import type { Person } from '../../contract/person.ts';
import type { Revocation, RevocationSummary } from '../../contract/revocation.ts';
import type { Observation, Session } from '../../contract/session.ts';
import type {
  Suppression,
  SuppressionPreview,
  SuppressionPreviewRequest,
} from '../../contract/suppression.ts';
import type { ListName } from '../../contract/system.ts';
import type { User } from '../../contract/user.ts';
import type { BackupContents } from './care/backup-stamp.ts';
import type { DayOfSources, DaysJudgement, Judgement, News, Reconsidered } from './judgement.ts';
import type { ChangedList } from './lists/list-version.ts';
import type { ListQuestion } from './lists/lists.ts';
import type { SourceRecord } from './source-record.ts';
import type { SessionTextRequest, TextPage } from './text/text-page.ts';
import type { UserNumber } from './user-number.ts';

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
  /** Runs the rules that look at many users over days, in their order, from the front, as far as one answer goes. */
  judgeDays(days: readonly DayOfSources[]): Promise<DaysJudgement>;
  /** What of the days' findings, and of persons', rests on days that were counted (anew) since it was judged. */
  reconsidered(): Promise<Reconsidered>;
  /** Users with anything seen of them since the beginning of a day, by number. */
  usersSince(day: number): Promise<readonly UserNumber[]>;
  /** Findings about users whose findings share where they came from. */
  judgeCampaigns(): Promise<News>;
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
