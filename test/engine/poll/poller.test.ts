import { describe, expect, it } from 'vitest';
import type { SourceConfig } from '../../../src/contract/source.ts';
import { Poller } from '../../../src/engine/poll/poller.ts';
import type { LiveSession } from '../../../src/engine/poll/listed-sessions.ts';
import type { Sweep } from '../../../src/engine/poll/sweep.ts';
import type { Source } from '../../../src/engine/source/source.ts';
import { testClock } from '../../support/clock.ts';
import { listedSessions } from '../../support/listed-sessions.ts';
import { someCapabilities } from '../../support/session.ts';

const config: SourceConfig = {
  id: 'app',
  kind: 'better-auth',
  mode: 'admin',
  url: 'http://127.0.0.1:1',
  auth: { bearer: { env: 'TOKEN' } },
};

/** A poller over a source whose sweeps end when the test says so. */
function setUp(over: { minPollMs?: number } = {}) {
  const clock = testClock();
  const pending: { end: (sweep: Sweep) => void; signal: AbortSignal }[] = [];
  const bugs: unknown[] = [];
  let closed = 0;
  const source: Source = {
    capabilities: someCapabilities({ minPollMs: over.minPollMs ?? 30_000 }),
    account: () => Promise.reject(new Error('not asked here')),
    list: () => {
      throw new Error('not asked here');
    },
    revoke: () => Promise.reject(new Error('not asked here')),
    close: async () => {
      closed += 1;
    },
  };
  const poller = new Poller({
    clock,
    random: () => 0.5,
    open: () => source,
    sweep: (_id, _source, signal) =>
      new Promise((resolve, reject) => {
        pending.push({ end: resolve, signal });
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      }),
    onChange: () => undefined,
    onBug: (_id, error) => bugs.push(error),
  });
  return { clock, poller, pending, bugs, closedCount: () => closed };
}

function ended(over: { ok?: boolean; live?: string[]; retryAfterMs?: number } = {}): Sweep {
  const isOk = over.ok ?? true;
  const error = isOk ? null : { code: 'offline' as const, message: 'no answer' };
  const live = (over.live ?? []).map((key): [string, LiveSession] => [
    key,
    { native: `n-${key}`, userId: 'u1' },
  ]);
  return {
    report: {
      source: 'app',
      ok: isOk,
      complete: isOk,
      sessions: live.length,
      new: 0,
      ended: 0,
      observations: 0,
      findings: 0,
      error,
    },
    live: listedSessions(live),
    retryAfterMs: over.retryAfterMs ?? null,
    isFault: !isOk,
  };
}

describe('the poller', () => {
  it('polls at once when started and then by the interval', async () => {
    const { clock, poller, pending } = setUp();
    await poller.put(config);
    poller.start();
    await clock.advance(0);
    expect(pending).toHaveLength(1);
    pending[0]?.end(ended());
    await clock.advance(59_999);
    expect(pending).toHaveLength(1);
    await clock.advance(1);
    expect(pending).toHaveLength(2);
  });

  it('polls only the source that is named, when one is', async () => {
    const { clock, poller, pending } = setUp();
    await poller.put(config);
    poller.start('another');
    await clock.advance(3_600_000);
    expect(pending).toHaveLength(0);
    poller.start('app');
    await clock.advance(0);
    expect(pending).toHaveLength(1);
  });

  it("never polls faster than the kind's shortest", async () => {
    const { clock, poller, pending } = setUp({ minPollMs: 300_000 });
    await poller.put({ ...config, pollEverySeconds: 10 });
    poller.start();
    await clock.advance(0);
    pending[0]?.end(ended());
    await clock.advance(299_000);
    expect(pending).toHaveLength(1);
    await clock.advance(1_000);
    expect(pending).toHaveLength(2);
  });

  it('backs off from a failing source and returns to the interval when it recovers', async () => {
    const { clock, poller, pending } = setUp();
    await poller.put(config);
    poller.start();
    await clock.advance(0);
    pending[0]?.end(ended({ ok: false }));
    await clock.advance(119_000);
    expect(pending).toHaveLength(1);
    await clock.advance(1_000);
    pending[1]?.end(ended());
    await clock.advance(60_000);
    expect(pending).toHaveLength(3);
  });

  it('stays away for as long as a refusal asked', async () => {
    const { clock, poller, pending } = setUp();
    await poller.put(config);
    poller.start();
    await clock.advance(0);
    pending[0]?.end(ended({ ok: false, retryAfterMs: 600_000 }));
    await clock.advance(599_000);
    expect(pending).toHaveLength(1);
    expect(poller.state('app').nextPollAtMs).toBe(clock.now() + 1_000);
  });

  it('has one sweep at a time, and a sweep by hand begins after the running one', async () => {
    const { clock, poller, pending } = setUp();
    await poller.put(config);
    const first = poller.sweep('app');
    const second = poller.sweep('app');
    await clock.advance(0);
    expect(pending).toHaveLength(1);
    pending[0]?.end(ended({ live: ['old'] }));
    await first;
    await clock.advance(0);
    expect(pending).toHaveLength(2);
    pending[1]?.end(ended({ live: ['new'] }));
    const { live } = await second;
    expect(['old', 'new'].map((key) => live.has(key))).toEqual([false, true]);
  });

  it('keeps what it knew of sessions that a broken listing did not reach', async () => {
    const { clock, poller, pending } = setUp();
    await poller.put(config);
    const sweepWith = async (sweep: Sweep) => {
      const done = poller.sweep('app');
      await clock.advance(0);
      pending.at(-1)?.end(sweep);
      await done;
    };
    await sweepWith(ended({ live: ['a', 'b'] }));
    await sweepWith(ended({ ok: false, live: ['c'] }));
    expect(['a', 'b', 'c'].map((key) => poller.live('app', key)?.native)).toEqual(['n-a', 'n-b', 'n-c']);
    await sweepWith(ended({ live: ['c'] }));
    expect(poller.live('app', 'a')).toBeUndefined();
  });

  it('keeps no tokens of a listing once a later one, or the one it was added to, has taken its place', async () => {
    const { clock, poller, pending } = setUp();
    await poller.put(config);
    const sweeps = [ended({ live: ['a'] }), ended({ ok: false, live: ['b'] }), ended({ live: ['c'] })];
    for (const sweep of sweeps) {
      const done = poller.sweep('app');
      await clock.advance(0);
      pending.at(-1)?.end(sweep);
      await done;
    }
    await poller.remove('app');
    for (const { live } of sweeps) expect(() => live.has('a')).toThrow('were cleared');
  });

  it('cuts a running sweep off and forgets every native id when the source is removed', async () => {
    const { clock, poller, pending, closedCount } = setUp();
    await poller.put(config);
    const sweep = poller.sweep('app');
    await clock.advance(0);
    const removed = poller.remove('app');
    await expect(sweep).rejects.toThrow('removed');
    await removed;
    expect(pending[0]?.signal.aborted).toBe(true);
    expect(closedCount()).toBe(1);
    expect(() => poller.live('app', 'a')).toThrow('There is no source "app"');
  });

  it('reports a bug in a scheduled sweep and polls again', async () => {
    const { clock, poller, pending, bugs } = setUp();
    await poller.put(config);
    poller.start();
    await clock.advance(0);
    pending[0]?.end(undefined as unknown as Sweep);
    await clock.advance(0);
    expect(bugs).toHaveLength(1);
    await clock.advance(120_000);
    expect(pending).toHaveLength(2);
  });

  it('sweeps for one who does not wait, after what is running, and tells of a fault by itself', async () => {
    const { clock, poller, pending, bugs } = setUp();
    await poller.put(config);
    poller.order('app');
    poller.order('app');
    await clock.advance(0);
    expect(pending).toHaveLength(1);
    pending[0]?.end(ended());
    await clock.advance(0);
    expect(pending).toHaveLength(2);
    pending[1]?.end(Promise.reject(new Error('a bug')) as never);
    await clock.advance(0);
    expect(bugs).toEqual([new Error('a bug')]);
    expect(() => poller.order('other')).toThrow(/no source "other"/);
  });

  it('takes the end of an ordered sweep with its source for no fault', async () => {
    const { clock, poller, pending, bugs } = setUp();
    await poller.put(config);
    poller.order('app');
    await clock.advance(0);
    expect(pending).toHaveLength(1);
    await poller.remove('app');
    await clock.advance(0);
    expect(bugs).toEqual([]);
  });
});
