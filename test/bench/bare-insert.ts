import { join } from 'node:path';
import Database from 'better-sqlite3';
import { prepareToWrite } from '../../src/engine/store/database.ts';

type Row = Record<string, unknown>;
type Named = { readonly sql: string };

/**
 * The limit of first ingest: inserts the rows of `from`'s session table, unchanged and in their order, through one
 * prepared statement into a table with the same columns and indexes. Answers the seconds that the transactions took;
 * reading the rows and preparing the file are not counted.
 */
export function bareInsert(from: string, folder: string, transactions: number): number {
  const source = new Database(from, { readonly: true });
  const target = new Database(join(folder, `bare-${process.hrtime.bigint()}.db`));
  try {
    prepareToWrite(target);
    target.exec(schemaOf(source, 'table'));
    target.exec(schemaOf(source, 'index'));
    const total = source.prepare<[], number>('SELECT count(*) FROM session').pluck().get() ?? 0;
    return insertAll(source, target, Math.ceil(total / transactions));
  } finally {
    source.close();
    target.close();
  }
}

function insertAll(source: Database.Database, target: Database.Database, rowsPerTransaction: number): number {
  const page = source.prepare<[number, number], Row>(
    'SELECT * FROM session WHERE id > ? ORDER BY id LIMIT ?',
  );
  const columns = page.columns().map(({ name }) => name);
  const insert = target.prepare<[Row]>(
    `INSERT INTO session (${columns.join(', ')}) VALUES (${columns.map((name) => `@${name}`).join(', ')})`,
  );
  const insertPage = target.transaction((rows: readonly Row[]) => {
    for (const row of rows) insert.run(row);
  });
  let seconds = 0;
  for (let after = 0; ;) {
    const rows = page.all(after, rowsPerTransaction);
    const last = rows.at(-1);
    if (last === undefined) return seconds;
    after = Number(last.id);
    const begin = performance.now();
    insertPage.immediate(rows);
    seconds += (performance.now() - begin) / 1000;
  }
}

/** Without references: what they point to is not there, and checking them is no part of the limit. */
function schemaOf(db: Database.Database, type: 'table' | 'index'): string {
  return db
    .prepare<[string], Named>(
      "SELECT sql FROM sqlite_schema WHERE tbl_name = 'session' AND type = ? AND sql IS NOT NULL",
    )
    .all(type)
    .map(({ sql }) => `${sql.replaceAll(/ REFERENCES \w+ \(\w+\)/g, '')};`)
    .join('\n');
}
