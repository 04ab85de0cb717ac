import { execFile } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { appSession, startAppApi } from '../support/app-session.ts';
import { eagerClock } from '../support/clock.ts';
import { poll, startEngine } from '../support/engine.ts';
import { sendJson, startLoopback } from '../support/loopback-server.ts';
import { startSixApis } from '../support/six-apis.ts';
import { engineOn } from '../support/tethered-engine.ts';

const DAY_MS = 86_400_000;

describe('trap 18: a cookie', () => {
  it('that rotates is followed through the days, with the Origin that every POST needs', async () => {
    const clock = eagerClock();
    const sessions = [appSession('one', { expiresAtMs: Date.now() + 30 * DAY_MS })];
    const far = await startAppApi({ clock, sessions, rotatesToken: true, freshAgeMs: 0 });
    const source = {
      ...far.source,
      kind: 'better-auth',
      mode: 'admin',
      auth: { cookie: { env: 'APP_COOKIE' } },
    } as const;
    const near = await engineOn({ ...far, source }, { clock });
    const tokens = new Set<string | undefined>();
    for (let day = 0; day < 4; day += 1) {
      expect((await poll(near)).get('app')).toMatchObject({ ok: true, sessions: 2, ended: 0 });
      tokens.add(far.api.sessions.find(({ id }) => id === 'own')?.token);
      clock.skip(2 * DAY_MS);
    }
    expect(tokens.size).toBeGreaterThan(2);
    expect((await near.call.sessions.list({ query: 'current:true' })).total).toBe(1);
  });

  it.each(['better-auth', 'xyrapanel'] as const)('of %s keeps its __Secure- name', async (kind) => {
    const api = await startLoopback((_, response) => sendJson(response, 401, {}));
    const cookie = '__Secure-better-auth.session_token=planted.sig%3D';
    const auth = { cookie: { env: 'C' } };
    const source =
      kind === 'xyrapanel'
        ? ({ id: 'far', kind, url: api.url, auth } as const)
        : ({ id: 'far', kind, mode: 'user', url: api.url, auth } as const);
    const near = await engineOn({ api, source, env: new Map([['C', `${cookie}; a.session_data=cache`]]) });
    expect((await poll(near)).get('far')?.error?.code).toBe('unauthorized');
    expect(api.received.map(({ headers }) => headers.cookie)).toEqual([cookie]);
  });
});

describe('trap 20: the address of a source', () => {
  it.each([
    ['http://chat.example.org', /https/],
    ['http://127.0.0.1.example.org', /https/],
    ['http://192.168.0.10:3000', /https/],
    ['http://0.0.0.0:3000', /https/],
    ['https://ann:secret@chat.example.org', /user name or password/],
    ['https://chat.example.org/?token=secret', /no \? or #/],
    ['ftp://chat.example.org', /http\(s\)/],
    ['chat.example.org', /http\(s\)/],
  ])('is refused when it is %s', async (url, sentence) => {
    const near = await startEngine();
    onTestFinished(() => near.close());
    const source = { id: 'old', kind: '7331-hapi', url, auth: { cookie: { env: 'C' } } };
    const refused = near.engine.sources.import({ sources: [source] });
    await expect(refused).rejects.toMatchObject({ code: 'invalid-input', field: 'sources.0.url' });
    await expect(refused).rejects.toThrow(sentence);
    await expect(refused).rejects.not.toThrow(/secret/);
    expect(await near.call.sources.list()).toEqual([]);
  });

  it('is where requests go, whatever proxy the environment names', async () => {
    const proxy = createServer((socket) => socket.destroy());
    await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening));
    const far = await startLoopback((_, response) => sendJson(response, 200, {}, { connection: 'close' }));
    onTestFinished(() => far.close());
    onTestFinished(() => void proxy.close());
    const proxyUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const folder = resolve('src/engine');
    const script = `
      import { createHttpClient } from '${folder}/source/http-client.ts';
      import { rateDialect } from '${folder}/source/rate-dialect.ts';
      import { systemClock } from '${folder}/system-clock.ts';
      const client = createHttpClient({ baseUrl: '${far.url}', dialect: rateDialect(), rate: [] }, { clock: systemClock });
      const request = { method: 'GET', path: '/', purpose: 'poll', label: 'x', signal: new AbortController().signal };
      const ours = (await client.request(request)).status;
      await client.close();
      const others = await fetch('${far.url}/').then(({ status }) => status, () => 'diverted');
      console.log(JSON.stringify([ours, others]));`;
    const named = { HTTP_PROXY: proxyUrl, HTTPS_PROXY: proxyUrl, ALL_PROXY: proxyUrl, NO_PROXY: '' };
    const env = { ...named, http_proxy: proxyUrl, https_proxy: proxyUrl, NODE_USE_ENV_PROXY: '1' };
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--no-warnings', '--input-type=module', '--eval', script],
      { env, timeout: 20_000 },
    );
    // The plain fetch of the same process shows that the environment would divert.
    expect(JSON.parse(stdout)).toEqual([200, 'diverted']);
    expect(far.received).toHaveLength(1);
  });

  it('that never answers is a `timeout` at every kind, and leaves the sessions as they were', async () => {
    const far = await startSixApis();
    onTestFinished(() => far.close());
    const near = await startEngine({
      env: far.env,
      sources: far.sources,
      clock: eagerClock(),
      answerTimeoutMs: 700,
    });
    onTestFinished(() => near.close());
    await poll(near);
    const before = (await near.call.sessions.list({ query: 'state:active,unknown' })).total;
    expect(before).toBeGreaterThan(9);
    for (const api of Object.values(far.apis)) api.faults.inject('hang');
    for (const report of (await poll(near)).values()) {
      expect(report).toMatchObject({ ok: false, complete: false, ended: 0, error: { code: 'timeout' } });
    }
    expect((await near.call.sessions.list({ query: 'state:active,unknown' })).total).toBe(before);
    const health = (await near.call.sources.list()).map((source) => source.health);
    expect(new Set(health)).toEqual(new Set(['failing']));
  });
});
