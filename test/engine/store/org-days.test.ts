import { describe, expect, it } from 'vitest';
import { recountTallies } from '../../../src/engine/store/care/tallies.ts';
import { createJudge } from '../../../src/engine/poll/judge.ts';
import { sweep, testStore, type TestStore } from '../../support/data-dir.ts';
import { attack, loginAt, quietDays } from '../../support/logins.ts';
import { ipFacts, NOON_MS, sessionRecord, sydney } from '../../support/records.ts';
import { lookInto } from '../../support/recount.ts';

const DAY_MS = 86_400_000;
const NOON_DAY = Math.floor(NOON_MS / DAY_MS);

const telling = () => testStore({ traits: { history: 'events' } });
async function settle({ write, clock }: TestStore): Promise<void> {
  while (!(await write.settleDays(clock.now())).done);
}
const daysOf = ({ dataDir }: TestStore, table = 'org_day') =>
  lookInto(dataDir, (db) => db.prepare(`SELECT day FROM ${table} ORDER BY day`).pluck().all());
const rowsOf = ({ dataDir }: TestStore) =>
  lookInto(dataDir, (db) => db.prepare('SELECT day, tallies, scores FROM org_day ORDER BY day').all());

describe('days of what everybody did', () => {
  it('are counted once they ended 24 hours before today', async () => {
    const store = await telling();
    await sweep(store, { events: [0, 1, 2, 3].map((ago) => loginAt('a', ago * DAY_MS)) });
    await settle(store);
    expect(daysOf(store)).toEqual([NOON_DAY - 3, NOON_DAY - 2]);
    expect(daysOf(store, 'org_due')).toEqual([NOON_DAY - 1, NOON_DAY]);

    await store.clock.advance(DAY_MS);
    await settle(store);
    expect(daysOf(store)).toEqual([NOON_DAY - 3, NOON_DAY - 2, NOON_DAY - 1]);
  });

  it('count stated starts of sessions where the source reports no logins, and none where it does', async () => {
    const starts = [5, 6].map((ago) =>
      sessionRecord({ key: `s${ago}`, startedAtMs: NOON_MS - ago * DAY_MS }),
    );
    const doubtful = sessionRecord({
      key: 'd',
      startedAtMs: NOON_MS - 9 * DAY_MS,
      startedAtQuality: 'derived',
    });
    const silent = await testStore();
    const { touchedDays } = await sweep(silent, [...starts, doubtful]);
    await settle(silent);
    expect(touchedDays).toEqual([NOON_DAY - 6, NOON_DAY - 5]);
    expect(daysOf(silent)).toEqual([NOON_DAY - 6, NOON_DAY - 5]);

    const told = await telling();
    await sweep(told, starts);
    await settle(told);
    expect(daysOf(told)).toEqual([]);
  });

  it('are the same when they are counted anew', async () => {
    const store = await telling();
    await sweep(store, { events: quietDays(20) });
    await settle(store);
    const before = rowsOf(store);
    lookInto(store.dataDir, (db) => recountTallies(db));
    expect(daysOf(store, 'org_due').length).toBeGreaterThan(15);
    await settle(store);
    expect(rowsOf(store)).toEqual(before);
  });

  it('are forgotten with their source, and when they are too old to matter', async () => {
    const store = await telling();
    await sweep(store, { events: [loginAt('a', 5 * DAY_MS), loginAt('a', 200 * DAY_MS)] });
    await settle(store);
    expect(daysOf(store)).toHaveLength(2);
    await store.clock.advance(20 * DAY_MS);
    await settle(store);
    expect(daysOf(store)).toEqual([NOON_DAY - 5]);
    await store.write.removeSource('chat');
    expect(daysOf(store)).toEqual([]);
    expect(daysOf(store, 'org_due')).toEqual([]);
  });

  it('ignore days that no clock can mean', async () => {
    const store = await telling();
    const never = [-1, 8_640_000_000_000_000].map((atMs) => ({ ...loginAt('a', 0), atMs }));
    expect((await sweep(store, { events: never })).touchedDays).toEqual([]);
    await settle(store);
    expect(daysOf(store)).toEqual([]);
  });
});

describe('judging what many users did', () => {
  const judgeOf = (store: TestStore) =>
    createJudge({ store, clock: store.clock, onFindings: () => undefined }).judge;
  const rules = async ({ read }: TestStore, query = '') =>
    (await read.findings({ query, sort: 'at', limit: 100, cursor: null })).rows.map(({ rule }) => rule);

  it('finds an attack on the day on which it is told of, and withdraws it when it was nothing unusual', async () => {
    const store = await telling();
    const judge = judgeOf(store);
    const tell = async (events: readonly ReturnType<typeof loginAt>[]) => {
      const { touched, touchedDays } = await sweep(store, { events });
      await judge(
        new Set(touched),
        touchedDays.map((day) => ({ source: 'chat', day })),
      );
    };
    await tell(attack(0, 'abcd', false));
    expect(await rules(store)).toContain('credential-stuffing');
    expect(await rules(store, 'ip:203.0.113.9')).toContain('credential-stuffing');

    const from = { ip: ipFacts('203.0.113.9', sydney) };
    const usual = Array.from({ length: 8 }, (_, ago) => [
      loginAt('z', (ago + 3) * DAY_MS, from),
      loginAt('z', (ago + 3) * DAY_MS + 60_000, { ...from, kind: 'failure', outcome: 'failure' }),
    ]).flat();
    await tell(usual);
    expect(await rules(store)).not.toContain('credential-stuffing');
  });

  it('judges users again whose findings rest on a day that is told of late', async () => {
    const store = await telling();
    await sweep(store, { events: [loginAt('a', 3_600_000), loginAt('b', 40 * DAY_MS)] });
    await judgeOf(store)(new Set());
    expect(await store.read.reconsidered()).toEqual({ days: [], fromDay: null });

    await sweep(store, { events: [loginAt('b', 10 * DAY_MS)] });
    await settle(store);
    const { fromDay } = await store.read.reconsidered();
    expect(fromDay).toBe(NOON_DAY - 8);
    expect(await store.read.usersSince(NOON_DAY - 8)).toHaveLength(1);
  });

  it('keeps findings of days of which retention may have removed something', async () => {
    const store = await telling();
    await sweep(store, { events: attack(20, 'abcd', false) });
    const { found } = await store.read.judgeDays([{ day: NOON_DAY - 20, sources: ['chat'] }]);
    await store.write.saveFindings(found);
    const draft = { at: new Date(NOON_MS).toISOString(), actor: 'ann', action: 'retention.set', detail: {} };
    await store.write.setRetention(10, draft);
    await store.write.retain({ cutoffMs: NOON_MS - 10 * DAY_MS, findingsCutoffMs: 0 }, 100, {
      stage: 1,
      after: 0,
    });

    expect(await store.read.judgeDays([{ day: NOON_DAY - 20, sources: ['chat'] }])).toEqual({
      days: 1,
      attempts: 0,
      found: [],
      withdrawn: [],
      entriesAsOf: expect.any(Number),
    });
  });
});
