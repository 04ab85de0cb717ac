import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { RetentionCounts } from '../../../../src/contract/care.ts';
import { verifyChain } from '../../../../src/engine/audit/chain.ts';
import { createJudge } from '../../../../src/engine/poll/judge.ts';
import { RetentionRuns } from '../../../../src/engine/store/care/retention-runs.ts';
import { chatConfig, sweep, testStore, type TestStore } from '../../../support/data-dir.ts';
import { setFindingStates } from '../../../support/finding-states.ts';
import { manySessions } from '../../../support/many-sessions.ts';
import {
  berlin,
  eventRecord,
  firefox,
  homeNetwork,
  ipFacts,
  NOON_MS,
  ruleFinding,
  safari,
  sessionRecord,
  sydney,
} from '../../../support/records.ts';
import { expectTalliesToBeRight, lookInto } from '../../../support/recount.ts';
import { storedKeys } from '../../../support/stored-keys.ts';
import { found } from '../../../support/found.ts';

const DAY_MS = 86_400_000;
const never = new AbortController().signal;

function runsOf(
  store: TestStore,
  write: ConstructorParameters<typeof RetentionRuns>[0]['write'] = store.write,
) {
  return new RetentionRuns({
    read: store.read,
    write,
    clock: store.clock,
    draft: (action, detail) => ({
      at: new Date(store.clock.now()).toISOString(),
      actor: 'test',
      action,
      detail,
    }),
    onRemoved: () => undefined,
    onBug: (error) => {
      throw error;
    },
  });
}

async function limit(store: TestStore, days: number | null): Promise<void> {
  const at = new Date(store.clock.now()).toISOString();
  await store.write.setRetention(days, { at, actor: 'test', action: 'retention.set', detail: { days } });
}

/** Removes what was over more than `days` ago. */
async function retain(store: TestStore, days: number): Promise<RetentionCounts> {
  await limit(store, days);
  return (await runsOf(store).run(never, 'hand', () => undefined)).removed;
}

const keysOf = (store: TestStore) => lookInto(store.dataDir, (db) => storedKeys(db));

const auditOf = async (store: TestStore) =>
  (await store.read.audit(100, null)).filter(({ action }) => action === 'retention.run');

describe('sessions', () => {
  it('go with every observation, those that share a row with another among them', async () => {
    const store = await testStore();
    for (let day = 0; day < 4; day += 1) {
      await sweep(store, [sessionRecord({ lastSeenAtMs: store.clock.now() })]);
      await store.clock.advance(DAY_MS);
    }
    await sweep(store, []);
    await store.clock.advance(100 * DAY_MS);
    expect(await retain(store, 90)).toMatchObject({ sessions: 1, observations: 4 });
  });

  it('that ended before the limit go with all that belongs to them, and those that live stay however old they are', async () => {
    const store = await testStore();
    await sweep(store, [sessionRecord({ key: 'gone' }), sessionRecord({ key: 'lives' })]);
    await store.clock.advance(DAY_MS);
    await sweep(store, [sessionRecord({ key: 'lives' })]);
    await store.write.saveFindings([found(1, ruleFinding({ sessions: ['gone', 'lives'] }))]);
    await store.clock.advance(100 * DAY_MS);

    const removed = await retain(store, 90);

    expect(removed).toMatchObject({ sessions: 1, observations: 1, users: 0, entries: 0 });
    expect(keysOf(store)).toEqual(['lives']);
    expect(await store.read.observations('lives')).toHaveLength(1);
    expect(
      (await store.read.events({ query: 'session:gone', sort: null, limit: 10, cursor: null })).rows,
    ).toEqual([]);
    const { rows } = await store.read.findings({ query: '', sort: null, limit: 10, cursor: null });
    expect(rows.map(({ sessions }) => sessions)).toEqual([['lives']]);
    expectTalliesToBeRight(store.dataDir);
  });

  it('that were found to be gone since the limit stay, though they were last seen before it', async () => {
    const store = await testStore();
    await sweep(store, [sessionRecord()]);
    await store.clock.advance(100 * DAY_MS);
    await sweep(store, []);
    expect(await store.read.session('ann-laptop')).toMatchObject({ state: 'ended' });

    expect(await retain(store, 90)).toMatchObject({ sessions: 0 });
    await store.clock.advance(91 * DAY_MS);
    expect(await retain(store, 90)).toMatchObject({ sessions: 1 });
  });

  it('whose expiry passed go once their source has not listed them for as long', async () => {
    const store = await testStore();
    const expired = sessionRecord({ expiresAtMs: NOON_MS + DAY_MS });
    await sweep(store, [expired]);
    await store.clock.advance(100 * DAY_MS);
    await sweep(store, [expired]);

    expect(await retain(store, 90)).toMatchObject({ sessions: 0 });
    await store.clock.advance(91 * DAY_MS);
    expect(await retain(store, 90)).toMatchObject({ sessions: 1 });
    expectTalliesToBeRight(store.dataDir);
  });

  it('that are only not polled any more are not over', async () => {
    const store = await testStore();
    await sweep(store, [sessionRecord()]);
    await store.clock.advance(1_000 * DAY_MS);

    expect(await retain(store, 1)).toMatchObject({ sessions: 0 });
    expect(keysOf(store)).toEqual(['ann-laptop']);
  });

  it('that were removed are told of no more, though the source goes on telling', async () => {
    const store = await testStore();
    const long = { startedAtMs: NOON_MS - 200 * DAY_MS, lastSeenAtMs: NOON_MS - 199 * DAY_MS };
    const page = {
      rows: [sessionRecord()],
      history: [sessionRecord({ key: 'history', ...long })],
      events: [eventRecord({ atMs: NOON_MS - 200 * DAY_MS })],
    };
    await sweep(store, page);
    expect(keysOf(store)).toEqual(['ann-laptop', 'history']);
    await store.clock.advance(91 * DAY_MS);
    expect(await retain(store, 90)).toMatchObject({ sessions: 1, events: 1 });

    const again = await sweep(store, page);
    expect(again).toMatchObject({ newSessions: 0, observations: 0, touched: [] });
    expect(keysOf(store)).toEqual(['ann-laptop']);
  });

  it('come back as new when their source lists them as present', async () => {
    const store = await testStore();
    await sweep(store, [sessionRecord()]);
    await sweep(store, []);
    await store.clock.advance(91 * DAY_MS);
    expect(await retain(store, 90)).toEqual({
      sessions: 1,
      observations: 1,
      events: expect.any(Number) as number,
      findings: 0,
      users: 1,
      entries: 5,
    });

    expect(await sweep(store, [sessionRecord()])).toMatchObject({ newSessions: 1 });
    expect(await store.read.session('ann-laptop')).toMatchObject({
      city: 'Berlin',
      userName: 'Ann',
      asn: 64500,
    });
    expectTalliesToBeRight(store.dataDir);
  });
});

describe('events', () => {
  it('before the limit go; those since then stay and still name their session', async () => {
    const store = await testStore();
    await sweep(store, [sessionRecord()]);
    await sweep(store, []);
    await store.clock.advance(100 * DAY_MS);
    const late = eventRecord({ sessionKey: 'ann-laptop', kind: 'failure', atMs: NOON_MS + 99 * DAY_MS });
    await sweep(store, { events: [late, eventRecord({ kind: 'failure' })] });

    expect(await retain(store, 90)).toMatchObject({ sessions: 1, users: 0 });
    const { rows } = await store.read.events({ query: '', sort: null, limit: 10, cursor: null });
    expect(rows.map(({ session, at }) => [session, Date.parse(at)])).toEqual([['ann-laptop', late.atMs]]);
  });
});

describe('findings', () => {
  const days = (count: number) => NOON_MS - count * DAY_MS;

  it('that are settled go, open ones wait for as long as one of their sessions is stored', async () => {
    const store = await testStore();
    await sweep(store, [sessionRecord(), sessionRecord({ key: 'gone' })]);
    await sweep(store, [sessionRecord()]);
    await store.write.saveFindings([
      found(
        1,
        ruleFinding({ dedupeKey: '1', atMs: days(1), state: 'suppressed' }),
        ruleFinding({ dedupeKey: '2', atMs: days(1), state: 'learning' }),
        ruleFinding({ dedupeKey: '3', atMs: days(1), sessions: ['gone'] }),
        ruleFinding({
          dedupeKey: '4',
          atMs: days(1),
          sessions: ['gone', 'ann-laptop'],
          words: { title: 'waits', explanation: '' },
        }),
        ruleFinding({
          dedupeKey: '5',
          atMs: NOON_MS + 50 * DAY_MS,
          state: 'suppressed',
          words: { title: 'new', explanation: '' },
        }),
      ),
    ]);
    await store.clock.advance(100 * DAY_MS);

    expect(await retain(store, 90)).toMatchObject({ sessions: 1, findings: 3 });
    const { rows } = await store.read.findings({ query: '', sort: 'at', limit: 10, cursor: null });
    expect(rows.map(({ title }) => title)).toEqual(['waits', 'new']);
    expectTalliesToBeRight(store.dataDir);
  });

  it('are kept for as long as the rules would find them again, or a closed one would come back as open', async () => {
    const store = await testStore();
    await sweep(store, [sessionRecord()]);
    await store.write.saveFindings([found(1, ruleFinding({ atMs: days(0) }))]);
    setFindingStates(store, 'closed');
    await store.clock.advance(60 * DAY_MS);

    expect(await retain(store, 7)).toMatchObject({ findings: 0 });
    expect(await store.write.saveFindings([found(1, ruleFinding({ atMs: days(0) }))])).toMatchObject({
      added: 0,
      changed: 0,
    });
    await store.clock.advance(31 * DAY_MS);
    expect(await retain(store, 7)).toMatchObject({ findings: 1 });
  });
});

describe('dictionary entries', () => {
  /** Ann, who went from Sydney to Berlin with one session; another session in Paris is over. */
  async function travelled() {
    const store = await testStore();
    const at = (address: string, place: typeof berlin) => ({ ip: ipFacts(address, place, homeNetwork) });
    const over = sessionRecord({
      key: 'over',
      ...at('192.0.2.9', { ...berlin, city: 'Paris', country: 'FR' }),
    });
    await sweep(store, [
      sessionRecord({ ...at('192.0.2.1', sydney), device: safari, userAgent: 'Safari' }),
      over,
    ]);
    await sweep(store, [sessionRecord(at('192.0.2.2', berlin))]);
    await store.clock.advance(91 * DAY_MS);
    return store;
  }
  const cities = (store: TestStore) =>
    lookInto(store.dataDir, (db) => db.prepare('SELECT city FROM place ORDER BY city').pluck().all());

  it('nobody uses go; those that only an observation uses stay', async () => {
    const store = await travelled();
    expect(cities(store)).toEqual(['Berlin', 'Paris', 'Sydney']);

    // An address and a place: the network, the user agent and the device are Ann's as well.
    expect(await retain(store, 90)).toMatchObject({ sessions: 1, users: 0, entries: 2 });
    expect(cities(store)).toEqual(['Berlin', 'Sydney']);
    const history = await store.read.observations('ann-laptop');
    expect(history.map(({ city, ip }) => [city, ip])).toEqual([
      ['Berlin', '192.0.2.2'],
      ['Sydney', '192.0.2.1'],
    ]);
  });

  it('that only a finding uses stay for as long as it does, and its evidence is what it was', async () => {
    const store = await testStore();
    const { judge } = createJudge({ store, clock: store.clock, onFindings: () => undefined });
    const rows = [
      sessionRecord(),
      sessionRecord({
        key: 'inside',
        ip: { ...ipFacts('10.0.0.7'), class: 'private' },
        ...{ device: safari, userAgent: 'Safari' },
      }),
    ];
    await judge(new Set((await sweep(store, rows)).touched));
    const inside = { query: 'rule:private-ip', sort: null, limit: 10, cursor: null };
    const found = await store.read.findings(inside);
    expect(found.rows).toMatchObject([{ evidence: { sighting: { ip: '10.0.0.7', userAgent: 'Safari' } } }]);

    for (const _ of ['a month', 'another one']) {
      await store.clock.advance(31 * DAY_MS);
      await sweep(store, [sessionRecord()]);
    }
    // Findings are kept for longer than the limit, because the rules would find them again.
    expect(await retain(store, 30)).toMatchObject({ sessions: 1, findings: 0, entries: 0 });
    await store.write.putSource(chatConfig('chat-2'), false);
    await store.write.removeSource('chat-2');
    const kept = await store.read.findings(inside);
    expect(kept.rows.map(({ evidence }) => evidence)).toEqual(found.rows.map(({ evidence }) => evidence));

    await store.clock.advance(31 * DAY_MS);
    // Address, user agent and device.
    expect(await retain(store, 30)).toMatchObject({ sessions: 0, entries: 3 });
  });

  it('that come into use while they are looked for stay', async () => {
    const store = await travelled();
    await limit(store, 90);
    const paris = ipFacts('192.0.2.9', { ...berlin, city: 'Paris', country: 'FR' }, homeNetwork);
    let marked = 0;
    const meanwhile = {
      ...store.write,
      retain: async (...step: Parameters<TestStore['write']['retain']>) => {
        const done = await store.write.retain(...step);
        // Observations and findings were read; the dictionaries come next. Ann is in Paris for a moment and back again.
        if (done.next?.stage === 6 && done.next.after === 0) {
          marked += 1;
          await sweep(store, [sessionRecord({ ip: paris })]);
          await sweep(store, [sessionRecord({ ip: ipFacts('192.0.2.2', berlin, homeNetwork) })]);
        }
        return done;
      },
    };
    await runsOf(store, meanwhile).run(never, 'hand', () => undefined);

    expect(marked).toBe(1);
    expect(cities(store)).toEqual(['Berlin', 'Paris', 'Sydney']);
    expect((await store.read.observations('ann-laptop')).map(({ city }) => city)).toEqual([
      'Berlin',
      'Paris',
      'Berlin',
      'Sydney',
    ]);
    expectTalliesToBeRight(store.dataDir);
  });
});

describe('a run', () => {
  it('removes many in small steps, between which others read and write', async () => {
    const store = await testStore();
    await sweep(store, manySessions(1_000));
    await sweep(store, [sessionRecord()]);
    await store.clock.advance(91 * DAY_MS);
    await limit(store, 90);
    let steps = 0;
    let most = 0;
    const meanwhile = {
      ...store.write,
      retain: async (...step: Parameters<TestStore['write']['retain']>) => {
        const done = await store.write.retain(...step);
        steps += 1;
        most = Math.max(most, done.removed.sessions ?? 0);
        await sweep(store, [sessionRecord(), sessionRecord({ key: `new-${steps}`, hint: String(steps) })]);
        return done;
      },
    };
    const told: number[] = [];
    const { removed } = await runsOf(store, meanwhile).run(never, 'hand', ({ sessions }) =>
      told.push(sessions),
    );

    expect(removed.sessions).toBe(1_000);
    expect(most).toBeLessThanOrEqual(300);
    expect(told.slice(0, 4)).toEqual([300, 600, 900, 1_000]);
    expect(keysOf(store)).toHaveLength(1 + steps);
    expectTalliesToBeRight(store.dataDir);
    expect(lookInto(store.dataDir, (db) => db.pragma('foreign_key_check'))).toEqual([]);
  });

  it('gives the room back to the disk', async () => {
    const store = await testStore();
    // Enough that what every file has, an empty table and its indexes a page each, is little beside them.
    await sweep(store, manySessions(6_000));
    await sweep(store, []);
    await store.clock.advance(91 * DAY_MS);
    const pages = () => lookInto(store.dataDir, (db) => Number(db.pragma('page_count', { simple: true })));
    const before = pages();
    await limit(store, 90);

    const { freedBytes } = await runsOf(store).run(never, 'hand', () => undefined);
    expect(freedBytes).toBe((before - pages()) * 4096);
    expect(pages()).toBeLessThan(before / 3);
    await store.close();
    expect(statSync(join(store.dataDir, 'sessionscope.db')).size).toBe(pages() * 4096);
  });

  it('is one audit entry with what it removed; one by the hour that removed nothing is none', async () => {
    const store = await testStore();
    await sweep(store, [sessionRecord()]);
    await sweep(store, []);
    await store.clock.advance(91 * DAY_MS);
    const removed = await retain(store, 90);
    expect((await auditOf(store)).map(({ detail }) => detail)).toEqual([
      { days: 90, by: 'hand', ...removed },
    ]);
    expect(await store.read.retention()).toEqual({
      days: 90,
      lastRun: { at: new Date(store.clock.now()).toISOString(), removed },
    });

    await runsOf(store).run(never, 'schedule', () => undefined);
    expect(await auditOf(store)).toHaveLength(1);
    await runsOf(store).run(never, 'hand', () => undefined);
    expect(await auditOf(store)).toHaveLength(2);
    expect((await verifyChain((seq) => store.read.auditFrom(seq))).ok).toBe(true);
  });

  it('that was cut off is told of by the next one', async () => {
    const store = await testStore();
    await sweep(store, manySessions(500));
    await sweep(store, []);
    await store.clock.advance(91 * DAY_MS);
    await limit(store, 90);
    const cutoff = { cutoffMs: NOON_MS + DAY_MS, findingsCutoffMs: NOON_MS };
    await store.write.retain(cutoff, 300, null);
    await store.close();

    const again = await testStore({ dataDir: store.dataDir, clock: store.clock });
    await runsOf(again).run(never, 'schedule', () => undefined);
    expect((await auditOf(again)).map(({ detail }) => detail.sessions)).toEqual([500]);
  });

  it('that is ended early stops after a step and tells what it did', async () => {
    const store = await testStore();
    await sweep(store, manySessions(1_000));
    await sweep(store, []);
    await store.clock.advance(91 * DAY_MS);
    await limit(store, 90);
    const ended = new AbortController();

    await runsOf(store).run(ended.signal, 'hand', () => ended.abort());
    expect((await auditOf(store)).map(({ detail }) => detail.sessions)).toEqual([300]);
    expect(keysOf(store)).toHaveLength(700);
  });

  it('removes nothing while everything is kept, which is the default', async () => {
    const store = await testStore();
    expect(await store.read.retention()).toEqual({ days: null, lastRun: null });
    await sweep(store, [sessionRecord({ device: firefox })]);
    await sweep(store, []);
    await store.clock.advance(10_000 * DAY_MS);

    await runsOf(store).run(never, 'hand', () => undefined);
    expect(keysOf(store)).toEqual(['ann-laptop']);
    expect(await auditOf(store)).toEqual([]);
  });

  it('comes a minute after the start and then by the hour', async () => {
    const store = await testStore();
    await limit(store, 90);
    const slept: number[] = [];
    let begun = 0;
    const clock = {
      now: () => store.clock.now(),
      sleep: (ms: number, signal?: AbortSignal) => {
        slept.push(ms);
        return store.clock.sleep(ms, signal);
      },
    };
    const counting: TestStore['write'] = {
      ...store.write,
      retain: (...step) => {
        begun += Number(step[2] === null);
        return store.write.retain(...step);
      },
    };
    const runs = runsOf({ ...store, clock: { ...store.clock, ...clock } }, counting);
    runs.start();
    expect([slept, begun]).toEqual([[60_000], 0]);
    await store.clock.advance(60_000);
    await vi.waitFor(() => expect([slept, begun]).toEqual([[60_000, 3_600_000], 1]), { timeout: 15_000 });
    await store.clock.advance(3_600_000);
    await vi.waitFor(() => expect([slept, begun]).toEqual([[60_000, 3_600_000, 3_600_000], 2]), {
      timeout: 15_000,
    });
    await runs.close();
  });
});
