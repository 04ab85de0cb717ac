import { afterEach, describe, expect, it } from 'vitest';
import { storedAddress } from '../../src/demo/api/better-auth-address.ts';
import { createBetterAuthApi, type BetterAuthOptions } from '../../src/demo/api/better-auth.ts';
import type { BetterAuthSession, BetterAuthUser } from '../../src/demo/api/better-auth-model.ts';
import { DAY_MS } from '../../src/demo/clock.ts';
import { testClock } from '../support/clock.ts';
import { asking, type Asked } from './asking.ts';
import { realBetterAuth } from './real-better-auth.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((api) => api.close()));
});

const user = (id: string, role: 'admin' | 'user'): BetterAuthUser => ({
  id,
  name: id,
  email: `${id}@example.com`,
  emailVerified: true,
  role,
  banned: false,
  createdAtMs: 0,
});

function session(userId: string, nowMs: number, more: Partial<BetterAuthSession> = {}): BetterAuthSession {
  return {
    id: `${userId}-id`,
    token: `${userId}-token`,
    userId,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
    expiresAtMs: nowMs + 7 * DAY_MS,
    ipAddress: '198.51.100.5',
    userAgent: 'node',
    impersonatedBy: null,
    ...more,
  };
}

async function simulated(more: Partial<BetterAuthSession>[] = [], options: Partial<BetterAuthOptions> = {}) {
  const clock = testClock();
  const sessions = [session('ann', clock.now()), session('bob', clock.now())];
  sessions.push(...more.map((one, index) => session('bob', clock.now(), { id: `more-${index}`, ...one })));
  const users = [user('ann', 'admin'), user('bob', 'user')];
  const api = await createBetterAuthApi({ clock, sessions, users, ...options });
  open.push(api);
  const person = (id: string) => ({ token: `${id}-token`, userId: id, cookie: api.cookieOf(`${id}-token`) });
  const age = () => {
    for (const one of api.sessions) one.createdAtMs = 0;
  };
  const origin = new URL(api.url).origin;
  return { api, clock, url: api.url, origin, ann: person('ann'), bob: person('bob'), age };
}

async function real() {
  const server = await realBetterAuth();
  open.push(server);
  return server;
}

/** What must be the same: status, type and shape; ids, tokens and times may differ. */
function shape(answer: Asked) {
  const shapeOf = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shapeOf);
    if (value === null || typeof value !== 'object') return value === null ? 'null' : typeof value;
    return Object.fromEntries(
      Object.entries(value)
        .map(([key, inner]): [string, unknown] => [
          key,
          ['code', 'message', 'total', 'limit', 'offset', 'role'].includes(key) ? inner : shapeOf(inner),
        ])
        .sort(([a], [b]) => a.localeCompare(b)),
    );
  };
  const type = (answer.headers.get('content-type') ?? 'none').split(';')[0];
  return { status: answer.status, type: answer.text === '' ? 'empty' : type, body: shapeOf(answer.json) };
}

describe('the better-auth simulator beside the real better-auth', () => {
  type Server = Awaited<ReturnType<typeof real>>;
  const as = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
  type Question = (
    ask: ReturnType<typeof asking>,
    server: Pick<Server, 'ann' | 'bob' | 'origin' | 'age'>,
  ) => Promise<Asked>;
  const questions: Record<string, Question> = {
    'a stranger asks who he is': (ask) => ask('GET', '/get-session'),
    'a stranger lists': (ask) => ask('GET', '/list-sessions'),
    'a stranger lists users': (ask) => ask('GET', '/admin/list-users'),
    'somebody asks who she is': (ask, { ann }) => ask('GET', '/get-session', as(ann.token)),
    'somebody lists her sessions': (ask, { bob }) => ask('GET', '/list-sessions', as(bob.token)),
    'somebody lists with her cookie': (ask, { bob }) =>
      ask('GET', '/list-sessions', { headers: { cookie: bob.cookie } }),
    'a stale session lists': (ask, { bob, age }) => {
      age();
      return ask('GET', '/list-sessions', as(bob.token));
    },
    'an administrator lists users': (ask, { ann }) => ask('GET', '/admin/list-users', as(ann.token)),
    'an administrator reads a page of users': (ask, { ann }) =>
      ask('GET', '/admin/list-users?limit=1&offset=1', as(ann.token)),
    'an administrator reads the first page': (ask, { ann }) =>
      ask('GET', '/admin/list-users?limit=1&offset=0', as(ann.token)),
    'a user lists users': (ask, { bob }) => ask('GET', '/admin/list-users', as(bob.token)),
    "an administrator lists a user's sessions, though stale": (ask, { ann, bob, age }) => {
      age();
      return ask('POST', '/admin/list-user-sessions', { ...as(ann.token), json: { userId: bob.userId } });
    },
    'an administrator lists an unknown user': (ask, { ann }) =>
      ask('POST', '/admin/list-user-sessions', { ...as(ann.token), json: { userId: 'nobody' } }),
    'an administrator names no user': (ask, { ann }) =>
      ask('POST', '/admin/list-user-sessions', { ...as(ann.token), json: {} }),
    "a user lists a user's sessions": (ask, { bob }) =>
      ask('POST', '/admin/list-user-sessions', { ...as(bob.token), json: { userId: 'x' } }),
    'an administrator revokes an unknown token': (ask, { ann }) =>
      ask('POST', '/admin/revoke-user-session', { ...as(ann.token), json: { sessionToken: 'nothing' } }),
    'an administrator revokes nothing': (ask, { ann }) =>
      ask('POST', '/admin/revoke-user-session', { ...as(ann.token), json: {} }),
    "somebody revokes somebody else's session": (ask, { ann, bob }) =>
      ask('POST', '/revoke-session', { ...as(bob.token), json: { token: ann.token } }),
    'a cookie POST without Origin': (ask, { bob }) =>
      ask('POST', '/revoke-session', { headers: { cookie: bob.cookie }, json: { token: 'x' } }),
    'a cookie POST from elsewhere': (ask, { bob }) =>
      ask('POST', '/revoke-session', {
        headers: { cookie: bob.cookie, origin: 'http://evil.example' },
        json: { token: 'x' },
      }),
    'a cookie POST from home': (ask, { bob, origin }) =>
      ask('POST', '/revoke-session', { headers: { cookie: bob.cookie, origin }, json: { token: 'x' } }),
    'a revoked session asks who it is': async (ask, { bob }) => {
      await ask('POST', '/revoke-sessions', { ...as(bob.token), json: {} });
      return ask('GET', '/get-session', as(bob.token));
    },
    'an unknown path': (ask, { ann }) => ask('GET', '/nowhere', as(ann.token)),
  };

  it.each(Object.keys(questions))('answers alike when %s', async (name) => {
    const [truth, play] = await Promise.all([real(), simulated()]);
    const question = questions[name];
    if (question === undefined) throw new Error('no such question');
    const expected = shape(await question(asking(truth.url), truth));
    expect(shape(await question(asking(play.url), play))).toEqual(expected);
  });
});

describe('the better-auth simulator', () => {
  it('says success for unknown tokens, for ids and for repeats, and ends only what it was given the token of', async () => {
    const { api, ann } = await simulated();
    const ask = asking(api.url);
    const revoke = (sessionToken: string) =>
      ask('POST', '/admin/revoke-user-session', {
        headers: { authorization: `Bearer ${ann.token}` },
        json: { sessionToken },
      });
    expect((await revoke('bob-id')).json).toEqual({ success: true });
    expect(api.sessions.map(({ id }) => id)).toEqual(['ann-id', 'bob-id']);
    expect((await revoke('bob-token')).json).toEqual({ success: true });
    expect((await revoke('bob-token')).json).toEqual({ success: true });
    expect(api.sessions.map(({ id }) => id)).toEqual(['ann-id']);
    api.lies.silentNoOps = false;
    expect((await revoke('bob-token')).status).toBe(404);
  });

  it("shows expired rows to administrators and not to the user's own listing", async () => {
    const { api, ann, bob } = await simulated([{ token: 'old', expiresAtMs: 1 }]);
    const ask = asking(api.url);
    const all = await ask('POST', '/admin/list-user-sessions', {
      headers: { authorization: `Bearer ${ann.token}` },
      json: { userId: 'bob' },
    });
    expect(all.at('sessions')).toHaveLength(2);
    const own = await ask('GET', '/list-sessions', { headers: { authorization: `Bearer ${bob.token}` } });
    expect(own.json).toHaveLength(1);
    const dead = await ask('GET', '/get-session', { headers: { authorization: 'Bearer old' } });
    expect(dead.json).toBeNull();
  });

  it('refreshes a session once a day, moves updatedAt only then and sets the cookie anew', async () => {
    const { api, clock, bob } = await simulated([], { rotatesToken: true });
    const ask = asking(api.url);
    const who = (cookie: string) => ask('GET', '/get-session', { headers: { cookie } });
    expect((await who(bob.cookie)).headers.get('set-cookie')).toBeNull();
    await clock.advance(DAY_MS);
    const refreshed = await who(bob.cookie);
    expect(refreshed.at('session', 'updatedAt')).toBe('2026-11-21T12:00:00.000Z');
    const next = (refreshed.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    expect((await who(bob.cookie)).json).toBeNull();
    expect((await who(next)).at('session', 'id')).toBe('bob-id');
  });

  it('refuses in text/plain with the wait in X-Retry-After', async () => {
    const { api } = await simulated([], { rate: { max: 1, windowMs: 10_000 } });
    const ask = asking(api.url);
    await ask('GET', '/get-session');
    const refused = await ask('GET', '/get-session');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('content-type')).toBe('text/plain');
    expect(refused.headers.get('x-retry-after')).toBe('10');
    expect(refused.json).toEqual({ message: 'Too many requests. Please try again later.' });
  });

  it('stores nothing for several hops and a written-out /64 for IPv6', () => {
    expect(storedAddress('198.51.100.7, 10.0.0.1')).toBe('');
    expect(storedAddress('198.51.100.7')).toBe('198.51.100.7');
    expect(storedAddress('2001:db8::7')).toBe('2001:0db8:0000:0000:0000:0000:0000:0000');
    expect(storedAddress('2001:db8:1:2:3:4:5:6')).toBe('2001:0db8:0001:0002:0000:0000:0000:0000');
  });
});
