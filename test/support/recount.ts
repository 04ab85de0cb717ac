import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'vitest';

type Counts = Readonly<Record<string, number>>;

/** Reads the database of a data directory beside whoever works in it. */
export function lookInto<T>(dataDir: string, look: (db: Database.Database) => T): T {
  const db = new Database(join(dataDir, 'sessionscope.db'), { fileMustExist: true });
  try {
    return look(db);
  } finally {
    db.close();
  }
}

/** Every count that is kept equals what counting the rows one by one gives. */
export function expectTalliesToBeRight(dataDir: string): void {
  const { kept, counted } = lookInto(dataDir, (db) => ({ kept: keptCounts(db), counted: recount(db) }));
  expect(kept).toEqual(counted);
}

function keptCounts(db: Database.Database): Counts {
  return named(db, [
    "SELECT 'tally ' || source_id || ' ' || state || ' ' || place_id || ' ' || device_id, sessions FROM session_tally",
    "SELECT 'user ' || id, sessions FROM user",
    "SELECT 'live of user ' || id, live_sessions FROM user",
    "SELECT 'open of user ' || id, open_findings FROM user",
  ]);
}

function recount(db: Database.Database): Counts {
  const counts = new Map<string, number>();
  const count = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  const sessions = db
    .prepare<[], SessionRow>('SELECT source_id, state, place_id, device_id, user_id FROM session')
    .all();
  for (const { source_id: source, state, place_id: place, device_id: device, user_id: user } of sessions) {
    count(`tally ${source} ${state} ${place ?? 0} ${device}`);
    count(`user ${user}`);
    if (state < 2) count(`live of user ${user}`);
  }
  for (const user of db.prepare('SELECT user_id FROM finding WHERE state = 0').pluck().all())
    count(`open of user ${String(user)}`);
  return Object.fromEntries(counts);
}

type SessionRow = {
  source_id: number;
  state: number;
  place_id: number | null;
  device_id: number;
  user_id: number;
};

/** Counts by name; those of nothing are left out. */
function named(db: Database.Database, queries: readonly string[]): Counts {
  const rows = queries.flatMap((sql) => db.prepare<[], [string, number]>(sql).raw().all());
  return Object.fromEntries(rows.filter(([, count]) => count !== 0));
}
