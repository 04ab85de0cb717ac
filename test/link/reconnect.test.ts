import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { createTRPCClient, getUntypedClient } from '@trpc/client';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { PORT_MESSAGE } from '../../src/contract/desktop-bridge.ts';
import type { Engine } from '../../src/engine/api.ts';
import { appRouter, type AppRouter } from '../../src/engine/router.ts';
import { desktopLink } from '../../src/link/desktop-client.ts';
import { portClient } from '../../src/link/port-client.ts';
import { servePort } from '../../src/link/port-server.ts';
import { portOfEmitter, portOfEventTarget, type Port } from '../../src/link/port.ts';
import { problemOf } from '../../src/link/problem.ts';
import { webLink } from '../../src/link/web-client.ts';
import { startWebHost } from '../../src/web/server.ts';
import { fakeEngine } from '../support/fake-engine.ts';
import { enter } from './links.ts';

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A feed that never ends by itself, and how often it was begun and ended. */
function countedFeed() {
  const counts = { begun: 0, ended: 0 };
  const changes = async function* (signal: AbortSignal) {
    counts.begun += 1;
    try {
      yield { revision: counts.begun, topics: [] };
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    } finally {
      counts.ended += 1;
    }
  };
  return { counts, changes };
}

describe('a broken WebSocket', () => {
  it('fails what was open, comes back by itself, and begins nothing a second time', async () => {
    const { counts, changes } = countedFeed();
    const rendererDir = await mkdtemp(join(tmpdir(), 'sessionscope-page-'));
    closing.push(() => rm(rendererDir, { recursive: true }));
    await writeFile(join(rendererDir, 'index.html'), '');
    const engine = fakeEngine({ system: { changes } });
    const host = await startWebHost({ engine, rendererDir, version: '0', log });
    closing.push(() => host.close());
    const cookie = await enter(host.url, host.origin);
    const sockets: WebSocket[] = [];
    class BrowserSocket extends WebSocket {
      constructor(address: string) {
        super(address, { headers: { origin: host.origin, cookie } });
        sockets.push(this);
      }
    }
    let isAdmitted = true;
    const link = webLink({
      url: `${host.origin.replace('http', 'ws')}/trpc`,
      isAdmitted: async () => isAdmitted,
      WebSocket: BrowserSocket as unknown as typeof globalThis.WebSocket,
      retryDelayMs: () => 1,
    });
    closing.push(() => link.close());
    const client = getUntypedClient(link.client);

    const feed = client.subscription('system.changes', undefined, {});
    expect(await feed.next()).toMatchObject({ value: { revision: 1 } });
    expect(link.state()).toBe('open');
    sockets[0]?.terminate();
    expect(await problem(feed.next())).toMatchObject({ code: 'disconnected' });
    // A call made while there is no socket waits for the next one.
    expect(await client.query('geoip.status')).toMatchObject({ problems: [] });
    expect(link.state()).toBe('open');
    expect(sockets).toHaveLength(2);
    expect(counts).toEqual({ begun: 1, ended: 1 });

    isAdmitted = false;
    const lost = new Promise<void>((resolve) => link.onState(() => link.state() === 'lost' && resolve()));
    sockets[1]?.terminate();
    await lost;
    expect(await problem(client.query('system.info'))).toMatchObject({ code: 'disconnected' });
  });
});

describe('a closed port', () => {
  it('aborts what runs on the other side', async () => {
    const { counts, changes } = countedFeed();
    const { port1, port2 } = new MessageChannel();
    serve(portOfEventTarget(port1), changes);
    const ports = portClient(() => undefined);
    ports.use(portOfEventTarget(port2));
    const client = getUntypedClient(createTRPCClient<AppRouter>({ links: [ports.link] }));
    const feed = client.subscription('system.changes', undefined, {});
    await feed.next();
    port2.close();
    await new Promise((resolve) => port1.once('close', resolve));
    await expect.poll(() => counts).toEqual({ begun: 1, ended: 1 });
  });

  it('fails what is pending when the engine goes away, and the next port serves what waited', async () => {
    const { changes } = countedFeed();
    const page = new EventTarget();
    let asked = 0;
    const link = desktopLink(
      {
        requestPort: async () => {
          asked += 1;
        },
      },
      page as Window,
    );
    closing.push(() => link.close());
    const client = getUntypedClient(link.client);
    const hand = () => {
      const { port1, port2 } = new MessageChannel();
      const server = serve(portOfEventTarget(port1), changes);
      page.dispatchEvent(windowMessage({ data: PORT_MESSAGE, source: page, ports: [port2] }));
      return server;
    };
    expect(link.state()).toBe('connecting');
    const early = client.query('geoip.status');
    const first = hand();
    expect(await early).toMatchObject({ problems: [] });
    const feed = client.subscription('system.changes', undefined, {});
    await feed.next();

    first.close();
    expect(await problem(feed.next())).toMatchObject({ code: 'disconnected' });
    expect(link.state()).toBe('connecting');
    expect(asked).toBe(2);
    const waiting = client.query('geoip.status');
    hand();
    expect(await waiting).toMatchObject({ problems: [] });
    expect(link.state()).toBe('open');
  });

  it('takes ports from its own preload only, and gives up when the shell has no engine', async () => {
    const page = new EventTarget();
    const { promise, reject } = Promise.withResolvers<undefined>();
    const link = desktopLink({ requestPort: () => promise }, page as Window);
    const { port1, port2 } = new MessageChannel();
    closing.push(() => port1.close());
    page.dispatchEvent(windowMessage({ data: PORT_MESSAGE, source: new EventTarget(), ports: [port2] }));
    page.dispatchEvent(windowMessage({ data: 'other', source: page, ports: [port2] }));
    expect(link.state()).toBe('connecting');
    const waiting = problem(getUntypedClient(link.client).query('system.info'));
    reject(new Error('no engine'));
    expect(await waiting).toMatchObject({ code: 'disconnected' });
    expect(link.state()).toBe('lost');
  });
});

describe("the engine's end of a port", () => {
  it('answers a call over the cap and ignores what is no request', async () => {
    const { changes } = countedFeed();
    const port = scriptedPort();
    servePort({
      router: appRouter,
      context: { engine: fakeEngine({ system: { changes } }) },
      port,
      maxOpenCalls: 1,
    });
    for (const nonsense of [null, 'x', 7, {}, { kind: 'call' }, { kind: 'call', id: 'a', path: 'x' }]) {
      port.receive(nonsense);
    }
    port.receive({ kind: 'call', id: 1, type: 'subscription', path: 'system.changes' });
    port.receive({ kind: 'call', id: 2, type: 'query', path: 'system.info' });
    await expect.poll(() => port.sent).toHaveLength(2);
    expect(port.sent).toMatchObject([
      { kind: 'failed', id: 2, error: { data: { engine: { code: 'refused', retryAfterMs: 1000 } } } },
      { kind: 'value', id: 1, value: { revision: 1 } },
    ]);
    port.receive({ kind: 'stop', id: 1 });
    await expect
      .poll(() => {
        port.receive({ kind: 'call', id: 3, type: 'query', path: 'geoip.status' });
        return port.sent.at(-1);
      })
      .toMatchObject({ kind: 'done', id: 3 });
  });

  it('says internal when an answer can not be cloned, and goes on', async () => {
    const { port1, port2 } = new MessageChannel();
    const errors: string[] = [];
    const engine = fakeEngine({
      system: {
        changes: async function* () {
          yield { revision: 1, topics: [], listener: () => undefined } as never;
        },
      },
    });
    const server = servePort({
      router: appRouter,
      context: { engine },
      port: portOfEventTarget(port1),
      onError: (error, path) => errors.push(`${path}: ${error.cause?.name ?? ''}`),
    });
    closing.push(() => server.close());
    const ports = portClient(() => undefined);
    ports.use(portOfEventTarget(port2));
    const client = getUntypedClient(createTRPCClient<AppRouter>({ links: [ports.link] }));
    const feed = client.subscription('system.changes', undefined, {});
    expect(await problem(feed.next())).toMatchObject({ code: 'internal' });
    expect(errors).toEqual(['system.changes: DataCloneError']);
    expect(await client.query('geoip.status')).toMatchObject({ problems: [] });
  });
});

/** A port without another side: what is received is scripted, what is sent is kept. */
function scriptedPort(): Port & { receive(message: unknown): void; readonly sent: unknown[] } {
  const listeners: ((event: { data: unknown }) => void)[] = [];
  const sent: unknown[] = [];
  const port = portOfEmitter({
    postMessage: (message) => void sent.push(message),
    on: (type: string, listener: (event: { data: unknown }) => void) =>
      type === 'message' && listeners.push(listener),
    start: () => undefined,
    close: () => undefined,
  });
  return { ...port, sent, receive: (data) => listeners.forEach((listener) => listener({ data })) };
}

function serve(port: Port, changes: Engine['system']['changes']) {
  const server = servePort({
    router: appRouter,
    context: { engine: fakeEngine({ system: { changes } }) },
    port,
  });
  closing.push(() => server.close());
  return server;
}

function windowMessage(fields: { data: unknown; source: unknown; ports: readonly unknown[] }): Event {
  return Object.assign(new Event('message'), fields);
}

async function problem(work: Promise<unknown>) {
  return work.then(
    (value) => expect.fail(`answered ${JSON.stringify(value)} and should have failed`),
    (error: unknown) => problemOf(error),
  );
}
