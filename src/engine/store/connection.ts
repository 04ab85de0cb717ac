import { openReader, openWriter, type Db } from './database.ts';
import { createReads } from './reader.ts';
import { closeCutOffSweeps } from './sweeps.ts';
import { createWrites } from './writer.ts';

/** One connection and what can be asked of it by name: what a thread serves, or this one when there are no threads. */
export type Connection = {
  /** Throws what the method throws. */
  perform(method: string, request: readonly unknown[], nowMs: number): unknown;
  close(): void;
};

export type ConnectionStart = {
  readonly role: 'reader' | 'writer';
  readonly file: string;
  readonly nowMs: number;
};

/** Opens the database file; throws EngineError `refused` with a sentence. The writer comes first: it makes the tables. */
export function openConnection({ role, file, nowMs }: ConnectionStart): Connection {
  return role === 'writer' ? writing(file, nowMs) : reading(file);
}

function reading(file: string): Connection {
  return guarded(openReader(file), (db) => {
    const readsAt = createReads(db);
    /** One read transaction: all that an answer is made of is of the same moment, whoever writes meanwhile. */
    return db.transaction((method: string, request: readonly unknown[], nowMs: number) =>
      perform(readsAt(nowMs), method, request),
    );
  });
}

function writing(file: string, nowMs: number): Connection {
  return guarded(openWriter(file), (db) => {
    closeCutOffSweeps(db, nowMs);
    const writes = createWrites(db);
    return (method, request) => perform(writes, method, request);
  });
}

/** The connection is closed again when what is to be asked of it can't be set up. */
function guarded(db: Db, setUp: (db: Db) => Connection['perform']): Connection {
  try {
    return { perform: setUp(db), close: () => void db.close() };
  } catch (error) {
    db.close();
    throw error;
  }
}

/** The far side of `offer.ts`, which alone makes these calls and is typed by the same tables. */
function perform(methods: Methods, name: string, request: readonly unknown[]): unknown {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (method === undefined) throw new TypeError(`the store has no method "${name}"`);
  return (method as (...request: readonly unknown[]) => unknown)(...request);
}

type Methods = Readonly<Record<string, (...request: never[]) => unknown>>;
