import type { SourceConfig } from '../../contract/source.ts';
import { appendAudit } from './audit.ts';
import { refreshStatistics, type Db } from './database.ts';
import { answer } from './fault.ts';
import { saveFindings } from './findings.ts';
import { Ingest } from './ingest.ts';
import { openSweep } from './open-sweep.ts';
import { createRevocation, setRevocationItem, setRevocationState } from './revocations.ts';
import { putSource, recordFailure, removeSource, type SourceTraits } from './sources.ts';
import type { StoreWriter } from './store.ts';
import { beginSweep, createSeenTable, finishSweep } from './sweeps.ts';

/** Writes through the one connection that does. Each call is one transaction: all of it is there afterwards, or none. */
export function createWriter(db: Db, traitsOf: (config: SourceConfig) => SourceTraits): StoreWriter {
  createSeenTable(db);
  const ingest = new Ingest(db);

  const transact = <T>(operation: () => T): Promise<T> =>
    answer(() => {
      try {
        return db.transaction(operation).immediate();
      } catch (error) {
        ingest.forget();
        throw error;
      }
    });

  return {
    putSource: (config, demo) => transact(() => putSource(db, config, demo, traitsOf(config))),
    removeSource: (id) =>
      transact(() => {
        removeSource(db, id);
        ingest.forget();
      }),
    beginSweep: (source, account, atMs) => transact(() => beginSweep(db, source, account, atMs)),
    ingest: (sweep, batch, atMs) => transact(() => ingest.write(openSweep(db, sweep), batch, atMs)),
    finishSweep: async (sweep, end, atMs) => {
      const result = await transact(() => finishSweep(db, ingest, openSweep(db, sweep), end, atMs));
      await answer(() => refreshStatistics(db));
      return result;
    },
    recordFailure: (source, problem, atMs) => transact(() => recordFailure(db, source, problem, atMs)),
    saveFindings: (user, findings) => transact(() => saveFindings(db, user, findings)),
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
  };
}
