import { afterEach, describe, expect, it } from 'vitest';
import { createRocketchatApi, type RocketchatOptions } from '../../src/demo/api/rocketchat.ts';
import type { RocketchatSession } from '../../src/demo/api/rocketchat-model.ts';
import { testClock } from '../support/clock.ts';
import { asking, type Asking } from './asking.ts';

const clock = testClock();
const admin = {
  id: 'u1',
  username: 'ann',
  name: 'Ann',
  email: 'ann@example.com',
  permissions: ['view-device-management', 'logout-device-management'] as const,
};
const bob = { id: 'u2', username: 'bob', name: 'Bob', email: 'bob@example.com', permissions: [] };
const tokens = [
  { userId: 'u1', token: 'admin-token', ignoresSecondFactor: false },
  { userId: 'u2', token: 'bob-token', ignoresSecondFactor: false },
];
const asAdmin = { 'x-user-id': 'u1', 'x-auth-token': 'admin-token', 'user-agent': 'test' };
const asBob = { 'x-user-id': 'u2', 'x-auth-token': 'bob-token', 'user-agent': 'test' };

function session(number: number, more: Partial<RocketchatSession> = {}): RocketchatSession {
  return {
    sessionId: `session-${number}`,
    loginToken: `login-${number}`,
    userId: number % 2 === 0 ? 'u1' : 'u2',
    device: {
      type: 'browser',
      name: number % 3 === 0 ? 'Chrome' : 'Firefox',
      longVersion: '113.0.0.0',
      version: '113.0.0',
      os: { name: 'Windows', version: '10' },
    },
    host: 'localhost:3000',
    ip: '172.20.0.2',
    loginAtMs: clock.now() - number * 60_000,
    lastActivityAtMs: clock.now(),
    closedAtMs: null,
    logoutAtMs: null,
    logoutBy: null,
    ...more,
  };
}

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((api) => api.close()));
});

async function start(options: Partial<RocketchatOptions> = {}) {
  const api = await createRocketchatApi({
    clock,
    users: [admin, bob],
    tokens,
    sessions: Array.from({ length: 5 }, (_, index) => session(index)),
    callsPerMinute: null,
    ...options,
  });
  open.push(api);
  return { api, ask: asking(api.url) };
}
const list = (ask: Asking, query = '', headers: Record<string, string> = asAdmin) =>
  ask('GET', `/api/v1/sessions/list.all${query}`, { headers });

describe('the Rocket.Chat simulator', () => {
  it("answers the documentation's shape, and _user only for administrators and users that exist", async () => {
    const { ask } = await start({ sessions: [session(1), session(2, { userId: 'gone' })] });
    const own = await ask('GET', '/api/v1/sessions/list', { headers: asBob });
    expect(own.json).toEqual({
      sessions: [
        {
          _id: 'session-1',
          sessionId: 'session-1',
          userId: 'u2',
          device: {
            type: 'browser',
            name: 'Firefox',
            longVersion: '113.0.0.0',
            os: { name: 'Windows', version: '10' },
            version: '113.0.0',
          },
          host: 'localhost:3000',
          ip: '172.20.0.2',
          loginAt: '2026-11-20T11:59:00.000Z',
        },
      ],
      total: 1,
      count: 50,
      offset: 0,
      success: true,
    });
    const all = await list(ask);
    expect(all.at('sessions', 0, '_user')).toEqual({ _id: 'u2', name: 'Bob', username: 'bob' });
    expect(all.at('sessions', 1)).not.toHaveProperty('_user');
  });

  it('echoes the asked count, caps it at 100 and takes 0 for the default', async () => {
    const { ask } = await start();
    expect((await list(ask, '?count=2')).json).toMatchObject({ total: 5, count: 2 });
    expect((await list(ask, '?count=200')).json).toMatchObject({ total: 5, count: 100 });
    expect((await list(ask, '?count=0&offset=4')).json).toMatchObject({ count: 50, offset: 4 });
  });

  it('sorts only inside the page, until that lie is switched off', async () => {
    const { api, ask } = await start();
    const firstPage = `?count=2&sort=${encodeURIComponent('{"loginAt":1}')}`;
    expect((await list(ask, firstPage)).at('sessions', 0, 'sessionId')).toBe('session-1');
    api.lies.pageLocalSort = false;
    expect((await list(ask, firstPage)).at('sessions', 0, 'sessionId')).toBe('session-4');
  });

  it('gives a reconnected device another session id and keeps its login token', async () => {
    const { api, ask } = await start({ sessions: [session(1)] });
    const renewed = api.reconnect('session-1');
    const listed = await list(ask);
    expect(listed.json).toMatchObject({ total: 1, sessions: [{ sessionId: renewed }] });
    expect(renewed).not.toBe('session-1');
    expect(api.sessions[0]?.loginToken).toBe('login-1');
  });

  it('logs out every socket of the login and knows the session no more', async () => {
    const { ask } = await start({
      sessions: [session(1), session(3, { loginToken: 'login-1' }), session(2)],
    });
    const out = () =>
      ask('POST', '/api/v1/sessions/logout', { headers: asAdmin, json: { sessionId: 'session-1' } });
    expect(await out()).toMatchObject({ status: 200, json: { sessionId: 'session-1', success: true } });
    expect((await list(ask)).json).toMatchObject({ total: 1, sessions: [{ sessionId: 'session-2' }] });
    expect(await out()).toMatchObject({
      status: 404,
      json: { success: false, error: 'Session not found' },
    });
  });

  it("does not let a user end or see another user's session", async () => {
    const { ask } = await start();
    const foreign = { headers: asBob, json: { sessionId: 'session-2' } };
    expect((await ask('POST', '/api/v1/sessions/logout.me', foreign)).status).toBe(404);
    expect((await ask('POST', '/api/v1/sessions/logout', foreign)).status).toBe(403);
    expect((await list(ask, '', asBob)).json).toMatchObject({
      error: 'User does not have the permissions required for this action [error-unauthorized]',
    });
  });

  it('gives the hash of the login token away in sessions/info, and takes an id for a pattern in info.admin', async () => {
    const { ask } = await start();
    const own = await ask('GET', '/api/v1/sessions/info?sessionId=session-1', { headers: asBob });
    expect(own.json).toMatchObject({ sessionId: 'session-1', success: true });
    expect(own.json).toHaveProperty('loginToken');
    const loose = await ask('GET', '/api/v1/sessions/info.admin?sessionId=session', { headers: asAdmin });
    expect(loose.json).toMatchObject({ sessionId: 'session-0' });
  });

  it('refuses unknown parameters, unreadable sorts and keys that are not sortable', async () => {
    const { ask } = await start();
    expect((await list(ask, '?query=x')).json).toEqual({
      success: false,
      error: 'must NOT have additional properties [invalid-params]',
      errorType: 'invalid-params',
    });
    expect((await list(ask, '?sort=loginAt')).json).toMatchObject({ errorType: 'error-invalid-sort' });
    expect((await list(ask, '?sort={"ip":1}')).json).toEqual({
      success: false,
      error: 'error-invalid-sort-keys',
    });
  });

  it('counts 10 calls a minute, route and address, and tells the reset in epoch milliseconds', async () => {
    const { ask } = await start({ callsPerMinute: 10 });
    const first = await list(ask);
    expect(first.headers.get('x-ratelimit-remaining')).toBe('9');
    expect(first.headers.get('x-ratelimit-reset')).toBe(String(clock.now() + 60_000));
    for (let call = 2; call <= 10; call += 1) expect((await list(ask)).status).toBe(200);
    const refused = await list(ask);
    expect(refused.status).toBe(429);
    expect(refused.at('error')).toBe(
      'Error, too many requests. Please slow down. You must wait 60 seconds before trying this endpoint again. [error-too-many-requests]',
    );
    expect((await ask('GET', '/api/v1/sessions/list', { headers: asAdmin })).status).toBe(200);
    await clock.advance(60_000);
    expect((await list(ask)).status).toBe(200);
  });

  it('asks administrators for a second factor once per token, User-Agent and address', async () => {
    const { ask } = await start({ secondFactorCode: '123456' });
    expect((await list(ask)).json).toMatchObject({
      errorType: 'totp-required',
      details: { method: 'totp', availableMethods: ['totp'] },
    });
    expect((await list(ask, '', { ...asAdmin, 'x-2fa-code': '000000' })).json).toMatchObject({
      errorType: 'totp-invalid',
    });
    expect((await list(ask, '', { ...asAdmin, 'x-2fa-code': '123456' })).status).toBe(200);
    expect((await list(ask)).status).toBe(200);
    expect((await list(ask, '', { ...asAdmin, 'user-agent': 'another' })).status).toBe(400);
  });

  it('checks the licence before the login, in the words of each release', async () => {
    const seven = await start({ licensed: false });
    expect(await list(seven.ask, '', {})).toMatchObject({
      status: 400,
      json: { errorType: 'error-action-not-allowed' },
    });
    const five = await start({ licensed: false, release: '5' });
    expect(await list(five.ask)).toMatchObject({
      status: 401,
      json: { success: false, error: 'unauthorized' },
    });
  });

  it('says 401 to strangers as the documentation shows it', async () => {
    const { ask } = await start({ release: '5' });
    expect(await list(ask, '', {})).toMatchObject({
      status: 401,
      json: { status: 'error', message: 'You must be logged in to do this.' },
    });
  });

  it('moves while it is read, and loses rows of a page, when told to', async () => {
    const { api, ask } = await start();
    api.faults.inject('moved', { times: 1 });
    expect((await list(ask, '?count=2')).json).toMatchObject({ total: 5 });
    expect((await list(ask, '?count=2&offset=2')).json).toMatchObject({
      total: 6,
      sessions: [{ sessionId: 'session-1' }, { sessionId: 'session-2' }],
    });
    api.faults.inject('partial', { times: 1 });
    const partial = await list(ask, '?count=4');
    expect(partial.at('sessions')).toHaveLength(2);
    expect(partial.json).toMatchObject({ total: 6 });
  });
});
