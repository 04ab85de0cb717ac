import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRocketchatApi, type RocketchatApi } from '../../src/demo/api/rocketchat.ts';
import { testClock } from '../support/clock.ts';
import { asking, type Asking } from './asking.ts';

const clock = testClock();
const user = { id: 'u1', username: 'ann', name: 'Ann', email: 'ann@example.com', permissions: [] };
const headers = { 'x-user-id': 'u1', 'x-auth-token': 'live-token' };
let api: RocketchatApi;
let ask: Asking;

beforeEach(async () => {
  const tokens = [{ userId: 'u1', token: 'live-token', ignoresSecondFactor: false }];
  api = await createRocketchatApi({ clock, users: [user], tokens, sessions: [] });
  ask = asking(api.url);
});
afterEach(() => api.close());

const list = (signal?: AbortSignal) => ask('GET', '/api/v1/sessions/list', { headers, signal });

describe('faults of a simulated API', () => {
  it.each([
    ['unauthorized', 401],
    ['forbidden', 403],
    ['rate-limited', 429],
    ['server-error', 500],
  ] as const)('answers %s with status %d and then recovers', async (name, status) => {
    api.faults.inject(name, { times: 1 });
    expect((await list()).status).toBe(status);
    expect((await list()).status).toBe(200);
  });

  it('lets some requests through first, and hits only those it is meant for', async () => {
    api.faults.inject('server-error', { skip: 1, on: ({ path }) => path.endsWith('/list') });
    expect((await ask('GET', '/api/v1/me', { headers })).status).toBe(200);
    expect((await list()).status).toBe(200);
    expect((await list()).status).toBe(500);
    api.faults.clear();
    expect((await list()).status).toBe(200);
  });

  it('hangs until the API is closed', async () => {
    api.faults.inject('hang', { times: 1 });
    let outcome = 'hanging';
    const asked = list().then(
      () => (outcome = 'answered'),
      () => (outcome = 'cut'),
    );
    while (api.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect((await list()).status).toBe(200);
    expect(outcome).toBe('hanging');
    await api.close();
    expect(await asked).toBe('cut');
  });

  it('truncates JSON in a whole answer, and cuts the connection in a half one', async () => {
    api.faults.inject('truncated', { times: 1 });
    const truncated = await list();
    expect(truncated.status).toBe(200);
    expect(truncated.json).toBeUndefined();
    api.faults.inject('cut', { times: 1 });
    await expect(list()).rejects.toThrow();
  });

  it('answers a sign-in page with 200, and sends to another origin', async () => {
    api.faults.inject('html', { times: 1 });
    const page = await list();
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toContain('text/html');
    api.faults.inject('redirect', { times: 1, redirectTo: 'http://127.0.0.1:9/elsewhere' });
    const sent = await list();
    expect(sent.status).toBe(302);
    expect(sent.headers.get('location')).toBe('http://127.0.0.1:9/elsewhere');
  });

  it('logs method, path, status and the kinds of credentials, but no credential', async () => {
    await ask('POST', '/api/v1/sessions/logout.me', {
      headers,
      json: { sessionId: 'x', token: 'live-token' },
    });
    expect(api.requests[0]).toMatchObject({
      method: 'POST',
      path: '/api/v1/sessions/logout.me',
      body: { sessionId: 'x', token: '[secret]' },
      credentials: ['x-auth-token'],
      status: 400,
    });
    expect(JSON.stringify(api.requests)).not.toContain('live-token');
  });

  it("dates its answers by the far side's clock", async () => {
    expect((await list()).headers.get('date')).toBe('Fri, 20 Nov 2026 12:00:00 GMT');
  });
});
