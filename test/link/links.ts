import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { createTRPCClient, getUntypedClient } from '@trpc/client';
import { WebSocket } from 'ws';
import type { Engine } from '../../src/engine/api.ts';
import { appRouter, type AppRouter } from '../../src/engine/router.ts';
import { inProcessCaller } from '../../src/link/in-process.ts';
import { portClient } from '../../src/link/port-client.ts';
import { servePort } from '../../src/link/port-server.ts';
import { portOfEventTarget } from '../../src/link/port.ts';
import { webLink } from '../../src/link/web-client.ts';
import { startWebHost } from '../../src/web/server.ts';

/** A link under test: the same calls by path, whatever carries them. */
export type TestLink = {
  call(type: 'query' | 'mutation', path: string, input?: unknown): Promise<unknown>;
  feed(path: string, input?: unknown, signal?: AbortSignal): AsyncIterable<unknown>;
  /** What a page closing or a process ending does. */
  close(): void;
  /** Puts everything away after a test. */
  dispose(): Promise<void>;
};

export type LinkOpener = (engine: Engine, options?: { maxOpenCalls?: number }) => Promise<TestLink>;

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

export const openInProcess: LinkOpener = async (engine) => {
  const closing = new AbortController();
  const callAt = (path: string, input: unknown, signal: AbortSignal) => {
    const caller = inProcessCaller({ router: appRouter, context: { engine }, signal });
    const call = path.split('.').reduce<object>((node, name) => Reflect.get(node, name) as object, caller);
    return (call as (input: unknown) => Promise<unknown>)(input);
  };
  return {
    call: (_type, path, input) => callAt(path, input, closing.signal),
    async *feed(path, input, signal = closing.signal) {
      const either = AbortSignal.any([signal, closing.signal]);
      try {
        yield* (await callAt(path, input, either)) as AsyncIterable<unknown>;
      } catch (error) {
        // This caller has one signal for everything; the clients have one for each feed, which ends it quietly.
        if (closing.signal.aborted || !signal.aborted) throw error;
      }
    },
    close: () => closing.abort(),
    dispose: async () => closing.abort(),
  };
};

export const openPort: LinkOpener = async (engine, options = {}) => {
  const { port1, port2 } = new MessageChannel();
  const server = servePort({
    router: appRouter,
    context: { engine },
    port: portOfEventTarget(port1),
    ...options,
  });
  const ports = portClient(() => undefined);
  ports.use(portOfEventTarget(port2));
  const client = getUntypedClient(createTRPCClient<AppRouter>({ links: [ports.link] }));
  return {
    call: (type, path, input) => client[type](path, input),
    feed: (path, input, signal) => client.subscription(path, input, { signal }),
    close: () => ports.close(),
    dispose: async () => {
      ports.close();
      server.close();
    },
  };
};

export const openWeb: LinkOpener = async (engine) => {
  const rendererDir = await mkdtemp(join(tmpdir(), 'sessionscope-page-'));
  await writeFile(join(rendererDir, 'index.html'), '<!doctype html><title>page</title>');
  const host = await startWebHost({ engine, rendererDir, version: '0.0.0', log });
  const { link, client } = await openBrowserLink(host.url, host.origin);
  return {
    call: (type, path, input) => client[type](path, input),
    feed: (path, input, signal) => client.subscription(path, input, { signal }),
    close: () => link.close(),
    dispose: async () => {
      link.close();
      await host.close();
      await rm(rendererDir, { recursive: true });
    },
  };
};

/** Trades the one-time token as a page does, unless it did before, and connects with the cookie as a browser would. */
export async function openBrowserLink(url: string, origin: string, knownCookie?: string) {
  const cookie = knownCookie ?? (await enter(url, origin));
  class BrowserSocket extends WebSocket {
    constructor(address: string) {
      super(address, { headers: { origin, cookie } });
    }
  }
  const link = webLink({
    url: `${origin.replace('http', 'ws')}/trpc`,
    isAdmitted: async () => true,
    // The two differ in events that tRPC's client does not use.
    WebSocket: BrowserSocket as unknown as typeof globalThis.WebSocket,
    retryDelayMs: () => 10,
  });
  return { link, client: getUntypedClient(link.client) };
}

/** The cookie that the one-time address buys. */
export async function enter(url: string, origin: string): Promise<string> {
  const answer = await fetch(`${origin}/session`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ token: new URL(url).hash.replace('#token=', '') }),
  });
  return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
}
