import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startWebHost } from '../../src/web/server.ts';
import { enter } from '../link/links.ts';
import { fakeEngine } from '../support/fake-engine.ts';

it('carries out an order whose page goes away in the same moment', async () => {
  const rendererDir = await mkdtemp(join(tmpdir(), 'sessionscope-orders-'));
  await writeFile(join(rendererDir, 'index.html'), '<p>');
  const { promise: ordered, resolve: order } = Promise.withResolvers<readonly string[] | null>();
  const pollNow = async (ids: readonly string[] | null) => {
    order(ids);
    return ids ?? [];
  };
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const engine = fakeEngine({ sources: { pollNow } });
  const host = await startWebHost({ engine, rendererDir, version: '1.2.3', log });
  try {
    const cookie = await enter(host.url, host.origin);
    const headers = { cookie, origin: host.origin };
    const socket = new WebSocket(`${host.origin.replace('http', 'ws')}/trpc`, { headers });
    await new Promise((resolve) => socket.once('open', resolve));
    const params = { path: 'sources.pollNow', input: { ids: ['chat'] } };
    socket.send(JSON.stringify({ id: 1, method: 'mutation', params }));
    socket.close();
    expect(await ordered).toEqual(['chat']);
  } finally {
    await host.close();
    await rm(rendererDir, { recursive: true });
  }
});
