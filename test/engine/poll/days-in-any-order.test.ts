import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createJudge } from '../../../src/engine/poll/judge.ts';
import { packTally, unpackScores, unpackTally } from '../../../src/engine/store/org-row.ts';
import type { EventRecord } from '../../../src/engine/store/records.ts';
import { sweep, testStore, type TestStore } from '../../support/data-dir.ts';
import { testClock } from '../../support/clock.ts';
import { attack, loginAt, quietDays } from '../../support/logins.ts';
import { ipFacts, NOON_MS, sydney } from '../../support/records.ts';
import { lookInto } from '../../support/recount.ts';

const DAY_MS = 86_400_000;
const page = { query: '', sort: 'at', limit: 500, cursor: null };

/** A store in which portions of logins are told one after the other, and judged after each. */
async function told(portions: Iterable<readonly EventRecord[]>, beginsMs = NOON_MS): Promise<TestStore> {
  const store = await testStore({ clock: testClock(beginsMs), traits: { history: 'events' }, thread: null });
  const { judge } = createJudge({ store, clock: store.clock, onFindings: () => undefined });
  for (const events of portions) {
    const newestMs = Math.max(...events.map(({ atMs }) => atMs));
    if (newestMs > store.clock.now()) await store.clock.advance(newestMs - store.clock.now());
    const { touched, touchedDays } = await sweep(store, { events });
    await judge(
      new Set(touched),
      touchedDays.map((day) => ({ source: 'chat', day })),
    );
  }
  return store;
}

/** Everything that must not depend on the order: days with users by name, and findings. */
async function stateOf(store: TestStore) {
  const { rows } = await store.read.findings(page);
  const findings = rows.map(({ id, rule, userId, severity, state, title }) => [
    id,
    rule,
    userId,
    severity,
    state,
    title,
  ]);
  const days = lookInto(store.dataDir, (db) => {
    const names = new Map(db.prepare<[], [number, string]>('SELECT id, external_id FROM user').raw().all());
    const first = db.prepare('SELECT external_id, first_day FROM user ORDER BY external_id').all();
    const kept = db
      .prepare<[], { day: number; tallies: Buffer; scores: Buffer | null }>(
        'SELECT day, tallies, scores FROM org_day ORDER BY source_id, day',
      )
      .all()
      .map(({ day, tallies, scores }) => {
        const tally = unpackTally(tallies);
        expect(packTally(tally).equals(tallies)).toBe(true);
        const text = JSON.stringify(tally.values, (_key, value: unknown) =>
          Array.isArray(value) && value.every((each) => typeof each === 'number')
            ? value.map((user) => names.get(user)).sort()
            : value,
        );
        return { ...tally, day, values: text, scores: scores === null ? null : unpackScores(scores) };
      });
    return { first, kept };
  });
  return { findings: findings.sort(), days };
}

const QUIET = quietDays(27);
const visit = (user: string, ago: number) =>
  loginAt(user, ago * DAY_MS, { ip: ipFacts('203.0.113.77', sydney), userAgent: 'Other/2.0 (Y)' });

const something = fc.oneof(
  fc
    .tuple(fc.integer({ min: 0, max: 9 }), fc.constantFrom('abcd', 'efgh', 'ab'), fc.boolean())
    .map(([ago, accounts, isSuccessful]) => attack(ago, accounts, isSuccessful)),
  fc
    .tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'), fc.integer({ min: 0, max: 30 }))
    .map(([user, ago]) => [visit(user, ago)]),
);
const history = fc.array(something, { minLength: 1, maxLength: 6 }).map((some) => [...QUIET, ...some.flat()]);

it('keeps the same days and findings in whatever portions and order logins are told', async () => {
  let found = 0;
  await fc.assert(
    fc.asyncProperty(
      history,
      fc.array(fc.nat(2), { minLength: 400, maxLength: 400 }),
      async (events, portionOf) => {
        const portions = [0, 1, 2].map((portion) =>
          events.filter((_, nth) => portionOf[nth % portionOf.length] === portion),
        );
        const [atOnce, inPortions] = await Promise.all([
          told([events]).then(stateOf),
          told(portions.filter((portion) => portion.length > 0)).then(stateOf),
        ]);
        found += atOnce.findings.length;
        expect(inPortions).toEqual(atOnce);
      },
    ),
    { numRuns: 3, endOnFailure: true },
  );
  expect(found).toBeGreaterThan(0);
}, 300_000);

it('finds what a history shows in the same words whether it was lived day by day or told at the end', async () => {
  const events = [
    ...QUIET,
    ...attack(1, 'abcd', true),
    ...attack(0, 'efgh', false),
    visit('g', 3),
    visit('h', 0),
  ];
  const inOrder = events.toSorted((a, b) => a.atMs - b.atMs);
  const days = Map.groupBy(inOrder, ({ atMs }) => Math.floor(atMs / DAY_MS));
  const lived = await told(days.values(), (inOrder[0]?.atMs ?? 0) - 1000);
  await lived.clock.advance(NOON_MS - lived.clock.now());
  const imported = await stateOf(await told([events]));

  expect(imported.findings.map(([, rule]) => rule)).toContain('credential-stuffing');
  expect(imported.findings.map(([, rule]) => rule)).toContain('unlikely-login');
  expect(await stateOf(lived)).toEqual(imported);
}, 300_000);
