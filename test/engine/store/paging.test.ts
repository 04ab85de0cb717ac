import { describe, expect, it } from 'vitest';
import type { ListPage, ListRequest } from '../../../src/contract/list.ts';
import { severity } from '../../../src/contract/rules.ts';
import type { ListName } from '../../../src/contract/system.ts';
import { queryFields } from '../../../src/engine/query/fields.ts';
import type { StoreReader } from '../../../src/engine/store/store-reader.ts';
import { sweep, testStore, type TestStore } from '../../support/data-dir.ts';
import { manySessions } from '../../support/many-sessions.ts';
import { eventRecord, NOON_MS, ruleFinding, sessionRecord } from '../../support/records.ts';
import { found } from '../../support/found.ts';

type AnyRow = Record<string, unknown>;

const COUNT = 103;

async function filled(): Promise<TestStore> {
  const store = await testStore();
  const { touched } = await sweep(store, {
    rows: manySessions(COUNT),
    events: Array.from({ length: 40 }, (_, index) =>
      eventRecord({ atMs: NOON_MS - (index % 7) * 1000 - index }),
    ),
  });
  await store.write.saveFindings([
    found(
      touched[0] ?? 0,
      ...Array.from({ length: 30 }, (_, index) =>
        ruleFinding({ dedupeKey: String(index), severity: severity.options[index % 4] ?? 'info' }),
      ),
    ),
  ]);
  return store;
}

async function walk(read: StoreReader, list: ListName, request: Partial<ListRequest>): Promise<AnyRow[]> {
  const rows: AnyRow[] = [];
  let cursor: string | null = null;
  do {
    const page: ListPage<AnyRow> = await read[list]({ query: '', sort: null, limit: 9, ...request, cursor });
    rows.push(...page.rows);
    cursor = page.next;
  } while (cursor !== null);
  return rows;
}

function identityOf(row: AnyRow): string {
  return JSON.stringify([row.key ?? row.id ?? [row.source, row.userId]]);
}

const sorts = (['sessions', 'findings', 'incidents', 'users', 'events'] as const).flatMap((list) =>
  queryFields(list)
    .filter(({ sortable }) => sortable)
    .flatMap(({ name }) => [
      { list, sort: name, name },
      { list, sort: `-${name}`, name },
    ]),
);

/** Compares as the lists do: text without case, unknowns left out by the caller. */
function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [String(a).toLowerCase(), String(b).toLowerCase()];
  return left < right ? -1 : Number(left > right);
}

/** Orders that are not those of the value's own text: numbers of addresses, ranks. */
const ownOrder = new Set(['ip', 'severity']);

describe('paging', () => {
  it.each(sorts)('meets every row of $list once, sorted by $sort', async ({ list, sort, name }) => {
    const { read } = await filled();
    const whole = await read[list]({ query: '', sort, limit: 500, cursor: null });
    const rows = await walk(read, list, { sort });

    expect(new Set(rows.map(identityOf)).size).toBe(rows.length);
    expect(rows.map(identityOf)).toEqual(whole.rows.map((row: AnyRow) => identityOf(row)));
    expect(rows).toHaveLength(whole.total ?? -1);

    const values = rows.map((row) => row[name]);
    const known = values.filter((value) => value !== null);
    expect(values.slice(known.length).every((value) => value === null)).toBe(true);
    if (ownOrder.has(name)) return;
    const isInOrder = known.every((value, index) => {
      const order = index === 0 ? 0 : compare(known[index - 1], value);
      return sort.startsWith('-') ? order >= 0 : order <= 0;
    });
    expect(isInOrder).toBe(true);
  });

  it('sorts addresses as numbers, IPv4 first, and unknown ones last in both directions', async () => {
    const { read } = await filled();
    const inOrder = async (sort: string) => [
      ...new Set((await walk(read, 'sessions', { sort })).map(({ ip }) => ip)),
    ];

    expect(await inOrder('ip')).toEqual(['10.1.2.3', '198.51.100.7', '203.0.113.200', '2001:db8::7', null]);
    expect(await inOrder('-ip')).toEqual(['2001:db8::7', '203.0.113.200', '198.51.100.7', '10.1.2.3', null]);
  });

  it('keeps its place when rows are added between two pages', async () => {
    const store = await filled();
    const before = (await walk(store.read, 'sessions', { sort: '-startedAt' })).map(identityOf);
    const first = await store.read.sessions({ query: '', sort: '-startedAt', limit: 50, cursor: null });
    await sweep(store, [
      ...manySessions(COUNT),
      sessionRecord({ key: 'newest', startedAtMs: NOON_MS + 1000 }),
    ]);

    const rest = await store.read.sessions({ query: '', sort: '-startedAt', limit: 500, cursor: first.next });
    expect([...first.rows, ...rest.rows].map((row) => identityOf(row))).toEqual(before);
  });

  it('narrows with a query and counts what it finds', async () => {
    const { read } = await filled();
    const rows = await walk(read, 'sessions', { query: 'country:DE', sort: 'city' });

    expect(rows).toHaveLength(
      (await read.sessions({ query: 'country:DE', sort: null, limit: 1, cursor: null })).total ?? -1,
    );
    expect(new Set(rows.map(({ country }) => country))).toEqual(new Set(['DE']));
  });

  it('refuses a cursor of another order, another list or nobody', async () => {
    const { read } = await filled();
    const { next } = await read.sessions({ query: '', sort: 'ip', limit: 5, cursor: null });
    const request = { query: '', limit: 5, cursor: next };

    await expect(read.sessions({ ...request, sort: '-ip' })).rejects.toMatchObject({
      code: 'invalid-input',
      field: 'cursor',
    });
    await expect(read.events({ ...request, sort: 'ip' })).rejects.toMatchObject({
      code: 'invalid-input',
      field: 'cursor',
    });
    for (const cursor of ['', 'x', Buffer.from('["sessions","ip",{"part":"known"}]').toString('base64url')]) {
      await expect(read.sessions({ ...request, sort: 'ip', cursor })).rejects.toMatchObject({
        field: 'cursor',
      });
    }
  });

  it('refuses a sort that is not offered and says what is', async () => {
    const { read } = await filled();
    const sortBy = (sort: string) => read.sessions({ query: '', sort, limit: 5, cursor: null });

    await expect(sortBy('-startd')).rejects.toMatchObject({
      code: 'invalid-input',
      field: 'sort',
      message: 'The list cannot be sorted by "startd". Did you mean started?',
    });
    await expect(sortBy('state')).rejects.toThrow('Possible are');
    await expect(sortBy('key; DROP TABLE session')).rejects.toThrow('cannot be sorted');
  });
});
