import type { AuditEntry, AuditVerification } from '../contract/audit.ts';
import type { BackupProgress, BackupRequest, Retention, RetentionProgress } from '../contract/care.ts';
import type { CountryPolicy, CountryPolicyPreview } from '../contract/country-policy.ts';
import type { Event } from '../contract/event.ts';
import type { Finding } from '../contract/finding.ts';
import type { GeoipStatus } from '../contract/geoip.ts';
import type { HistoryImportProgress, HistoryImportRequest } from '../contract/history.ts';
import type { Incident, IncidentDetail } from '../contract/incident.ts';
import type { ListPage, ListRequest } from '../contract/list.ts';
import type {
  ListCheck,
  ListCheckRequest,
  ListImport,
  ListImportRequest,
  NetworkList,
} from '../contract/lists.ts';
import type { MapAnswer } from '../contract/map.ts';
import type { Overview } from '../contract/overview.ts';
import type { LinkRequest, Person, TagRequest, UserRef } from '../contract/person.ts';
import type { ReportProgress, ReportRequest } from '../contract/report.ts';
import type {
  Revocation,
  RevocationPlan,
  RevocationPlanRequest,
  RevocationStartRequest,
  RevocationSummary,
} from '../contract/revocation.ts';
import type { RuleDescription } from '../contract/rule-description.ts';
import type { Observation, Session } from '../contract/session.ts';
import type { Source, SourceTest, SweepReport } from '../contract/source.ts';
import type {
  Suppression,
  SuppressionEnd,
  SuppressionPreview,
  SuppressionPreviewRequest,
  SuppressionRequest,
} from '../contract/suppression.ts';
import type { Change, ListName, QueryField, SystemInfo } from '../contract/system.ts';
import type {
  AssignRequest,
  DecideRequest,
  Decided,
  NoteRequest,
  ReopenRequest,
} from '../contract/triage.ts';
import type { User } from '../contract/user.ts';

/** What an analyst decides; the users concerned are judged again afterwards. */
type Triage = {
  decide(request: DecideRequest): Promise<Decided>;
  /** Takes verdicts back, and what they did. */
  reopen(request: ReopenRequest): Promise<Decided>;
};

/** The product without a face: what every host drives through the router. */
export type Engine = {
  readonly system: {
    info(): Promise<SystemInfo>;
    /** Yields at once and then whenever something changed, at most 10 times a second, until aborted. */
    changes(signal: AbortSignal): AsyncIterable<Change>;
    queryFields(list: ListName): readonly QueryField[];
    /** Starts the demo company and adds its sources; `refused` where the host has none. */
    startDemo(): Promise<void>;
    /** Removes the demo company with everything that came from it. */
    removeDemo(): Promise<void>;
  };
  readonly sources: {
    list(): Promise<readonly Source[]>;
    /** Adds or updates sources from the parsed JSON of a sources file; answers their ids. All or none. */
    import(file: unknown): Promise<readonly string[]>;
    /** Keeps a typed secret in the host's store and answers its reference id. */
    storeSecret(value: string): Promise<string>;
    remove(id: string): Promise<void>;
    test(ids: readonly string[] | null, signal: AbortSignal): AsyncIterable<SourceTest>;
    /** One sweep of each source; a report as each ends. Aborting stops the watching, never the sweep. */
    poll(ids: readonly string[] | null, signal: AbortSignal): AsyncIterable<SweepReport>;
    /** Orders the same and answers the sources' ids; whoever asked may leave at once. */
    pollNow(ids: readonly string[] | null): Promise<readonly string[]>;
    /** Every sweep's report as it ends, whoever ordered it, until aborted. */
    reports(signal: AbortSignal): AsyncIterable<SweepReport>;
  };
  /** How many rows of a list match a query, exactly. */
  count(list: ListName, query: string): Promise<number>;
  overview(query: string): Promise<Overview>;
  readonly sessions: {
    list(request: ListRequest): Promise<ListPage<Session>>;
    get(key: string): Promise<Session>;
    observations(key: string): Promise<readonly Observation[]>;
    map(query: string): Promise<MapAnswer>;
  };
  readonly users: {
    list(request: ListRequest): Promise<ListPage<User>>;
    /** Sets all tags of a user. */
    tag(request: TagRequest): Promise<void>;
  };
  readonly persons: {
    list(): Promise<readonly Person[]>;
    link(request: LinkRequest): Promise<void>;
    /** For good: an equal e-mail does not join the user again. */
    unlink(user: UserRef): Promise<void>;
  };
  readonly events: { list(request: ListRequest): Promise<ListPage<Event>> };
  /** Every rule, with the numbers that are in force. */
  rules(): Promise<readonly RuleDescription[]>;
  readonly findings: Triage & {
    list(request: ListRequest): Promise<ListPage<Finding>>;
    get(id: string): Promise<Finding>;
  };
  readonly history: {
    /** Takes login history over from a file. Aborted, it stops after a page, and what is stored stays. */
    import(request: HistoryImportRequest, signal: AbortSignal): AsyncIterable<HistoryImportProgress>;
  };
  readonly incidents: Triage & {
    list(request: ListRequest): Promise<ListPage<Incident>>;
    /** By its id, or one it had before it became part of an older one. */
    get(id: string): Promise<IncidentDetail>;
    assign(request: AssignRequest): Promise<void>;
    note(request: NoteRequest): Promise<void>;
  };
  readonly suppressions: {
    /** Newest first, those that are over included. */
    list(): Promise<readonly Suppression[]>;
    /** What a scope would have kept from an analyst; changes nothing. */
    preview(request: SuppressionPreviewRequest): Promise<SuppressionPreview>;
    add(request: SuppressionRequest): Promise<Suppression>;
    /** What it silenced is told again, unless another one silences it. */
    end(id: string): Promise<SuppressionEnd>;
  };
  readonly revocations: {
    plan(request: RevocationPlanRequest): Promise<RevocationPlan>;
    /** Writes the frozen list and answers before the first request goes out. */
    start(request: RevocationStartRequest): Promise<RevocationSummary>;
    list(limit: number): Promise<readonly RevocationSummary[]>;
    get(id: string): Promise<Revocation>;
    /** Yields the summary at once, at every step and at the end. */
    watch(id: string, signal: AbortSignal): AsyncIterable<RevocationSummary>;
    /** Stops after the current item. */
    stop(id: string): Promise<void>;
    resume(id: string): Promise<void>;
  };
  readonly reports: { create(request: ReportRequest, signal: AbortSignal): AsyncIterable<ReportProgress> };
  readonly audit: {
    list(limit: number, beforeSeq: number | null): Promise<readonly AuditEntry[]>;
    verify(): Promise<AuditVerification>;
  };
  readonly care: {
    /** Copies the database, as it is now, into one file that can be restored, while everything goes on. */
    backup(request: BackupRequest, signal: AbortSignal): AsyncIterable<BackupProgress>;
    retention(): Promise<Retention>;
    /** How many days what is over is kept; null keeps everything. Removes nothing by itself. */
    setRetention(days: number | null): Promise<Retention>;
    /** Removes now what the next hour would; aborted, it stops after a step. */
    retain(signal: AbortSignal): AsyncIterable<RetentionProgress>;
  };
  readonly geoip: { status(): Promise<GeoipStatus>; import(file: string): Promise<GeoipStatus> };
  /** The analyst's own lists of networks. */
  readonly lists: {
    list(): Promise<readonly NetworkList[]>;
    /** Adds a list or a newer version of it; users who were seen on it are judged again afterwards. */
    import(request: ListImportRequest): Promise<ListImport>;
    /** Forgets a list and everything it said. */
    remove(name: string): Promise<void>;
    /** What the lists say of an address. */
    check(request: ListCheckRequest): Promise<ListCheck>;
  };
  /** Where people may be; changed, whoever was seen where it says something else is judged again afterwards. */
  readonly policy: {
    countries(): Promise<CountryPolicy>;
    setCountries(policy: CountryPolicy): Promise<CountryPolicy>;
    /** What a policy would speak against of what is stored; changes nothing. */
    previewCountries(policy: CountryPolicy): Promise<CountryPolicyPreview>;
  };
  /** Starts polling by schedule, every source or `only` one, and resumes cut-off revocations. */
  start(options?: { readonly only?: string }): void;
  /**
   * Goes on with cut-off revocations without polling by schedule; answers them once they came to their end, or as they
   * are when `signal` ends the waiting. Answers none where another process holds the data directory: they are its.
   */
  resumeRevocations(signal: AbortSignal): Promise<readonly RevocationSummary[]>;
  /**
   * Ends with what changes of the lists and of the policy left to judge, also of an engine that was cut off; for hosts that don't stay. Ends
   * early, and goes on at the next start, once `signal` is aborted.
   */
  judgeChanges(signal: AbortSignal): Promise<{ readonly users: number; readonly findings: number }>;
  stop(): Promise<void>;
};
