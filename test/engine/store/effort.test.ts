import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ListPage } from '../../../src/contract/list.ts';
import { severity } from '../../../src/contract/rules.ts';
import type { ListName } from '../../../src/contract/system.ts';
import { EngineError } from '../../../src/engine/errors.ts';
import { queryFields } from '../../../src/engine/query/fields.ts';
import { check } from '../../../src/engine/query/check.ts';
import type { Field } from '../../../src/engine/query/field.ts';
import { indexedQuery } from '../../../src/engine/query/indexed-query.ts';
import { parse } from '../../../src/engine/query/parse.ts';
import type { Test } from '../../../src/engine/query/test.ts';
import { asSet, toSql, type LookUpPlan } from '../../../src/engine/query/to-sql.ts';
import { openReader, type Db } from '../../../src/engine/store/database.ts';
import { eventList } from '../../../src/engine/store/event-list.ts';
import { findingList } from '../../../src/engine/store/findings.ts';
import { incidentList } from '../../../src/engine/store/incidents.ts';
import { listPage, type ListSource } from '../../../src/engine/store/list.ts';
import type { Effort } from '../../../src/engine/store/search.ts';
import { pageMemories, type PageMemory } from '../../../src/engine/store/page-memory.ts';
import { sessionList } from '../../../src/engine/store/sessions.ts';
import { userList } from '../../../src/engine/store/user-list.ts';
import { chatConfig, sweep, testStore, type TestStore } from '../../support/data-dir.ts';
import { manySessions } from '../../support/many-sessions.ts';
import { lookInto } from '../../support/recount.ts';
import { eventRecord, ipFacts, NOON_MS, ruleFinding, sydney } from '../../support/records.ts';
import { found } from '../../support/found.ts';

const lists: Readonly<Record<ListName, ListSource<unknown>>> = {
  sessions: sessionList,
  events: eventList,
  users: userList,
  findings: findingList,
  incidents: incidentList,
};
const names = ['sessions', 'events', 'users', 'findings', 'incidents'] as const;

const scanning: Effort = {
  collected: 0,
  walked: 0,
  glance: Infinity,
  look: Infinity,
  named: 0,
  listed: 0,
  related: 0,
  checked: 0,
  vain: Infinity,
  stride: 1,
};
const little: Effort = {
  collected: 5,
  walked: 40,
  glance: 2,
  look: 5,
  named: 1,
  listed: 30,
  related: 20,
  checked: 10,
  vain: 2,
  stride: 3,
};
/** Every way there is to come to the same answer. */
const efforts: readonly Effort[] = [
  { ...scanning, walked: Infinity },
  { ...scanning, walked: Infinity, named: 1_000 },
  { ...scanning, walked: 60, glance: 3, look: 9, named: 1_000 },
  { ...scanning, collected: 1_000, named: 1_000 },
  { ...scanning, named: 1_000, listed: 1_000, checked: Infinity, vain: 1, stride: 2 },
  { ...scanning, named: 1_000, listed: 1_000, checked: Infinity, vain: 0, stride: 7 },
  { ...scanning, named: 1_000, listed: 1_000, checked: 20, stride: 7 },
  { ...scanning, named: 1_000, listed: 1_000, related: 1_000, checked: Infinity, stride: 7 },
  little,
  { ...little, walked: 4 },
  { ...little, collected: 20, named: 2, listed: 60, related: 50, checked: 40, stride: 10 },
];

const terms = [
  'country:DE',
  'country:AU',
  'source:history',
  'NOT userAgent:*firefox*',
  'ip:10.0.0.0/8',
  'ann',
  'berlin',
  'mozilla',
  'user:*o*',
  'state:active',
  'NOT state:expired',
  'state:ended,revoked',
  'city:* org:*',
  'started:<12h',
  'at:<3h',
  'kind:end',
  'source:silent',
  'NOT source:silent',
  'browser:Firefox',
  'severity:>=high',
  'severity:info,low',
  'finding:new-device',
  'NOT finding:new-device',
  'liveSessions:>4',
  'asn:64500',
  'NOT country:*',
  'account:u-admin',
  'hint:ab12',
  '198.51',
  'ip:19*,2001:db8:*',
  'ip:*.7',
  'key:session-00004*',
  'session:session-000012',
  'firstObservedAt:<12h',
  'NOT firstObservedAt:>2026-11-20',
];
const query = fc
  .tuple(fc.constantFrom(...terms), fc.constantFrom('', ' OR ', ' '), fc.constantFrom(...terms))
  .map(([first, operator, second]) => (operator === '' ? first : `${first}${operator}${second}`));
const request = fc
  .constantFrom(...names)
  .chain((list) =>
    fc.record({
      list: fc.constant(list),
      query,
      field: fc.constantFrom(...queryFields(list).filter(({ sortable }) => sortable)),
      isDescending: fc.boolean(),
    }),
  )
  .map(({ list, query: text, field, isDescending }) => ({
    list,
    query: text,
    sort: `${isDescending ? '-' : ''}${field.name}`,
  }));

const findingStates = ['open', 'learning', 'suppressed'] as const;

/** Sessions that started, moved, ended and came back, so that events of all kinds are listed; and logins from a file. */
async function company({ areFewThoughtNone = false } = {}): Promise<Db> {
  const store = await testStore();
  const rows = manySessions(90);
  const moved = rows.map((row, index) =>
    index % 5 === 0 ? { ...row, ip: ipFacts('203.0.113.9', sydney), place: sydney } : row,
  );
  const { touched } = await sweep(store, {
    rows,
    events: Array.from({ length: 20 }, (_, index) =>
      eventRecord({ atMs: NOON_MS - (index % 7) * 3_600_000 }),
    ),
  });
  await sweep(store, moved.slice(12));
  await sweep(store, moved.slice(6));
  await store.write.putSource(chatConfig('silent'), false);
  const silent = manySessions(20).map((row) => ({
    ...row,
    key: row.key.replace('session', 'silent'),
    startedAtQuality: 'derived' as const,
  }));
  await sweep(store, silent, { source: 'silent' });
  await sweep(store, silent.slice(5), { source: 'silent' });
  await store.write.saveFindings(
    touched.slice(0, 4).map((user, person) =>
      found(
        user,
        ...Array.from({ length: 12 }, (_, index) =>
          ruleFinding({
            dedupeKey: `${person} ${index}`,
            rule: index % 3 === person ? 'new-device' : 'impossible-travel',
            severity: severity.options[(person + index) % 5] ?? 'info',
            state: findingStates[index % 3] ?? 'open',
            sessions: [
              `session-0000${String(index + 10)}`,
              `session-0000${String(20 * person + index + 10)}`,
            ],
          }),
        ),
      ),
    ),
  );
  await importLogins(store);
  if (areFewThoughtNone)
    lookInto(store.dataDir, (db) =>
      db.exec(`ANALYZE; DELETE FROM sqlite_stat4; UPDATE sqlite_stat1 SET stat = '100000 10 10 10';
        UPDATE sqlite_stat1 SET stat = '0 0 0 0'
          WHERE idx IN (SELECT name FROM sqlite_schema WHERE type = 'index' AND sql LIKE '% WHERE %')`),
    );
  const db = openReader(join(store.dataDir, 'sessionscope.db'));
  onTestFinished(() => void db.close());
  return db;
}

/** Of two people who have no session, and what was found about them. */
async function importLogins({ write }: TestStore): Promise<void> {
  await write.putSource({ id: 'history', kind: 'file' }, false);
  const places = [ipFacts('203.0.113.9', sydney), undefined, ipFacts('10.1.2.3'), undefined];
  const logins = Array.from({ length: 12 }, (_, index) => {
    const id = index % 3 === 0 ? 'carl' : 'ann';
    const ip = places[index % places.length];
    const atMs = NOON_MS - (index + 1) * 1_800_000;
    return eventRecord({ atMs, user: { id, name: id, email: null }, ...(ip === undefined ? {} : { ip }) });
  });
  const { touched } = await write.importEvents('history', logins, NOON_MS);
  await write.saveFindings(
    touched.map((user, person) =>
      found(
        user,
        ...logins
          .filter((login) => (login.user.id === 'carl') === (person === 0))
          .map(({ atMs, user: { id } }, index) =>
            ruleFinding({ source: 'history', userId: id, dedupeKey: `${id} ${index}`, atMs, sessions: [] }),
          ),
      ),
    ),
  );
}

function walkThrough(
  db: Db,
  ask: { list: ListName; query: string; sort: string },
  effort: Effort,
  memoryOfPage?: () => PageMemory,
) {
  const rows: unknown[] = [];
  let cursor: string | null = null;
  do {
    const page: ListPage<unknown> = listPage(
      db,
      lists[ask.list],
      { query: ask.query, sort: ask.sort, cursor, limit: 7, total: false },
      NOON_MS,
      { effort, ...(memoryOfPage === undefined ? {} : { memory: memoryOfPage() }) },
    );
    rows.push(...page.rows);
    cursor = page.next;
  } while (cursor !== null);
  return rows;
}

describe('a list', () => {
  it('answers the same pages whichever way it takes, and whatever it remembers of others', async () => {
    const db = await company();
    const memoryOfPage = pageMemories(db);
    let asked = 0;
    fc.assert(
      fc.property(request, fc.constantFrom(...efforts), (ask, effort) => {
        let expected: unknown[];
        try {
          expected = walkThrough(db, ask, scanning);
        } catch (error) {
          // Not every term means something in every list; then no way of answering takes it.
          if (!(error instanceof EngineError)) throw error;
          expect(() => walkThrough(db, ask, effort)).toThrow(error.message);
          return;
        }
        asked += expected.length;
        expect(walkThrough(db, ask, effort, memoryOfPage)).toEqual(expected);
      }),
      { numRuns: 400 },
    );
    expect(asked).toBeGreaterThan(1_000);
  });

  it.each(names)('%s: each order has the index it says it has', async (list) => {
    const db = await company();
    for (const { name, sortable } of queryFields(list)) {
      if (!sortable) continue;
      for (const sort of [name, `-${name}`]) {
        walkThrough(db, { list, query: 'source:chat', sort }, efforts[0] ?? scanning);
      }
    }
  });

  it.each([
    [['0'.repeat(26)], '(public_id=?)'],
    [['0', ''], '(public_id>? AND public_id<?)'],
  ])('findings: an id, or how it begins, is looked up in the index of ids', async (parts, by) => {
    const db = await company();
    const fields = lists.findings.kinds.flatMap((kind) => kind.fields.filter(({ name }) => name === 'id'));
    const { sql, values } = toSql(
      { kind: 'match', fields, tests: [{ kind: 'text', parts }] },
      NOON_MS,
      namedFirst,
    );
    const plan = db
      .prepare<[typeof values], { detail: string }>(
        `EXPLAIN QUERY PLAN SELECT f.id FROM finding AS f WHERE ${sql}`,
      )
      .all(values);
    expect(plan.map(({ detail }) => detail)).toEqual([
      expect.stringMatching(/^SEARCH f USING COVERING INDEX /),
    ]);
    expect(plan[0]?.detail).toContain(by);
  });

  it.each(names)('%s: what is said to be known from an index is not looked up in rows', async (list) => {
    const db = await company();
    let asked = 0;
    for (const { fields, table, alias, ...kind } of lists[list].kinds) {
      for (const field of fields) {
        const column = field.columns.find((each) => each.kind === 'value' && each.isIndexed !== undefined);
        const test: Test =
          field.type === 'boolean'
            ? { kind: 'boolean', value: true }
            : { kind: 'choice', values: [field.values[0] ?? '0'] };
        const part = indexedQuery({ kind: 'match', fields: [field], tests: [test] });
        if (column === undefined || part?.kind !== 'or') continue;
        for (const rows of part.parts) {
          if (rows.kind !== 'rows') continue;
          const from = rows.relation ?? { table, alias };
          const { sql, values } = toSql(rows.condition, NOON_MS, namedFirst);
          const plan = db
            .prepare<[typeof values], { detail: string }>(
              `EXPLAIN QUERY PLAN SELECT ${from.alias}.id FROM ${from.table} AS ${from.alias} WHERE ${sql}`,
            )
            .all(values)
            .map(({ detail }) => detail);
          const own = plan.filter(
            (detail) => /^(SEARCH|SCAN) /.test(detail) && detail.split(' ')[1] === from.alias,
          );
          expect(own, `${list} ${kind.only} ${field.name}: ${plan.join('; ')}`).toEqual([
            expect.stringMatching(/COVERING INDEX|INTEGER PRIMARY KEY/),
          ]);
          asked += 1;
        }
      }
    }
    expect(asked).toBeGreaterThan(10);
  });

  it.each(names)(
    '%s: what a row refers to is found by its number, also where an index is thought to be empty',
    async (list) => {
      const db = await company({ areFewThoughtNone: true });
      let asked = 0;
      for (const { fields, table, alias, with: expressions, join = '', only } of lists[list].kinds) {
        for (const { name, type, values: choices } of fields) {
          const query = check(parse(`${name}:${choices[0] ?? valueOf[type]}`), fields, NOON_MS);
          const { sql, values } = toSql(query, NOON_MS, rowByRow);
          const plan = db
            .prepare<[typeof values], { detail: string }>(
              `EXPLAIN QUERY PLAN ${expressions === undefined ? '' : `WITH ${expressions}`} SELECT ${alias}.id
             FROM ${table} AS ${alias} NOT INDEXED ${join} WHERE ${only} AND ${sql}`,
            )
            .all(values)
            .map(({ detail }) => detail)
            .filter((detail) => detail.includes(' EXISTS'));
          for (const detail of plan)
            expect(detail, `${list} ${only} ${name}`).toMatch(
              /INTEGER PRIMARY KEY|\((user_id|finding_id|session_id|incident_id)=\?|VIRTUAL TABLE/,
            );
          asked += plan.length;
        }
      }
      expect(asked).toBeGreaterThan(10);
    },
  );
});

/** A value of each type of field. */
const valueOf: Readonly<Record<Field['type'], string>> = {
  text: 'abc',
  number: '5',
  time: '2026-11-20',
  boolean: 'true',
  ip: '10.0.0.0/8',
  enum: '',
};

/** As the store asks of one row after the other. */
const rowByRow: LookUpPlan = ({ each }, { single }) => ({ set: null, single: each(single) });

/** As the store asks once it has found out which few entries are meant. */
const namedFirst: LookUpPlan = ({ within }, _condition, bind) =>
  asSet(within(`SELECT value FROM json_each(${bind('[1,2]')})`));
