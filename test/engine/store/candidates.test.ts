import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Relation } from '../../../src/engine/query/field.ts';
import { Candidates, intersected } from '../../../src/engine/store/candidates.ts';
import { RowSet } from '../../../src/engine/store/row-set.ts';

const relationBy = (table: string): Relation => ({
  table,
  alias: 'r',
  listed: (set) => `SELECT listed FROM ${table} WHERE related IN (${set})`,
  pairs: (set) => `SELECT listed, related FROM ${table} WHERE listed IN (${set})`,
});
const bySession = relationBy('by_session');
const byEvent = relationBy('by_event');

type Pairs = readonly (readonly [listed: number, related: number])[];

function related({ sessions = [], events = [] }: { sessions?: Pairs; events?: Pairs }) {
  const db = new Database(':memory:');
  onTestFinished(() => void db.close());
  db.exec(`CREATE TABLE by_session (listed INTEGER, related INTEGER);
    CREATE TABLE by_event (listed INTEGER, related INTEGER)`);
  for (const pair of sessions) db.prepare('INSERT INTO by_session VALUES (?, ?)').run(pair);
  for (const pair of events) db.prepare('INSERT INTO by_event VALUES (?, ?)').run(pair);
  return db;
}

const rows = (...ids: readonly number[]) => RowSet.of(ids);

describe('candidates', () => {
  it('are listed rows themselves, or what is related to one of others', () => {
    const db = related({
      sessions: [
        [1, 10],
        [2, 11],
        [2, 12],
      ],
      events: [[3, 10]],
    });
    const all = Candidates.of(rows(7))
      .or(Candidates.relatedTo(rows(10), bySession))
      .or(Candidates.relatedTo(rows(12), bySession))
      .or(Candidates.relatedTo(rows(10), byEvent));
    expect([all.isListed, all.own.size, all.related, all.size]).toEqual([false, 1, 3, 4]);
    expect(all.among(db, [9, 7, 3, 2, 1])).toEqual([7, 3, 2, 1]);
    const listed = all.listed(db);
    expect([listed.isListed, listed.own.ids()]).toEqual([true, [1, 2, 3, 7]]);
  });

  it('are known to be none where nothing that they could be related to is', () => {
    const none = Candidates.relatedTo(rows(), bySession);
    expect([none.isListed, none.size]).toEqual([true, 0]);
    expect(intersected([none, Candidates.of(rows(1, 2))]).map(({ size }) => size)).toEqual([0]);
  });

  it('intersect where they are listed rows; the others stay beside', () => {
    const others = Candidates.relatedTo(rows(10), bySession);
    const [own, ...rest] = intersected([Candidates.of(rows(1, 2)), others, Candidates.of(rows(2, 3))]);
    expect(own?.own.ids()).toEqual([2]);
    expect(rest).toEqual([others]);
  });

  it('are the same asked of each row or all found out', () => {
    const someRows = fc.uniqueArray(fc.nat(40), { maxLength: 20 });
    const pairs = fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { maxLength: 40 });
    fc.assert(
      fc.property(
        ...[someRows, someRows, someRows, pairs, pairs],
        (own, ofSessions, ofEvents, sessions, events) => {
          const db = related({ sessions, events });
          const all = Candidates.relatedTo(rows(...ofSessions), bySession)
            .or(Candidates.relatedTo(rows(...ofEvents), byEvent))
            .or(Candidates.of(rows(...own)));
          const everything = Array.from({ length: 41 }, (_, id) => id);
          expect(all.among(db, everything)).toEqual(all.listed(db).own.ids());
        },
      ),
      { numRuns: 50 },
    );
  });
});
