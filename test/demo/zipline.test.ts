import { afterEach, describe, expect, it } from 'vitest';
import { createApi } from '../../src/demo/api/create-api.ts';
import type { ZiplineGeneration } from '../../src/demo/api/zipline-errors.ts';
import type { ZiplineSession } from '../../src/demo/api/zipline.ts';
import { testClock } from '../support/clock.ts';
import { asking } from './asking.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((api) => api.close()));
});

const row = (id: string, userId: string): ZiplineSession => ({
  id,
  userId,
  createdAtMs: Date.parse('2024-03-15T10:30:00.000Z'),
  ua: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/122.0.0.0',
  client: 'Chrome',
  device: 'Desktop',
});

async function start(generation: ZiplineGeneration) {
  const sessions = [row('mine', 'ann'), row('phone', 'ann'), row('tv', 'ann'), row('his', 'bob')];
  const users = [
    { id: 'ann', token: 'ann-token' },
    { id: 'bob', token: 'bob-token' },
  ];
  const api = await createApi('zipline', { clock: testClock(), sessions, users, generation });
  open.push(api);
  const plain = asking(api.url);
  const ask = (method: string, headers: Record<string, string>, json?: unknown) =>
    plain(method, '/api/user/sessions', json === undefined ? { headers } : { headers, json });
  const both = { authorization: 'ann-token', cookie: api.cookieOf('mine') };
  return { api, ask, both, cookie: { cookie: api.cookieOf('mine') }, token: { authorization: 'ann-token' } };
}
const ids = (sessions: readonly ZiplineSession[]) => sessions.map(({ id }) => id).join(' ');

describe.each(['B', 'C'] as const)('the Zipline simulator, generation %s', (generation) => {
  it("answers the documentation's shape", async () => {
    const { ask, both } = await start(generation);
    expect((await ask('GET', both)).json).toEqual({
      current: {
        id: 'mine',
        userId: 'ann',
        createdAt: '2024-03-15T10:30:00.000Z',
        ua: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/122.0.0.0',
        client: 'Chrome',
        device: 'Desktop',
      },
      other: [expect.objectContaining({ id: 'phone' }), expect.objectContaining({ id: 'tv' })],
    });
  });

  it('proves a deletion by the list it answers with', async () => {
    const { ask, both } = await start(generation);
    const after = await ask('DELETE', both, { sessionId: 'phone' });
    expect(after.at('other')).toEqual([expect.objectContaining({ id: 'tv' })]);
  });

  it('refuses the own session, unknown ones and those of others', async () => {
    const { ask, both, token } = await start(generation);
    const own = await ask('DELETE', both, { sessionId: 'mine' });
    const unknown = await ask('DELETE', both, { sessionId: 'his' });
    expect([own.status, unknown.status]).toEqual([400, 400]);
    expect(own.text).toContain('Cannot delete current session, use log out instead.');
    expect(unknown.text).toContain('Session not found in logged in sessions');
    expect((await ask('DELETE', both, {})).text).toBe(unknown.text);
    expect((await ask('DELETE', token, {})).text).toBe(own.text);
  });

  it('lets "all" win over a session id, and spares the current session only when it knows one', async () => {
    const first = await start(generation);
    const spared = await first.ask('DELETE', first.both, { all: true, sessionId: 'phone' });
    expect(spared.at('other')).toEqual([]);
    expect(ids(first.api.sessions)).toBe('mine his');
    const second = await start(generation);
    const ended = await second.ask('DELETE', second.token, { all: true });
    expect(ended.status).toBe(200);
    expect(ids(second.api.sessions)).toBe('his');
  });

  it('does not protect the own session from a token alone', async () => {
    const { api, ask, token } = await start(generation);
    expect((await ask('DELETE', token, { sessionId: 'mine' })).status).toBe(200);
    expect(ids(api.sessions)).toBe('phone tv his');
  });

  it('takes no "Bearer" and no stranger', async () => {
    const { ask } = await start(generation);
    expect((await ask('GET', { authorization: 'Bearer ann-token' })).status).toBe(401);
    expect((await ask('GET', {})).status).toBe(401);
    expect((await ask('GET', { cookie: 'zipline_token=sealed.bWluZQ' })).status).toBe(401);
  });
});

describe('the generations of Zipline', () => {
  it('differ in what a token alone, or the cookie of another user, gets', async () => {
    const b = await start('B');
    expect((await b.ask('GET', b.token)).json).toEqual({
      statusCode: 401,
      error: 'Unauthorized',
      message: 'invalid login session',
    });
    const c = await start('C');
    expect((await c.ask('GET', c.token)).at('current')).toBeNull();
    const mixed = await c.ask('GET', { ...c.token, cookie: c.api.cookieOf('his') });
    expect(mixed.at('current')).toBeNull();
    expect(mixed.at('other')).toHaveLength(3);
  });

  it('differ in their error bodies', async () => {
    const b = await start('B');
    expect((await b.ask('DELETE', b.both, { sessionId: 'x' })).json).toEqual({
      statusCode: 400,
      error: 'Bad Request',
      message: 'Session not found in logged in sessions',
    });
    const c = await start('C');
    expect((await c.ask('DELETE', c.both, { sessionId: 'mine' })).json).toEqual({
      error: 'E1021: Cannot delete current session, use log out instead.',
      code: 1021,
      statusCode: 400,
    });
  });

  it('have no pages that could move', async () => {
    const { api } = await start('C');
    expect(() => api.faults.inject('moved')).toThrow('lists everything in one answer');
  });
});
