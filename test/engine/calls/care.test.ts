import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { BackupProgress, RetentionProgress } from '../../../src/contract/care.ts';
import { browserEngine } from '../../../src/web/browser-engine.ts';
import { Downloads } from '../../../src/web/downloads.ts';
import { testClock } from '../../support/clock.ts';
import { collect } from '../../support/collect.ts';
import { sweep, testStore } from '../../support/data-dir.ts';
import { startEngine } from '../../support/engine.ts';
import { fakeEngine } from '../../support/fake-engine.ts';
import { manySessions } from '../../support/many-sessions.ts';

const DAY_MS = 86_400_000;
const never = new AbortController().signal;

/** An engine over a store in which 30 sessions ended on the first day of `clock`; nothing is configured to be polled. */
async function engineWithThePast(clock = testClock()) {
  const store = await testStore({ clock });
  await sweep(store, manySessions(30));
  await sweep(store, []);
  await store.close();
  const engine = await startEngine({ dataDir: store.dataDir, clock });
  onTestFinished(() => engine.close());
  return engine;
}

const actionsOf = async ({ call }: Awaited<ReturnType<typeof engineWithThePast>>) =>
  (await call.audit.list({})).map(({ action }) => action).toReversed();

describe('a backup through the engine', () => {
  it('goes to the backups folder unless it is told where, tells how far it is, and is in the audit', async () => {
    const engine = await engineWithThePast();
    const steps: BackupProgress[] = [];
    for await (const step of await engine.call.care.backup({})) steps.push(step);

    const done = steps.at(-1);
    if (done?.kind !== 'done') throw new Error('the backup has no end');
    expect(steps[0]?.kind).toBe('progress');
    expect(done.result).toMatchObject({
      path: join(engine.dataDir, 'backups', 'sessionscope-2026-11-20T12-00-00-000Z.backup'),
      sessions: 30,
      bytes: statSync(done.result.path).size,
    });
    expect(statSync(join(engine.dataDir, 'backups')).mode & 0o777).toBe(0o700);
    expect(await actionsOf(engine)).toEqual(['backup.written']);
  });

  it('in the browser names no file of the machine, neither on the way in nor out', async () => {
    const downloads = new Downloads(() => 0);
    const engine = browserEngine(fakeEngine(), downloads);
    const refused = engine.care.backup({ path: '/etc/x', replace: true }, never);
    await expect(collect(refused)).rejects.toMatchObject({ code: 'refused', field: 'path' });

    const steps = await collect(engine.care.backup({ path: null, replace: false }, never));
    const done = steps.at(-1);
    if (done?.kind !== 'done') throw new Error('the backup has no end');
    expect(done.result.path).toMatch(/^\/download\/[\w-]{43}$/);
    expect(downloads.take(done.result.path.replace('/download/', ''))).toBe('/home/ann/sessionscope.backup');
  });
});

describe('retention through the engine', () => {
  it('is off at first, set with an audit entry, and run by hand', async () => {
    const clock = testClock();
    const engine = await engineWithThePast(clock);
    await clock.advance(91 * DAY_MS);
    expect(await engine.call.care.retention()).toEqual({ days: null, lastRun: null });
    await expect(collect(await engine.call.care.retain())).rejects.toThrow(
      'Nothing was removed, because everything is kept',
    );

    expect(await engine.call.care.setRetention({ days: 90 })).toMatchObject({ days: 90 });
    const steps: RetentionProgress[] = await collect(await engine.call.care.retain());
    const done = steps.at(-1);
    if (done?.kind !== 'done') throw new Error('the run has no end');
    expect(done.removed).toMatchObject({ sessions: 30, users: 4 });
    expect(steps.slice(0, -1).every(({ kind }) => kind === 'progress')).toBe(true);
    expect((await engine.call.care.retention()).lastRun?.removed).toEqual(done.removed);
    expect(await engine.call.count({ list: 'sessions', query: '' })).toBe(0);
    expect(await actionsOf(engine)).toEqual(['retention.set', 'retention.run']);
  });

  it('runs by itself a minute after polling began and then once an hour', async () => {
    const time = testClock();
    let hours = 0;
    const clock = {
      ...time,
      sleep: (ms: number, signal?: AbortSignal) => {
        hours += Number(ms === 3_600_000);
        return time.sleep(ms, signal);
      },
    };
    const engine = await engineWithThePast(clock);
    await engine.call.care.setRetention({ days: 90 });
    await time.advance(90 * DAY_MS - 30 * 60_000);
    engine.engine.start({ only: 'nothing' });
    const sessions = () => engine.call.count({ list: 'sessions', query: '' });

    await time.advance(60_000);
    await vi.waitFor(() => expect(hours).toBe(1), { timeout: 15_000 });
    expect(await sessions()).toBe(30);
    await time.advance(3_600_000);
    await vi.waitFor(() => expect(hours).toBe(2), { timeout: 15_000 });
    expect(await sessions()).toBe(0);
    expect((await engine.call.audit.list({ limit: 1 }))[0]).toMatchObject({
      action: 'retention.run',
      detail: { by: 'schedule', days: 90, sessions: 30 },
    });
  });
});
