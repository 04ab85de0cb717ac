import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openReader, openWriter, type Db } from '../../../src/engine/store/database.ts';
import { refreshStatistics } from '../../../src/engine/store/statistics.ts';
import { temporaryDir } from '../../support/data-dir.ts';

it('reach connections that were open before, so that they take the better index', () => {
  const file = join(temporaryDir(), 'sessionscope.db');
  writeFileSync(file, '');
  const writer = openWriter(file);
  writer.exec(`CREATE TABLE thing (kind, number);
    CREATE INDEX by_number ON thing (number); CREATE INDEX by_kind ON thing (kind)`);
  const reader = openReader(file);
  const plan = () => {
    // A connection notices a change when it reads, not when it explains.
    reader.prepare('SELECT count(*) FROM thing').get();
    return reader
      .prepare<[], { detail: string }>('EXPLAIN QUERY PLAN SELECT * FROM thing WHERE kind = 1 AND number = 2')
      .get()?.detail;
  };
  expect(plan()).toContain('by_kind');
  const insert = writer.prepare<[number]>('INSERT INTO thing VALUES (1, ?)');
  writer.transaction(() => Array.from({ length: 2_000 }, (_, number) => insert.run(number)))();

  refreshStatistics(writer);
  expect(plan()).toContain('by_number');

  const version = reader.pragma('schema_version', { simple: true });
  refreshStatistics(writer);
  expect(reader.pragma('schema_version', { simple: true })).toBe(version);
  reader.close();
  writer.close();
});

it('take no index of some rows for one that stays empty', () => {
  const file = join(temporaryDir(), 'sessionscope.db');
  writeFileSync(file, '');
  const writer = openWriter(file);
  writer.exec(`CREATE TABLE thing (id INTEGER PRIMARY KEY, kind, ended);
    CREATE INDEX by_kind ON thing (kind); CREATE INDEX by_end ON thing (ended) WHERE ended IS NOT NULL`);
  const insert = writer.prepare<[number]>('INSERT INTO thing (kind) VALUES (?)');
  writer.transaction(() => Array.from({ length: 5_000 }, (_, number) => insert.run(number)))();
  const plan = (db: Db) =>
    db
      .prepare<[], { detail: string }>(
        `EXPLAIN QUERY PLAN SELECT count(*) FROM json_each('[1, 2]') AS few CROSS JOIN thing
         WHERE thing.id = few.value AND thing.ended > 5`,
      )
      .all()
      .map(({ detail }) => detail);
  writer.pragma('optimize = 0x10002');
  // What this is against: should SQLite know better one day, none of it is needed.
  expect(plan(writer)).toContainEqual(expect.stringContaining('by_end'));

  refreshStatistics(writer);
  expect(plan(writer)).toContainEqual(expect.stringContaining('INTEGER PRIMARY KEY'));
  const reader = openReader(file);
  expect(plan(reader)).toContainEqual(expect.stringContaining('INTEGER PRIMARY KEY'));

  const version = reader.pragma('schema_version', { simple: true });
  refreshStatistics(writer);
  expect(reader.pragma('schema_version', { simple: true })).toBe(version);
  reader.close();
  writer.close();
});
