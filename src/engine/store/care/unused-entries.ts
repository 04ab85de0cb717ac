import type { Db } from '../database.ts';

/** The dictionaries, in the order of the codes that stand for them among the marks. */
export const ENTRY_KINDS = ['ip', 'place', 'network', 'agent', 'device'] as const;
/** What uses entries and has no index of them. */
const MARKED = ['observation', 'finding'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** Sessions whose observations are looked at in one step. */
const SESSIONS_A_STEP = 2_000;
const FINDINGS_A_STEP = 20_000;
/** Dictionary entries looked at in one step. */
const ENTRIES_A_STEP = 5_000;

/**
 * Begins to find out which dictionary entries nobody uses. Sessions and events have an index for each dictionary;
 * observations and findings have none, because it would weigh more than they do, so they are read once, in steps. Meanwhile
 * others write: a trigger marks what is used from now on.
 */
export function beginMarking(db: Db): void {
  forgetMarks(db);
  const mark = ENTRY_KINDS.map(
    (kind, code) => `INSERT OR IGNORE INTO used_entry (kind, id) VALUES (${code}, new.${kind}_id);`,
  ).join('\n');
  const triggers = MARKED.flatMap((table) => [
    `CREATE TEMP TRIGGER used_by_new_${table} AFTER INSERT ON main.${table} BEGIN ${mark} END;`,
    `CREATE TEMP TRIGGER used_by_changed_${table} AFTER UPDATE ON main.${table} BEGIN ${mark} END;`,
  ]);
  db.exec(`
    CREATE TEMP TABLE used_entry (kind INTEGER NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (kind, id)) STRICT, WITHOUT ROWID;
    ${triggers.join('\n')}`);
}

/** Also for marks that an aborted run left behind. */
export function forgetMarks(db: Db): void {
  const triggers = MARKED.flatMap((table) => [
    `DROP TRIGGER IF EXISTS temp.used_by_new_${table};`,
    `DROP TRIGGER IF EXISTS temp.used_by_changed_${table};`,
  ]);
  db.exec(`${triggers.join('\n')} DROP TABLE IF EXISTS temp.used_entry;`);
}

/** Marks what the observations of the next few sessions use; answers the session to go on after, null at the end. */
export function markObserved(db: Db, after: number): number | null {
  return markUsed(db, 'observation', 'session_id', { after, until: after + SESSIONS_A_STEP });
}

/** Marks what the next findings use; answers the finding to go on after, null at the end. */
export function markFound(db: Db, after: number): number | null {
  return markUsed(db, 'finding', 'id', { after, until: after + FINDINGS_A_STEP });
}

function markUsed(
  db: Db,
  table: (typeof MARKED)[number],
  by: string,
  { after, until }: { readonly after: number; readonly until: number },
): number | null {
  for (const [code, kind] of ENTRY_KINDS.entries()) {
    db.prepare(
      `INSERT OR IGNORE INTO temp.used_entry (kind, id) SELECT ${code}, ${kind}_id FROM ${table}
       WHERE ${by} > ? AND ${by} <= ? AND ${kind}_id IS NOT NULL`,
    ).run(after, until);
  }
  const isMore = db.prepare<[number]>(`SELECT 1 FROM ${table} WHERE ${by} > ? LIMIT 1`).get(until);
  return isMore === undefined ? null : until;
}

/** Removes the entries of one dictionary that nobody uses. Without marks (they go with the connection) it removes none. */
export function removeUnused(
  db: Db,
  kind: EntryKind,
  after: number,
): { removed: { entries: number }; after: number | null } {
  if (!hasMarks(db)) return { removed: { entries: 0 }, after: null };
  const until = after + ENTRIES_A_STEP;
  const entries = db
    .prepare(
      `DELETE FROM ${kind} WHERE id > ? AND id <= ?
         AND NOT EXISTS (SELECT 1 FROM session WHERE ${kind}_id = ${kind}.id)
         AND NOT EXISTS (SELECT 1 FROM event WHERE ${kind}_id = ${kind}.id)
         AND NOT EXISTS (SELECT 1 FROM temp.used_entry WHERE kind = ${ENTRY_KINDS.indexOf(kind)} AND id = ${kind}.id)`,
    )
    .run(after, until).changes;
  const isMore = db.prepare<[number]>(`SELECT 1 FROM ${kind} WHERE id > ? LIMIT 1`).get(until);
  return { removed: { entries }, after: isMore === undefined ? null : until };
}

function hasMarks(db: Db): boolean {
  return db.prepare("SELECT 1 FROM temp.sqlite_schema WHERE name = 'used_entry'").get() !== undefined;
}
