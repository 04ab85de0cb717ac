import type { Clock } from '../host.ts';
import { readAudit, readAuditFrom } from './audit.ts';
import type { Db } from './database.ts';
import { eventList } from './event-list.ts';
import { answer } from './fault.ts';
import { findingList, readFinding } from './findings.ts';
import { listPage } from './list.ts';
import { readMap } from './map.ts';
import { readPersonFacts } from './person-facts.ts';
import { readRevocation, readRevocations, readUnfinished } from './revocations.ts';
import { readCandidates, readObservations, readSession, sessionList } from './sessions.ts';
import { readSources } from './sources.ts';
import type { StoreReader } from './store.ts';
import { userList } from './user-list.ts';

/** Reads through one connection of their own: they see what is committed and never hold the writer up. */
export function createReader(db: Db, clock: Clock): StoreReader {
  const now = () => clock.now();
  return {
    sources: () => answer(() => readSources(db, now())),
    sessions: (request) => answer(() => listPage(db, sessionList, request, now())),
    session: (key) => answer(() => readSession(db, key, now())),
    observations: (key) => answer(() => readObservations(db, key)),
    users: (request) => answer(() => listPage(db, userList, request, now())),
    events: (request) => answer(() => listPage(db, eventList, request, now())),
    findings: (request) => answer(() => listPage(db, findingList, request, now())),
    finding: (id) => answer(() => readFinding(db, id)),
    map: (query) => answer(() => readMap(db, query, now())),
    planCandidates: (query, keys) => answer(() => readCandidates(db, query, keys, now())),
    personFacts: (user, sinceMs) => answer(() => readPersonFacts(db, user, sinceMs, now())),
    revocations: (limit) => answer(() => readRevocations(db, limit)),
    revocation: (id) => answer(() => readRevocation(db, id)),
    unfinishedRevocations: () => answer(() => readUnfinished(db)),
    audit: (limit, beforeSeq) => answer(() => readAudit(db, limit, beforeSeq)),
    auditFrom: (afterSeq) => answer(() => readAuditFrom(db, afterSeq)),
  };
}
