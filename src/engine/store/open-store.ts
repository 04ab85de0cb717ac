import type { AnyConfig } from '../../contract/source.ts';
import type { Clock, Logger } from '../host.ts';
import { announceSteps } from './announce-steps.ts';
import { finishRestore } from './care/pending-restore.ts';
import { openConnection } from './connection.ts';
import { identityKey, prepareDataDir, requireWritable } from './data-dir.ts';
import { answer } from './fault.ts';
import { acquireLock } from './lock.ts';
import { Gate, offerReader, offerWriter, type Connections } from './offer.ts';
import type { SourceTraits } from './sources.ts';
import type { Store } from './store.ts';
import { openThreads } from './threads/open-threads.ts';

export type StoreOptions = {
  readonly dataDir: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Path of the built or plain `store-thread`; null: everything happens in the caller's thread. */
  readonly thread: string | null;
  /** What the API of a configuration can do; asked at each start, so that a new version of an adapter counts at once. */
  readonly traitsOf: (config: AnyConfig) => SourceTraits;
};

/**
 * Opens the data directory, making it when it is missing. The first process to come writes; any other reads what the
 * first one writes (`write: null`). Throws EngineError `refused` with a sentence when the directory can't be used or
 * the database is newer, damaged, read-only or not ours; what was refused is left as it was.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { files, lock } = await answer(() => {
    const prepared = prepareDataDir(options.dataDir);
    return { files: prepared, lock: acquireLock(prepared) };
  });
  const release = () => {
    if (lock.kind === 'ours') lock.release();
  };
  try {
    if (lock.kind === 'ours') {
      await answer(() => {
        finishRestore(files);
        announceSteps(files.database, options.logger);
      });
    }
    const open = await openDatabase(options, files.database, lock.kind === 'ours');
    let closing: Promise<void> | null = null;
    return {
      ...open,
      heldByPid: lock.kind === 'ours' ? null : lock.pid,
      close: () => (closing ??= open.close().finally(release)),
    };
  } catch (error) {
    release();
    throw error;
  }
}

async function openDatabase(
  options: StoreOptions,
  file: string,
  isOurs: boolean,
): Promise<Omit<Store, 'heldByPid'>> {
  const { clock, traitsOf } = options;
  if (isOurs) requireWritable(file);
  const connections = await connect(options, file, isOurs);
  const gate = new Gate();
  try {
    const key = identityKey(options.dataDir);
    const read = offerReader(gate.through(connections.read), clock);
    const write =
      connections.write === null ? null : offerWriter(gate.through(connections.write), clock, traitsOf);
    // What a source can do is a matter of the program's version, not of the file.
    if (write !== null) {
      for (const { config, demo } of await read.sources()) await write.putSource(config, demo);
    }
    return {
      read,
      write,
      identityKey: key,
      close: async () => {
        await gate.close();
        await connections.close();
      },
    };
  } catch (error) {
    await connections.close();
    throw error;
  }
}

async function connect(
  { thread, clock, logger }: StoreOptions,
  file: string,
  isWriter: boolean,
): Promise<Connections> {
  const threads =
    thread === null ? null : await openThreads({ entry: thread, file, isWriter, clock, logger });
  return threads ?? (await answer(() => connectHere(file, isWriter, clock.now())));
}

function connectHere(file: string, isWriter: boolean, nowMs: number): Connections {
  // The writer comes first: it makes the tables that readers expect.
  const writer = isWriter ? openConnection({ role: 'writer', file, nowMs }) : null;
  try {
    const reader = openConnection({ role: 'reader', file, nowMs });
    return {
      read: (...call) => answer(() => reader.perform(...call)),
      write: writer === null ? null : (...call) => answer(() => writer.perform(...call)),
      close: async () => {
        reader.close();
        writer?.close();
      },
    };
  } catch (error) {
    writer?.close();
    throw error;
  }
}
