import type { AuditDraft } from './audit-draft.ts';
import { appendAudit } from './audit.ts';
import { giveBack } from './care/give-back.ts';
import { concludeRetention, setRetention } from './care/retention.ts';
import { retain } from './care/retention-step.ts';
import { withinRetention } from './care/within-retention.ts';
import type { Db } from './database.ts';
import { concludeJudging } from './due-for-judging.ts';
import { decide } from './decisions.ts';
import { countRemovals, readRemovals } from './entry-removals.ts';
import { importEvents, recordImport } from './imports.ts';
import { findingSaver } from './save-findings.ts';
import { addNote, assignIncidents } from './incident-work.ts';
import { Ingest } from './ingest.ts';
import { importList } from './lists/import-list.ts';
import { removeList, settleList } from './lists/lists.ts';
import { openSweep } from './open-sweep.ts';
import { OrgDays } from './org-days.ts';
import { concludeReconsidered } from './reconsidered.ts';
import { linkUsers, unlinkUser } from './persons.ts';
import { setPolicy, settlePolicy } from './policy/country-policy.ts';
import { createRevocation, setRevocationItem, setRevocationState } from './revocations.ts';
import { settleExpired } from './settle.ts';
import type { StoreWriter } from './store-writer.ts';
import { suppress, unsuppress } from './suppress.ts';
import { tagUser } from './user-tags.ts';
import { putSource, recordFailure, removeSource, type SourceTraits } from './sources.ts';
import { refreshStatistics } from './statistics.ts';
import { beginSweep, finishSweep } from './sweeps.ts';

/** Half a second's work at the most; a source is swept every minute or so, and far fewer expire in between. */
const SETTLED_AT_ONCE = 20_000;

/** A first poll finds much after its sweeps had everything counted, and lists filtered by findings are what is looked at next. */
const FINDINGS_COUNTED_AFTER = 2_000;

/** What the writing connection does, by name: as StoreWriter, but at once; what an API can do comes as data. */
export type Writes = {
  readonly [Name in keyof StoreWriter]: (
    ...request: Name extends 'putSource'
      ? [...Parameters<StoreWriter['putSource']>, traits: SourceTraits]
      : Parameters<StoreWriter[Name]>
  ) => Awaited<ReturnType<StoreWriter[Name]>>;
};

/** Writes through the one connection that does. Each call is one transaction: all of it is there afterwards, or none. */
export function createWrites(db: Db): Writes {
  countRemovals(db);
  const ingest = new Ingest(db);
  const orgDays = new OrgDays(db);
  const saveFindings = findingSaver(db);
  let uncounted = 0;

  const transact = <T>(operation: () => T): T => {
    try {
      const result = db.transaction(operation).immediate();
      ingest.seen.keep();
      return result;
    } catch (error) {
      ingest.seen.takeBack();
      ingest.forget();
      throw error;
    }
  };

  /** Together with the entry that tells of it. */
  const audited = <T>(audit: AuditDraft, operation: () => T): T =>
    transact(() => {
      const result = operation();
      appendAudit(db, audit);
      return result;
    });

  const endSweep: Writes['finishSweep'] = (sweep, end, atMs) => {
    try {
      return transact(() => finishSweep(db, ingest, openSweep(db, sweep), end, atMs));
    } finally {
      ingest.seen.end(sweep);
    }
  };

  return {
    putSource: (config, demo, traits) => transact(() => putSource(db, config, demo, traits)),
    removeSource: (id) =>
      transact(() => {
        removeSource(db, id);
        ingest.forget();
      }),
    beginSweep: (source, account, atMs) => {
      const sweep = transact(() => beginSweep(db, source, account, atMs));
      ingest.seen.begin(sweep);
      return sweep;
    },
    ingest: (sweep, batch, atMs) =>
      transact(() => ingest.write(openSweep(db, sweep), withinRetention(db, batch, atMs), atMs)),
    finishSweep: (sweep, end, atMs) => {
      const result = endSweep(sweep, end, atMs);
      transact(() => settleExpired(db, atMs, SETTLED_AT_ONCE));
      refreshStatistics(db);
      return result;
    },
    importEvents: (source, events, atMs) => transact(() => importEvents(db, ingest, source, events, atMs)),
    recordImport: (source, rejected, atMs) => {
      transact(() => recordImport(db, source, rejected, atMs));
      refreshStatistics(db);
    },
    recordFailure: (source, problem, atMs) => transact(() => recordFailure(db, source, problem, atMs)),
    settleDays: (atMs) => transact(() => orgDays.settle(atMs)),
    concludeReconsidered: (reconsidered) => transact(() => concludeReconsidered(db, reconsidered)),
    saveFindings: (found, withdrawn, atMs, entriesAsOf) => {
      const saved = transact(() =>
        entriesAsOf === undefined || entriesAsOf === readRemovals(db)
          ? saveFindings(found, withdrawn, atMs)
          : null,
      );
      if (saved === null) return null;
      uncounted += saved.added;
      if (uncounted >= FINDINGS_COUNTED_AFTER) {
        refreshStatistics(db);
        uncounted = 0;
      }
      return saved;
    },
    decide: (target, decision, audit) => audited(audit, () => decide(db, target, decision)),
    assignIncidents: (ids, assignee, audit) => audited(audit, () => assignIncidents(db, ids, assignee)),
    addNote: (id, note, audit) => audited(audit, () => addNote(db, id, note)),
    addSuppression: (request, by, audit) => transact(() => suppress(db, request, by, audit)),
    endSuppression: (id, atMs, audit) => transact(() => unsuppress(db, id, atMs, audit)),
    linkUsers: (users, audit) => audited(audit, () => linkUsers(db, users, audit)),
    unlinkUser: (user, audit) => audited(audit, () => unlinkUser(db, user, audit)),
    tagUser: (user, tags, audit) => audited(audit, () => tagUser(db, user, tags)),
    concludeJudging: (untilMs) => transact(() => concludeJudging(db, untilMs)),
    createRevocation: (record) => transact(() => createRevocation(db, record)),
    recordRevocationStep: ({ id, session, state, why, atMs, audit }) =>
      transact(() => {
        setRevocationItem(db, id, session, state, why);
        if (state === 'verified') ingest.sessions.markRevoked([session], atMs);
        appendAudit(db, audit);
      }),
    setRevocationState: (id, state, finishedAtMs) =>
      transact(() => setRevocationState(db, id, state, finishedAtMs)),
    markRevoked: (keys, atMs) => transact(() => ingest.sessions.markRevoked(keys, atMs)),
    appendAudit: (entry) => transact(() => appendAudit(db, entry)),
    setRetention: (days, audit) => transact(() => setRetention(db, days, audit)),
    retain: (limits, limit, cursor) =>
      transact(() => {
        const step = retain(db, limits, limit, cursor);
        const { users = 0, entries = 0 } = step.removed;
        if (users + entries > 0) ingest.forget();
        return step;
      }),
    concludeRetention: (audit, evenIfNothing) => transact(() => concludeRetention(db, audit, evenIfNothing)),
    importList: (version, audit) =>
      transact(() => {
        const change = importList(db, version);
        appendAudit(db, { ...audit, detail: { ...audit.detail, ...change } });
        return change;
      }),
    removeList: (name, audit) =>
      transact(() => {
        removeList(db, name, Date.parse(audit.at));
        appendAudit(db, audit);
      }),
    settleList: (list) => transact(() => settleList(db, list)),
    setPolicy: (policy, audit) =>
      transact(() => {
        const before = setPolicy(db, policy);
        appendAudit(db, { ...audit, detail: { ...audit.detail, policy, before } });
      }),
    settlePolicy: (revision) => transact(() => settlePolicy(db, revision)),
    // Not in a transaction: SQLite gives pages back only at the end of its own.
    giveBack: (pages) => giveBack(db, pages),
  };
}
