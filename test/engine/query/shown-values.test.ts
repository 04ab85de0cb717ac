import { describe, expect, it } from 'vitest';
import type { ListName } from '../../../src/contract/system.ts';
import { queryFields } from '../../../src/engine/query/fields.ts';
import type { Network, Place } from '../../../src/engine/whereabouts.ts';
import { term } from '../../../src/renderer/query/term.ts';
import { sweep, testStore, type TestStore } from '../../support/data-dir.ts';
import { found } from '../../support/found.ts';
import { manySessions } from '../../support/many-sessions.ts';
import { berlin, eventRecord, homeNetwork, ipFacts, NOON_MS, ruleFinding } from '../../support/records.ts';

const HOUR_MS = 3_600_000;
const everything = { sort: null, cursor: null, limit: 500 };

/** What far sides say, and a database's coordinates with all their decimals. */
async function hostileStore(): Promise<TestStore> {
  const store = await testStore();
  const somewhere = { ...berlin, city: 'Sankt "X" \\ (OR)', lat: 48.85658600000002, lon: 2.3513801097869873 };
  const nearZero = { ...berlin, lat: -1e-7, lon: 0, accuracyKm: 1 / 3 };
  const network = { ...homeNetwork, org: 'A, B | NOT [C]: * ? -d' };
  const hostile = [
    {
      ...seenFrom('198.51.100.99', somewhere, network),
      userAgent: 'curl "x" \\ *\n\u0007OR NOT (a:b) -c %_',
    },
    { ...seenFrom('2001:db8::99', nearZero, network), userAgent: '-' },
    { ...seenFrom('fe80::1', null, null), user: { id: '-*"', name: ' OR ', email: 'ı@EXAMPLE.test' } },
    { user: { id: '\u202e\\', name: 'NULL', email: null }, hint: '"*?' },
  ];
  const records = manySessions(60).map((record, at) => ({ ...record, ...hostile[at] }));
  const events = [
    eventRecord({ userAgent: '"\\" OR' }),
    eventRecord({ kind: 'failure', outcome: 'failure' }),
  ];
  const { touched } = await sweep(store, { rows: records, events });
  await store.clock.advance(HOUR_MS + 1);
  await sweep(store, records.slice(10));
  const atMs = NOON_MS - 5 * 24 * HOUR_MS - 12_345;
  const findings = [
    ruleFinding({ sessions: ['session-000020'], atMs }),
    ruleFinding({ dedupeKey: 'b', severity: 'medium', sessions: ['session-000020'] }),
  ];
  await store.write.saveFindings([found(touched[0] ?? 0, ...findings)]);
  return store;
}

function seenFrom(address: string, place: Place | null, network: Network | null) {
  return { ip: ipFacts(address, place, network), place, network };
}

/** Every condition on a field that a value of a row stands under, as a click on it makes them. */
function conditionsOf(list: ListName, row: object): readonly string[] {
  const shown = new Map(Object.entries(row));
  return queryFields(list).flatMap(({ name }) =>
    [shown.get(name)]
      .flat()
      .filter((value) => ['string', 'number', 'boolean'].includes(typeof value) && value !== '')
      .map((value) => term(name, String(value))),
  );
}

describe('what a row shows', () => {
  it.each([
    ['sessions', 30],
    ['users', 8],
    ['events', 20],
    ['findings', 10],
    ['incidents', 10],
  ] as const)('finds that row among the %s', async (list, fields) => {
    const store = await hostileStore();
    const pageOf = (query: string) => store.read[list]({ ...everything, query });
    const { rows } = await pageOf('');
    const asked = new Set<string>();
    const lost: string[] = [];
    for (const row of rows) {
      for (const condition of conditionsOf(list, row)) {
        const answer = await pageOf(condition);
        if (!answer.rows.some((each) => JSON.stringify(each) === JSON.stringify(row))) lost.push(condition);
        asked.add(condition.slice(0, condition.indexOf(':')));
      }
    }
    expect([...new Set(lost)]).toEqual([]);
    expect(asked.size).toBeGreaterThanOrEqual(fields);
  });
});
