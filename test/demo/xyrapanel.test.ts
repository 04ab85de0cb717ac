import { afterEach, describe, expect, it } from 'vitest';
import { createApi } from '../../src/demo/api/create-api.ts';
import type { XyrapanelSession } from '../../src/demo/api/xyrapanel-model.ts';
import type { XyrapanelOptions } from '../../src/demo/api/xyrapanel.ts';
import { DAY_MS, MINUTE_MS } from '../../src/demo/clock.ts';
import { testClock } from '../support/clock.ts';
import { asking } from './asking.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((api) => api.close()));
});

const path = '/api/account/sessions';
const pixel =
  'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/131.0.0.0 Mobile Safari/537.36';

async function start(options: Partial<XyrapanelOptions> = {}, count = 3) {
  const clock = testClock();
  const sessions = Array.from({ length: count }, (_, index): XyrapanelSession => ({
    token: `token/${index}`,
    createdAtMs: clock.now(),
    expiresAtMs: clock.now() + 14 * DAY_MS,
    ipAddress: index === 2 ? null : '198.51.100.5',
    userAgent: index === 2 ? null : pixel,
    seen: null,
  }));
  const api = await createApi('xyrapanel', { clock, sessions, callsPerWindow: null, ...options });
  open.push(api);
  const ask = asking(api.url);
  const cookie = { cookie: api.cookieOf('token/0'), 'user-agent': 'Sessionscope' };
  const rows = async (query = '', headers: Record<string, string> = cookie) => {
    const answer = await ask('GET', path + query, { headers });
    const data = answer.at('data');
    if (!Array.isArray(data)) throw new Error(answer.text);
    return { answer, data: data as Record<string, unknown>[] };
  };
  const row = async (token: string) => (await rows()).data.find((one) => one.token === token);
  return { api, ask, clock, cookie, rows, row };
}

describe('the XyraPanel simulator', () => {
  it("answers the documentation's shape", async () => {
    const { rows, row } = await start();
    const { answer } = await rows();
    expect(answer.json).toMatchObject({
      currentToken: 'token/0',
      pagination: { page: 1, perPage: 50, total: 3, totalPages: 1 },
    });
    expect(Object.keys((await row('token/0')) ?? {})).toEqual(
      'token issuedAt expiresAt expiresAtTimestamp isCurrent ipAddress userAgent browser os device lastSeenAt firstSeenAt fingerprint'.split(
        ' ',
      ),
    );
  });

  it('invents issuedAt 16 days before the login, and moves it with the expiry', async () => {
    const { api, row } = await start();
    expect((await row('token/1'))?.issuedAt).toBe('2026-11-04T12:00:00.000Z');
    for (const session of api.sessions) session.expiresAtMs += DAY_MS;
    expect((await row('token/1'))?.issuedAt).toBe('2026-11-05T12:00:00.000Z');
    api.lies.inventedIssuedAt = false;
    expect((await row('token/1'))?.issuedAt).toBe('2026-11-20T12:00:00.000Z');
  });

  it('tells times and a fingerprint of no row but the own, which the very GET rewrites', async () => {
    const { api, row } = await start();
    expect(await row('token/1')).toMatchObject({ lastSeenAt: null, firstSeenAt: null, fingerprint: null });
    expect(await row('token/0')).toMatchObject({
      isCurrent: true,
      ipAddress: '127.0.0.1',
      userAgent: 'Sessionscope',
      firstSeenAt: '2026-11-20T12:00:00.000Z',
      fingerprint: expect.stringMatching(/^[0-9a-f]{40}$/) as unknown,
    });
    expect(api.auditMs).toHaveLength(2);
  });

  it('takes Android for Linux and writes "Unknown" for what is missing', async () => {
    const { row } = await start();
    expect(await row('token/1')).toMatchObject({ os: 'Linux', device: 'Mobile', browser: 'Chrome' });
    expect(await row('token/2')).toMatchObject({ ipAddress: 'Unknown', userAgent: 'Unknown', os: 'Unknown' });
  });

  it('orders each answer anew, until that lie is switched off', async () => {
    const { api, rows } = await start({}, 8);
    const order = async () => (await rows()).data.map((one) => one.token).join();
    expect(new Set([await order(), await order(), await order()]).size).toBeGreaterThan(1);
    api.lies.unstableOrder = false;
    expect(new Set([await order(), await order(), await order()]).size).toBe(1);
  });

  it('answers 200 and nothing past the end, and 400 for limits it does not take', async () => {
    const { ask, cookie, rows } = await start();
    expect((await rows('?page=9')).data).toEqual([]);
    const refused = await ask('GET', `${path}?limit=101`, { headers: cookie });
    expect(refused).toMatchObject({
      status: 400,
      json: {
        error: true,
        url: `${path}?limit=101`,
        statusMessage: 'Validation Error',
        data: { data: { errors: [{ field: 'limit', message: 'Too big: expected number to be <=100' }] } },
      },
    });
    expect((await ask('GET', `${path}?page=0`, { headers: cookie })).status).toBe(400);
  });

  it('ends a real session, says the same of an unknown one, and never that it was the own', async () => {
    const { api, ask, cookie } = await start();
    const end = async (token: string) =>
      (await ask('DELETE', `${path}/${encodeURIComponent(token)}`, { headers: cookie })).json;
    const success = { data: { revoked: true, currentSessionRevoked: false } };
    expect(await end('token/1')).toEqual(success);
    expect(await end('token/1')).toEqual(success);
    expect(api.sessions.map(({ token }) => token)).toEqual(['token/0', 'token/2']);
    expect(await end('token/0')).toEqual(success);
    expect((await ask('GET', path, { headers: cookie })).status).toBe(401);
    expect(JSON.stringify(api.requests)).not.toContain('token%2F1');
  });

  it('claims to have deleted all and deletes nothing', async () => {
    const { api, ask, cookie } = await start();
    const all = (query: string) => ask('DELETE', path + query, { headers: cookie });
    expect((await all('?includeCurrent=false')).json).toEqual({
      data: { revoked: 1, currentSessionRevoked: false },
    });
    expect((await all('?includeCurrent=true')).json).toEqual({
      data: { revoked: 1, currentSessionRevoked: true },
    });
    expect(api.sessions).toHaveLength(3);
    api.lies.deleteAllDeletesNothing = false;
    await all('?includeCurrent=false');
    expect(api.sessions.map(({ token }) => token)).toEqual(['token/0']);
  });

  it('lets a revoked session in for 5 minutes through its cookie cache, and not through the token', async () => {
    const { ask, clock, cookie } = await start();
    const first = await ask('GET', path, { headers: cookie });
    const cache = (first.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    await ask('DELETE', `${path}/token%2F0`, { headers: cookie });
    const cached = { cookie: `${cookie.cookie}; ${cache}` };
    expect((await ask('GET', path, { headers: cookie })).status).toBe(401);
    expect((await ask('GET', path, { headers: cached })).status).toBe(200);
    await clock.advance(5 * MINUTE_MS);
    expect((await ask('GET', path, { headers: cached })).status).toBe(401);
  });

  it('marks no row as current for an API key, and answers 401 once the key is used up', async () => {
    const { ask, clock, rows } = await start({ apiKeys: [{ key: 'key' }] });
    const headers = { authorization: 'Bearer key' };
    const listed = await rows('', headers);
    expect(listed.answer.at('currentToken')).toBeNull();
    expect(listed.data.some((one) => one.isCurrent)).toBe(false);
    for (const token of ['a', 'b']) {
      expect((await ask('DELETE', `${path}/${token}`, { headers: { 'x-api-key': 'key' } })).status).toBe(200);
    }
    const used = await ask('GET', path, { headers });
    expect(used).toMatchObject({ status: 401, json: { message: 'Server Error', statusCode: 401 } });
    await clock.advance(DAY_MS);
    expect((await ask('GET', path, { headers })).status).toBe(200);
  });

  it('refuses strangers, wrong keys and session tokens sent as keys, each in its own way', async () => {
    const { ask } = await start();
    const get = (headers: Record<string, string>) => ask('GET', path, { headers });
    expect(await get({})).toMatchObject({ status: 401, json: { message: 'Authentication required.' } });
    expect(await get({ 'x-api-key': 'wrong' })).toMatchObject({
      status: 403,
      json: { message: 'Server Error' },
    });
    expect(await get({ authorization: 'Bearer token/1' })).toMatchObject({
      status: 401,
      json: { message: 'Server Error' },
    });
  });

  it('refuses the 17th call in 5 minutes, and tells no budget on the first', async () => {
    const { ask, clock, cookie } = await start({ callsPerWindow: 15 });
    const count = () => ask('GET', `${path}/count`, { headers: cookie });
    expect((await count()).headers.get('x-ratelimit-limit')).toBeNull();
    const second = await count();
    expect(second.json).toEqual({ count: 3 });
    expect(second.headers.get('x-ratelimit-limit')).toBe('15');
    expect(second.headers.get('x-ratelimit-reset')).toBe(String(clock.now() + 5 * MINUTE_MS));
    for (let call = 3; call <= 16; call += 1) expect((await count()).status).toBe(200);
    expect(await count()).toMatchObject({
      status: 429,
      json: { statusMessage: 'Too Many Requests', message: 'Too Many Requests' },
    });
  });
});
