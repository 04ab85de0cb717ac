import { readAudit, readAuditFrom } from './audit.ts';
import { checkBackup } from './care/check-backup.ts';
import { readRetention } from './care/retention.ts';
import type { Db } from './database.ts';
import { dueForJudging } from './due-for-judging.ts';
import { eventList } from './event-list.ts';
import { findingList, readFinding } from './findings.ts';
import { incidentList, readIncident } from './incidents.ts';
import { countList, listPage } from './list.ts';
import { createJudging } from './judging.ts';
import { readChangedLists, readListMatches, readLists } from './lists/lists.ts';
import { usersOnList } from './lists/users-on-list.ts';
import { readMap } from './map.ts';
import { readOverview } from './overview.ts';
import { pageMemories } from './page-memory.ts';
import { readPersons } from './persons.ts';
import { readPolicy } from './policy/country-policy.ts';
import { previewPolicy } from './policy/preview-policy.ts';
import { readPolicyChange } from './policy/policy-change.ts';
import { readReconsidered, readUsersSince } from './reconsidered.ts';
import { readRevocation, readRevocations, readSummary, readUnfinished } from './revocations.ts';
import { readCandidates, readObservations, readSession, sessionList } from './sessions.ts';
import { previewSuppression } from './silence-findings.ts';
import { readSources } from './sources.ts';
import type { StoreReader } from './store-reader.ts';
import { readSuppressions } from './suppressions.ts';
import { SessionText } from './text/session-text.ts';
import { userList } from './user-list.ts';

const lists = {
  sessions: sessionList,
  users: userList,
  events: eventList,
  findings: findingList,
  incidents: incidentList,
} as const;

/** What a connection answers, by name: as StoreReader, but at once. */
export type Reads = {
  readonly [Name in keyof StoreReader]: (
    ...request: Parameters<StoreReader[Name]>
  ) => Awaited<ReturnType<StoreReader[Name]>>;
};

/**
 * What can be read at a moment, through a connection that sees what is committed and never holds the writer up. What
 * should live as long as the connection (prepared statements, caches) is made here once.
 */
export function createReads(db: Db): (nowMs: number) => Reads {
  const sessionText = new SessionText(db);
  const judging = createJudging(db);
  const memoryOfPage = pageMemories(db);
  return (nowMs) => ({
    sources: () => readSources(db, nowMs),
    sessions: (request) => listPage(db, sessionList, request, nowMs, { memory: memoryOfPage() }),
    session: (key) => readSession(db, key, nowMs),
    observations: (key) => readObservations(db, key),
    sessionText: (request) => sessionText.read(request, nowMs),
    users: (request) => listPage(db, userList, request, nowMs, { memory: memoryOfPage() }),
    persons: () => readPersons(db),
    events: (request) => listPage(db, eventList, request, nowMs, { memory: memoryOfPage() }),
    incidents: (request) => listPage(db, incidentList, request, nowMs, { memory: memoryOfPage() }),
    incident: (id) => readIncident(db, id, nowMs),
    suppressions: () => readSuppressions(db, nowMs),
    previewSuppression: (request) => previewSuppression(db, request, nowMs),
    findings: (request) => listPage(db, findingList, request, nowMs, { memory: memoryOfPage() }),
    finding: (id) => readFinding(db, id),
    count: (list, query) => countList(db, lists[list], query, nowMs),
    overview: (query) => readOverview(db, query, nowMs),
    map: (query) => readMap(db, query, nowMs),
    planCandidates: (query, keys) => readCandidates(db, query, keys, nowMs),
    judge: (users) => judging.judge(users, nowMs),
    judgeDays: (days) => judging.judgeDays(days, nowMs),
    judgeCampaigns: () => judging.judgeCampaigns(nowMs),
    reconsidered: () => readReconsidered(db),
    usersSince: (day) => readUsersSince(db, day),
    dueForJudging: () => dueForJudging(db, nowMs),
    revocations: (limit) => readRevocations(db, limit),
    revocation: (id) => readRevocation(db, id),
    revocationSummary: (id) => readSummary(db, id),
    unfinishedRevocations: () => readUnfinished(db),
    audit: (limit, beforeSeq) => readAudit(db, limit, beforeSeq),
    auditFrom: (afterSeq) => readAuditFrom(db, afterSeq),
    retention: () => readRetention(db),
    networkLists: () => readLists(db, nowMs),
    listMatches: (question) => readListMatches(db, question),
    changedLists: () => readChangedLists(db),
    usersOnList: (list) => usersOnList(db, list, nowMs),
    countryPolicy: () => readPolicy(db).policy,
    previewPolicy: (policy) => previewPolicy(db, policy, nowMs),
    policyChange: () => readPolicyChange(db),
    checkBackup,
  });
}
