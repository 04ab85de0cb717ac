import type { SourceConfig } from '../../contract/source.ts';
import type { Clock } from '../host.ts';
import { identityKey, prepareDataDir, requireWritable, type DataFiles } from './data-dir.ts';
import { openReader, openWriter } from './database.ts';
import { answer } from './fault.ts';
import { acquireLock } from './lock.ts';
import { createReader } from './reader.ts';
import { refreshTraits, type SourceTraits } from './sources.ts';
import type { Store } from './store.ts';
import { closeCutOffSweeps } from './sweeps.ts';
import { createWriter } from './writer.ts';

export type StoreOptions = {
  readonly dataDir: string;
  readonly clock: Clock;
  /** What the API of a configuration can do; asked at each start, so that a new version of an adapter counts at once. */
  readonly traitsOf: (config: SourceConfig) => SourceTraits;
};

/**
 * Opens the data directory, making it when it is missing. The first process to come writes; any other reads what the
 * first one writes (`write: null`). Throws EngineError `refused` with a sentence when the directory can't be used or
 * the database is newer, damaged, read-only or not ours; what was refused is left as it was.
 */
export async function openStore({ dataDir, clock, traitsOf }: StoreOptions): Promise<Store> {
  return answer(() => {
    const files = prepareDataDir(dataDir);
    const lock = acquireLock(files);
    const release = lock.kind === 'ours' ? () => lock.release() : () => undefined;
    try {
      const open = lock.kind === 'ours' ? openToWrite(files, clock, traitsOf) : null;
      const reading = openReader(files.database);
      return {
        read: createReader(reading, clock),
        write: open?.write ?? null,
        heldByPid: lock.kind === 'ours' ? null : lock.pid,
        identityKey: identityKey(dataDir),
        close: async () => {
          if (!reading.open) return;
          reading.close();
          open?.close();
          release();
        },
      };
    } catch (error) {
      release();
      throw error;
    }
  });
}

function openToWrite(files: DataFiles, clock: Clock, traitsOf: StoreOptions['traitsOf']) {
  requireWritable(files.database);
  const db = openWriter(files.database);
  const nowMs = clock.now();
  closeCutOffSweeps(db, nowMs);
  refreshTraits(db, traitsOf, nowMs);
  return {
    write: createWriter(db, traitsOf),
    close: () => void db.close(),
  };
}
