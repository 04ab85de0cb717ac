import type { Database } from 'better-sqlite3';

/**
 * Counts anew what has grown much (a sample of each index, so milliseconds): with it SQLite sees that a filter which
 * most rows pass is better answered along the order that was asked for.
 */
export function refreshStatistics(db: Database): void {
  const before = statisticsOf(db);
  db.pragma('optimize = 0x10002');
  if (statisticsOf(db) === null) return;
  raisePartial(db);
  if (statisticsOf(db) !== before) tellOtherConnections(db);
}

/** Entries that an index of some rows of a table is taken to have, at least: a tenth of its rows, but no more than this. */
const ENOUGH_ENTRIES = 1_000;
/** Of them to a value where none was counted: what SQLite takes without statistics. */
const ENTRIES_A_VALUE = 10;

type Counted = { readonly idx: string; readonly stat: string; readonly least: number };

/**
 * An index of some rows may be empty today and have a hundred thousand entries long before its table, by whose growth alone SQLite
 * counts anew, has tenfold as many. Until then SQLite would think that going through it costs nothing, and do so for
 * each of thousands of rows.
 */
function raisePartial(db: Database): void {
  const few = db
    .prepare<[], Counted>(
      `WITH sized AS (SELECT tbl, min(${ENOUGH_ENTRIES}, max(CAST(stat AS INTEGER)) / 10) AS least FROM sqlite_stat1 GROUP BY tbl)
       SELECT idx, stat, least FROM sqlite_stat1 JOIN sized USING (tbl)
       JOIN sqlite_schema AS defined ON defined.type = 'index' AND defined.name = idx
       WHERE CAST(stat AS INTEGER) < least AND defined.sql LIKE '% WHERE %'`,
    )
    .all();
  if (few.length === 0) return;
  const raise = db.prepare<[string, string]>('UPDATE sqlite_stat1 SET stat = ? WHERE idx = ?');
  // Samples of so few say as little of what is to come.
  const forget = db.prepare<[string]>('DELETE FROM sqlite_stat4 WHERE idx = ?');
  db.transaction(() => {
    for (const { idx, stat, least } of few) {
      raise.run(raised(stat, least), idx);
      forget.run(idx);
    }
  })();
  // Reads them anew.
  db.exec('ANALYZE sqlite_schema');
}

/** Numbers of entries: all of them, and to a value of the first column, of the first two and so on. */
function raised(stat: string, least: number): string {
  const [, ...toAValue] = stat.split(' ');
  return [least, ...toAValue.map((count) => (count === '0' ? ENTRIES_A_VALUE : count))].join(' ');
}

function statisticsOf(db: Database): string | null {
  const isCounted = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_stat1'").get() !== undefined;
  if (!isCounted) return null;
  return (
    db.prepare<[], string>("SELECT group_concat(idx || ' ' || stat, ';') FROM sqlite_stat1").pluck().get() ??
    ''
  );
}

/** They read statistics together with the schema, and that only after it has changed: until then they plan by those they began with. */
function tellOtherConnections(db: Database): void {
  db.transaction(() => db.exec('CREATE VIEW statistics_changed AS SELECT 1; DROP VIEW statistics_changed'))();
}
