import type { Clock } from '../host.ts';
import { readAudit, readAuditFrom } from './audit.ts';
import type { Db } from './database.ts';
import { eventList } from './event-list.ts';
import { answer } from './fault.ts';
import { findingList, readFinding } from './findings.ts';
import { countList, listPage } from './list.ts';
import { readMap } from './map.ts';
import { readOverview } from './overview.ts';
import { readPersonFacts } from './person-facts.ts';
import { readRevocation, readRevocations, readSummary, readUnfinished } from './revocations.ts';
import { readCandidates, readObservations, readSession, sessionList } from './sessions.ts';
import { readSources } from './sources.ts';
import type { StoreReader } from './store.ts';
import { userList } from './user-list.ts';

const lists = { sessions: sessionList, users: userList, events: eventList, findings: findingList } as const;

/** Reads through one connection of their own: they see what is committed and never hold the writer up. */
export function createReader(db: Db, clock: Clock): StoreReader {
  const now = () => clock.now();
  /** One read transaction: a count and its page are of the same moment, whoever writes meanwhile. */
  const snapshot = <T>(read: () => T): Promise<T> => answer(() => db.transaction(read)());
  return {
    sources: () => snapshot(() => readSources(db, now())),
    sessions: (request) => snapshot(() => listPage(db, sessionList, request, now())),
    session: (key) => snapshot(() => readSession(db, key, now())),
    observations: (key) => snapshot(() => readObservations(db, key)),
    users: (request) => snapshot(() => listPage(db, userList, request, now())),
    events: (request) => snapshot(() => listPage(db, eventList, request, now())),
    findings: (request) => snapshot(() => listPage(db, findingList, request, now())),
    finding: (id) => snapshot(() => readFinding(db, id)),
    count: (list, query) => snapshot(() => countList(db, lists[list], query, now())),
    overview: (query) => snapshot(() => readOverview(db, query, now())),
    map: (query) => snapshot(() => readMap(db, query, now())),
    planCandidates: (query, keys) => snapshot(() => readCandidates(db, query, keys, now())),
    personFacts: (user, sinceMs) => snapshot(() => readPersonFacts(db, user, sinceMs, now())),
    revocations: (limit) => snapshot(() => readRevocations(db, limit)),
    revocation: (id) => snapshot(() => readRevocation(db, id)),
    revocationSummary: (id) => snapshot(() => readSummary(db, id)),
    unfinishedRevocations: () => snapshot(() => readUnfinished(db)),
    audit: (limit, beforeSeq) => snapshot(() => readAudit(db, limit, beforeSeq)),
    auditFrom: (afterSeq) => snapshot(() => readAuditFrom(db, afterSeq)),
  };
}
