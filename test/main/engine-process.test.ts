import type { MessagePortMain } from 'electron';
import { describe, expect, it } from 'vitest';
import { EngineProcess } from '../../src/main/engine-process.ts';
import { testClock } from '../support/clock.ts';
import { childDouble } from '../support/electron-double.ts';

function shell() {
  const clock = testClock();
  const children: ReturnType<typeof childDouble>[] = [];
  const failures: string[] = [];
  let channels = 0;
  const engine = new EngineProcess({
    fork: () => {
      const double = childDouble();
      children.push(double);
      return double.child;
    },
    createChannel: () => {
      channels += 1;
      return { port1: portNamed(`engine ${channels}`), port2: portNamed(`page ${channels}`) };
    },
    start: {
      kind: 'start',
      dataDir: '/data',
      geoipDir: '/geoip',
      storeThread: '/store-thread.js',
      version: '1',
      secretStore: 'in memory',
      isDemo: false,
    },
    secrets: {
      answer: async (ask) => ({ ok: true, value: ask.verb === 'read' ? `value of ${ask.id}` : null }),
    },
    clock,
    onFailure: (reason) => failures.push(reason),
  });
  const child = (number: number) => {
    const double = children[number - 1];
    if (double === undefined) throw new Error(`There is no process ${number} yet.`);
    return double;
  };
  return { engine, clock, children, child, failures };
}

const portNamed = (name: string) => ({ name }) as unknown as MessagePortMain;

describe('the engine process', () => {
  it('is told how to start, and gives a page a line once it is ready', async () => {
    const { engine, child } = shell();
    engine.start();
    expect(child(1).told).toMatchObject([{ message: { kind: 'start', dataDir: '/data' } }]);
    const port = engine.connect();
    await settle();
    expect(child(1).told).toHaveLength(1);
    child(1).say({ kind: 'ready' });
    expect(await port).toEqual({ name: 'page 1' });
    expect(child(1).told[1]).toEqual({ message: { kind: 'connect' }, ports: [{ name: 'engine 1' }] });
    expect(await engine.connect()).toEqual({ name: 'page 2' });
  });

  it('is started again when it ends by itself, later each time, and the page that waits gets its line', async () => {
    const { engine, clock, children, child } = shell();
    engine.start();
    child(1).say({ kind: 'ready' });
    child(1).exit();
    const port = engine.connect();
    await clock.advance(499);
    expect(children).toHaveLength(1);
    await clock.advance(1);
    expect(children).toHaveLength(2);
    child(2).exit();
    await clock.advance(1_999);
    expect(children).toHaveLength(2);
    await clock.advance(1);
    child(3).say({ kind: 'ready' });
    expect(await port).toEqual({ name: 'page 1' });
  });

  it('gives up after five ends in a row, says so, and tries anew when the page asks again', async () => {
    const { engine, clock, children, child, failures } = shell();
    engine.start();
    const waiting = expect(engine.connect()).rejects.toThrow(/again and again/);
    for (let n = 1; n <= 5; n += 1) {
      child(n).exit();
      await clock.advance(20_000);
    }
    await waiting;
    expect(children).toHaveLength(5);
    expect(failures).toHaveLength(1);
    expect(engine.takeFailure()).toBe(failures[0]);
    expect(engine.takeFailure()).toBeNull();

    const port = engine.connect();
    child(6).say({ kind: 'ready' });
    expect(await port).toEqual({ name: 'page 1' });
  });

  it('forgets old ends once it ran for a minute', async () => {
    const { engine, clock, children, child, failures } = shell();
    engine.start();
    for (let n = 1; n <= 8; n += 1) {
      await clock.advance(60_000);
      child(n).exit();
      await clock.advance(500);
    }
    expect(children).toHaveLength(9);
    expect(failures).toEqual([]);
  });

  it('does not try again by itself when the engine says why it can not start', async () => {
    const { engine, clock, children, child, failures } = shell();
    engine.start();
    child(1).say({ kind: 'failed', message: 'The database is of a newer version.' });
    child(1).exit();
    await clock.advance(60_000);
    expect(children).toHaveLength(1);
    expect(child(1).kills()).toBe(1);
    expect(failures).toEqual(['The database is of a newer version.']);
  });

  it('answers questions about typed secrets', async () => {
    const { engine, child } = shell();
    engine.start();
    child(1).say({ kind: 'secret', request: 7, ask: { verb: 'read', id: 'k1' } });
    await settle();
    expect(child(1).told[1]?.message).toEqual({
      kind: 'secret',
      request: 7,
      answer: { ok: true, value: 'value of k1' },
    });
  });

  it('is asked to stop, is not started again, and is killed when it does not end', async () => {
    const { engine, clock, children, child } = shell();
    engine.start();
    child(1).say({ kind: 'ready' });
    let isStopped = false;
    const stopping = engine.stop().then(() => (isStopped = true));
    expect(child(1).told.at(-1)?.message).toEqual({ kind: 'stop' });
    await clock.advance(4_999);
    expect(isStopped).toBe(false);
    await clock.advance(1);
    await stopping;
    expect(child(1).kills()).toBe(1);
    child(1).exit();
    await clock.advance(60_000);
    expect(children).toHaveLength(1);
    await expect(engine.connect()).rejects.toThrow(/ending/);
  });
});

function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
