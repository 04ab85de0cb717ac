import { mkdtemp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Engine } from '../../src/engine/api.ts';
import { EngineError } from '../../src/engine/errors.ts';
import { startWebHost, type WebHost } from '../../src/web/server.ts';
import { problemOf } from '../../src/link/problem.ts';
import { enter, openBrowserLink } from '../link/links.ts';
import { fakeEngine } from '../support/fake-engine.ts';

let folder = '';
let rendererDir = '';
let logged: unknown[] = [];
const closing: (() => Promise<void> | void)[] = [];

const log = {
  info: () => undefined,
  warn: () => undefined,
  error: (message: string, values?: Record<string, unknown>) => void logged.push({ message, values }),
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sessionscope-web-'));
  rendererDir = join(folder, 'renderer');
  await mkdir(join(rendererDir, 'assets'), { recursive: true });
  await writeFile(
    join(rendererDir, 'index.html'),
    '<meta property="csp-nonce" nonce="SESSIONSCOPE_NONCE"><style nonce="SESSIONSCOPE_NONCE"></style>',
  );
  await writeFile(join(rendererDir, 'assets/app.js'), 'export {};');
  await writeFile(join(folder, 'outside.txt'), 'not for you');
  logged = [];
});

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  await rm(folder, { recursive: true });
});

async function start(engine: Engine = fakeEngine(), options: { port?: number; now?: () => number } = {}) {
  const host = await startWebHost({ engine, rendererDir, version: '1.2.3', log, ...options });
  closing.push(() => host.close());
  return host;
}

/** A request exactly as given: fetch would not send a foreign Host or an unnormalised path. */
function ask(host: WebHost, path: string, headers: Record<string, string> = {}, method = 'GET', body = '') {
  const { hostname, port } = new URL(host.origin);
  return new Promise<{ status: number; headers: Record<string, unknown>; text: string }>(
    (resolve, reject) => {
      const request = httpRequest({ hostname, port, path, method, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
      });
      request.on('error', reject);
      request.end(body);
    },
  );
}

/** The status with which an upgrade is answered; 101 when it is granted. */
function upgrade(host: WebHost, path: string, headers: Record<string, string>) {
  return new Promise<number>((resolve, reject) => {
    const socket = new WebSocket(host.origin.replace('http', 'ws') + path, { headers });
    socket.on('open', () => {
      socket.terminate();
      resolve(101);
    });
    socket.on('unexpected-response', (_request, response) => {
      response.destroy();
      resolve(response.statusCode ?? 0);
    });
    socket.on('error', reject);
  });
}

describe('the page of the web host', () => {
  it('comes with a policy and a nonce that is new each time, and is never stored', async () => {
    const host = await start();
    const answers = [await ask(host, '/'), await ask(host, '/index.html?a=b')];
    const nonces = answers.map(({ headers, text }) => {
      const policy = String(headers['content-security-policy']);
      const nonce = /style-src 'self' 'nonce-([\w+/]{22}==)'/.exec(policy)?.[1] ?? 'none';
      expect(text).toBe(`<meta property="csp-nonce" nonce="${nonce}"><style nonce="${nonce}"></style>`);
      expect(policy).toContain(`default-src 'none'; script-src 'self';`);
      expect(policy).not.toMatch(/unsafe/);
      expect(headers['cache-control']).toBe('no-store');
      return nonce;
    });
    expect(new Set(nonces).size).toBe(2);
  });

  it('sends the headers that keep other pages out, with everything, and never CORS', async () => {
    const host = await start();
    for (const path of ['/', '/assets/app.js', '/assets/none.js', '/session', '/download/x']) {
      const { headers } = await ask(host, path);
      expect(headers, path).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(headers['content-security-policy'], path).toContain(`default-src 'none'`);
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  it('serves its files and nothing outside of its folder', async () => {
    const host = await start();
    expect(await ask(host, '/assets/app.js')).toMatchObject({ status: 200, text: 'export {};' });
    await symlink(join(folder, 'outside.txt'), join(rendererDir, '.hidden.txt'));
    for (const path of [
      '/../outside.txt',
      '/assets/../../outside.txt',
      '/%2e%2e/outside.txt',
      '/..%2foutside.txt',
      '/assets/..%5c..%5coutside.txt',
      '/%2e%2e%2foutside.txt%00.js',
      '/.hidden.txt',
    ]) {
      const { status, text } = await ask(host, path);
      expect(text, path).not.toContain('not for you');
      expect(status, path).toBeGreaterThanOrEqual(400);
    }
  });

  it('refuses a rebound host name before it says anything', async () => {
    const host = await start();
    expect(await ask(host, '/', { host: 'evil.example' })).toMatchObject({ status: 421 });
  });
});

describe('the door of the web host', () => {
  it('trades the token of the printed address once for a cookie, and the cookie opens the rest', async () => {
    const host = await start();
    expect(new URL(host.url).search).toBe('');
    expect(await ask(host, '/session')).toMatchObject({ status: 401 });
    const cookie = await enter(host.url, host.origin);
    expect(await ask(host, '/session', { cookie })).toMatchObject({
      status: 200,
      text: JSON.stringify({ version: '1.2.3', protocolRevision: 1 }),
    });
    expect(await enter(host.url, host.origin)).toBe('');
  });

  it.each([
    ['a foreign Origin', { origin: 'https://evil.example', 'content-type': 'application/json' }, 403],
    ['no Origin', { 'content-type': 'application/json' }, 403],
  ])('does not trade with %s', async (_what, headers, status) => {
    const host = await start();
    const body = JSON.stringify({ token: new URL(host.url).hash.slice('#token='.length) });
    expect(await ask(host, '/session', headers, 'POST', body)).toMatchObject({ status });
    expect(await enter(host.url, host.origin)).not.toBe('');
  });

  it('answers nonsense with a sentence and logs nothing of it', async () => {
    const host = await start();
    const headers = { origin: host.origin, 'content-type': 'application/json' };
    expect(await ask(host, '/session', headers, 'POST', '{')).toMatchObject({ status: 400 });
    expect(await ask(host, '/session', headers, 'POST', '{"token":7}')).toMatchObject({ status: 401 });
    expect(await ask(host, '/session', headers, 'POST', `{"token":"${'x'.repeat(5000)}"}`)).toMatchObject({
      status: 413,
    });
    expect(logged).toEqual([]);
  });

  it('lets a socket through only with own Host, own Origin and the cookie', async () => {
    const host = await start();
    const { origin } = host;
    const cookie = await enter(host.url, origin);
    expect(await upgrade(host, '/trpc', { origin, cookie })).toBe(101);
    expect(await upgrade(host, '/trpc', { origin })).toBe(401);
    expect(await upgrade(host, '/trpc', { cookie })).toBe(403);
    expect(await upgrade(host, '/trpc', { origin: 'https://evil.example', cookie })).toBe(403);
    expect(await upgrade(host, '/trpc', { origin, cookie, host: 'evil.example' })).toBe(421);
    expect(await upgrade(host, '/', { origin, cookie })).toBe(404);
  });

  it('also answers on ::1 where this machine has it, and on no other address', async () => {
    const host = await start();
    const port = Number(new URL(host.origin).port);
    expect(await isOpen('127.0.0.1', port)).toBe(true);
    expect(await isOpen('127.0.0.2', port)).toBe(false);
  });
});

describe('reports in the browser', () => {
  it('are downloaded from an address that works once, with the cookie only', async () => {
    const path = join(folder, 'sessions ü.csv');
    await writeFile(path, 'user\r\n');
    let nowMs = 0;
    const host = await start(reportingEngine(path), { now: () => nowMs });
    const cookie = await enter(host.url, host.origin);
    const create = async () => {
      const { link, client } = await openBrowserLink(host.url, host.origin, cookie);
      let last: unknown = null;
      for await (const step of client.subscription('reports.create', { format: 'csv' }, {})) last = step;
      link.close();
      return (last as { result: { path: string; metaPath: string } }).result;
    };
    const first = await create();
    expect(first.path).toMatch(/^\/download\/[\w-]{43}$/);
    expect(JSON.stringify(first)).not.toContain(folder);
    expect(await ask(host, first.path)).toMatchObject({ status: 401 });
    expect(await ask(host, first.path, { cookie })).toMatchObject({
      status: 200,
      text: 'user\r\n',
      headers: { 'content-disposition': `attachment; filename*=UTF-8''sessions%20%C3%BC.csv` },
    });
    expect(await ask(host, first.path, { cookie })).toMatchObject({ status: 404 });

    const second = await create();
    nowMs = 11 * 60_000;
    expect(await ask(host, second.path, { cookie })).toMatchObject({ status: 404 });
  });

  it('never go to a path that the page names', async () => {
    const host = await start(reportingEngine('/nowhere'));
    const { link, client } = await openBrowserLink(host.url, host.origin);
    closing.push(() => link.close());
    const feed = client.subscription('reports.create', { format: 'csv', path: '/etc/x' }, {});
    const refusal = await feed.next().catch((error: unknown) => problemOf(error));
    expect(refusal).toMatchObject({ code: 'refused', field: 'path' });
  });
});

describe('starting and ending', () => {
  it('says when the port is taken, the page is not built, or the port needs more rights', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    closing.push(() => void other.close());
    const { port } = other.address() as { port: number };
    await expect(start(fakeEngine(), { port })).rejects.toMatchObject({
      code: 'conflict',
      message: `Port ${port} is taken by another program. Choose another one, or leave the port out for a free one.`,
    });
    rendererDir = join(folder, 'nothing');
    await expect(start()).rejects.toThrow(/has not been built.*npm run build/);
    await expect(start()).rejects.toBeInstanceOf(EngineError);
  });

  it('ends at once with open sockets, half-open connections and a refused upgrade behind it', async () => {
    const host = await start();
    const { link } = await openBrowserLink(host.url, host.origin);
    await upgrade(host, '/trpc', { origin: 'https://evil.example' });
    const dangling = connect(Number(new URL(host.origin).port), '127.0.0.1');
    await new Promise((resolve) => dangling.once('connect', resolve));
    dangling.on('error', () => undefined);
    const from = performance.now();
    await host.close();
    expect(performance.now() - from).toBeLessThan(2_500);
    dangling.destroy();
    link.close();
    await expect(fetch(host.origin)).rejects.toThrow();
  });

  it('logs a bug with its stack and tells the page nothing of it', async () => {
    const host = await start(
      fakeEngine({ sessions: { get: async () => Promise.reject(new TypeError('inside')) } }),
    );
    const { link, client } = await openBrowserLink(host.url, host.origin);
    closing.push(() => link.close());
    await expect(client.query('sessions.get', { key: 'k' })).rejects.toThrow(
      /^Something went wrong inside Sessionscope/,
    );
    expect(JSON.stringify(logged)).toMatch(/TypeError: inside.*sessions.get|sessions.get.*TypeError: inside/);
  });

  it('refuses a call when too many are open on one socket, and serves again when they end', async () => {
    const waiting: (() => void)[] = [];
    const host = await start(
      fakeEngine({
        audit: {
          verify: () =>
            new Promise((resolve) => {
              waiting.push(() => resolve({ ok: true, entries: 0, brokenAt: null, message: '' }));
            }),
        },
      }),
    );
    const { link, client } = await openBrowserLink(host.url, host.origin);
    closing.push(() => link.close());
    const open = Array.from({ length: 200 }, () => client.query('audit.verify'));
    const refused = await client.query('system.info').then(
      () => null,
      (error: unknown) => problemOf(error),
    );
    expect(refused).toMatchObject({ code: 'refused', retryAfterMs: 1000 });
    for (const answer of waiting) answer();
    await Promise.all(open);
    await expect(client.query('system.info')).resolves.toMatchObject({ version: '0.1.0' });
  });
});

function reportingEngine(path: string): Engine {
  return fakeEngine({
    reports: {
      create: async function* () {
        yield { kind: 'progress', rows: 0, total: 1 };
        yield { kind: 'done', result: { path, metaPath: `${path}.meta.json`, rows: 1, bytes: 6 } };
      },
    },
  });
}

function isOpen(hostname: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, hostname);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
