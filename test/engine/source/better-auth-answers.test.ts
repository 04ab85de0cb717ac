import type { ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { Secret } from '../../../src/engine/secret.ts';
import { openSource } from '../../../src/engine/source/registry.ts';
import type { Source } from '../../../src/engine/source/source.ts';
import { engineErrorOf } from '../../support/engine-error.ts';
import { listingOf } from '../../support/listing.ts';
import { sendJson, startLoopback, type Received } from '../../support/loopback-server.ts';
import { patientClock } from '../../support/patient-clock.ts';

const TOKEN = 'planted-session-token-77aa';
const signal = new AbortController().signal;
const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

type Answer = (request: Received, response: ServerResponse) => void;
type Routes = Record<string, Answer>;

const user = (id: string) => ({ id, name: id, email: `${id}@example.com`, emailVerified: true });
const wireRow = (id: string, changes: Record<string, unknown> = {}) => ({
  id,
  token: `${TOKEN}-${id}`,
  userId: 'me',
  createdAt: '2026-11-19T10:00:00.000Z',
  updatedAt: '2026-11-19T10:00:00.000Z',
  expiresAt: '2026-11-26T10:00:00.000Z',
  ipAddress: '198.51.100.5',
  userAgent: 'Mozilla/5.0',
  impersonatedBy: null,
  ...changes,
});
const signedIn: Answer = (_, response) =>
  sendJson(response, 200, { session: { id: 's0' }, user: user('me') });
const json =
  (status: number, body: unknown): Answer =>
  (_, response) =>
    sendJson(response, status, body);

type App = { readonly source: Source; readonly received: readonly Received[]; credential: string };

/** A better-auth of which only these routes answer; the rest is 404. */
async function app(routes: Routes, mode: 'user' | 'admin' = 'user', isCookie = false): Promise<App> {
  const server = await startLoopback((request, response) => {
    const path = request.url.split('?', 1)[0] ?? '';
    const answer = { '/api/auth/get-session': signedIn, ...routes }[path] ?? json(404, {});
    answer(request, response);
  });
  closers.push(() => server.close());
  const opened: App = {
    credential: isCookie ? `better-auth.session_token=${TOKEN}; better-auth.session_data=cache` : TOKEN,
    received: server.received,
    source: openSource(
      {
        id: 'app',
        kind: 'better-auth',
        mode,
        url: `${server.url}/api/auth`,
        auth: isCookie ? { cookie: { env: 'C' } } : { bearer: { env: 'C' } },
      },
      { secret: async () => new Secret(opened.credential), clock: patientClock(), http: { random: () => 0 } },
    ),
  };
  closers.push(() => opened.source.close());
  return opened;
}

const faultOf = (call: Promise<unknown>) => engineErrorOf(call, [TOKEN]);

describe('an answer of better-auth', () => {
  const LIST = '/api/auth/list-sessions';
  it.each([
    ['not signed in', json(401, { message: 'Unauthorized', code: 'UNAUTHORIZED' }), 'unauthorized'],
    ['not fresh', json(403, { message: 'Session is not fresh', code: 'SESSION_NOT_FRESH' }), 'stale-login'],
    ['no origin', json(403, { message: 'x', code: 'MISSING_OR_NULL_ORIGIN' }), 'forbidden'],
    ['a web page', (_: Received, response: ServerResponse) => response.end('<html></html>'), 'bad-answer'],
    ['nothing', (_: Received, response: ServerResponse) => response.end(), 'bad-answer'],
    ['an object for the bare array', json(200, { sessions: [] }), 'bad-answer'],
    ['null for the bare array', json(200, null), 'bad-answer'],
    ['a broken server', json(500, {}), 'server-error'],
  ] as const)('%s is understood', async (_, answer, code) => {
    const { source } = await app({ [LIST]: answer });
    expect((await faultOf(listingOf(source))).code).toBe(code);
  });

  it('with a row that makes no sense keeps the rest and is not complete', async () => {
    const rows = [
      wireRow('a'),
      wireRow('b', { token: 5 }),
      wireRow('c', { createdAt: 'x', ipAddress: 'Unknown' }),
    ];
    const { source } = await app({ [LIST]: json(200, rows) });
    const swept = await listingOf(source);
    expect(swept.rows.map(({ identity }) => identity)).toEqual(['a', 'c']);
    expect(swept.rows[1]).toMatchObject({ startedAtMs: null, startedAtQuality: 'missing', ip: null });
    expect(swept.pages[0]?.rejected).toEqual([{ index: 1, reason: '"token" should be a string' }]);
    expect(swept.end).toMatchObject({ complete: false, problem: { code: 'bad-answer' } });
    expect(JSON.stringify(swept) + inspect(swept, { depth: 9 })).not.toContain(TOKEN);
  });

  it('to a revoke that is no success is a fault', async () => {
    const { source } = await app({ '/api/auth/revoke-session': json(200, { status: false }) });
    const target = { native: new Secret(TOKEN), user: null };
    expect((await faultOf(source.revoke(target, signal))).code).toBe('bad-answer');
  });

  it('that shows another user ends the sweep: its rows belong to another account', async () => {
    let who = 'me';
    const { source } = await app({
      '/api/auth/get-session': (_, response) =>
        sendJson(response, 200, { session: { id: 's0' }, user: user(who) }),
      [LIST]: json(200, []),
    });
    await source.account(signal);
    who = 'somebody else';
    expect((await faultOf(listingOf(source))).code).toBe('incomplete');
    expect((await source.account(signal)).id).toBe('somebody else');
    expect((await listingOf(source)).end.complete).toBe(true);
  });
});

describe('a cookie', () => {
  const LIST = '/api/auth/list-sessions';

  it('goes without the session cache, follows its rotation, and gives way to a new configured one', async () => {
    let rotated: string | null = `better-auth.session_token=${TOKEN}-rotated; Path=/; HttpOnly`;
    const opened = await app(
      {
        [LIST]: (_, response) => {
          if (rotated !== null) response.setHeader('set-cookie', [rotated, 'better-auth.session_data=x']);
          sendJson(response, 200, []);
        },
      },
      'user',
      true,
    );
    const last = () => opened.received.at(-1)?.headers.cookie;
    await listingOf(opened.source);
    expect(last()).toBe(`better-auth.session_token=${TOKEN}`);
    expect(opened.received[0]?.headers.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    rotated = 'better-auth.session_token=; Max-Age=0';
    await listingOf(opened.source);
    expect(last()).toBe(`better-auth.session_token=${TOKEN}-rotated`);
    rotated = null;
    await listingOf(opened.source);
    expect(last()).toBe(`better-auth.session_token=${TOKEN}-rotated`);
    opened.credential = `better-auth.session_token=${TOKEN}-typed`;
    await listingOf(opened.source);
    expect(last()).toBe(`better-auth.session_token=${TOKEN}-typed`);
  });

  it('without a session in it is refused before anything is sent', async () => {
    const opened = await app({}, 'user', true);
    opened.credential = 'better-auth.session_data=cache';
    expect((await faultOf(listingOf(opened.source))).code).toBe('unauthorized');
    expect(opened.received).toHaveLength(0);
  });
});

describe('the walk over the users', () => {
  const USERS = '/api/auth/admin/list-users';
  const SESSIONS = '/api/auth/admin/list-user-sessions';
  const sessionOfUser: Answer = (request, response) => {
    const { userId } = JSON.parse(request.body) as { userId: string };
    sendJson(response, 200, { sessions: [wireRow(`s-${userId}`, { userId })] });
  };
  /** Pages of at most `size` from what the list is at the time of the call. */
  const usersFrom =
    (list: () => readonly string[], size = 100): Answer =>
    (request, response) => {
      const query = new URL(request.url, 'http://x').searchParams;
      const offset = Number(query.get('offset'));
      const users = list().slice(offset, offset + Math.min(size, Number(query.get('limit'))));
      sendJson(response, 200, { users: users.map(user), total: list().length, limit: size });
    };
  const ids = (count: number) => Array.from({ length: count }, (_, index) => `u${index}`);

  it('reaches everybody over pages, each user once', async () => {
    const { source, received } = await app(
      { [USERS]: usersFrom(() => ids(25), 10), [SESSIONS]: sessionOfUser },
      'admin',
    );
    const { rows, end } = await listingOf(source);
    expect(end).toEqual({ complete: true });
    expect(rows.map(({ user: found }) => found?.id)).toEqual(ids(25));
    expect(received.filter(({ method }) => method === 'POST')).toHaveLength(25);
    expect(received[1]?.url).toContain('sortBy=createdAt&sortDirection=asc');
  });

  it('goes on over users who signed up meanwhile', async () => {
    let list = ids(15);
    const pages = usersFrom(() => list, 10);
    const grow: Answer = (request, response) => {
      pages(request, response);
      list = ids(17);
    };
    const { source } = await app({ [USERS]: grow, [SESSIONS]: sessionOfUser }, 'admin');
    const { rows, end } = await listingOf(source);
    expect(end).toEqual({ complete: true });
    expect(rows).toHaveLength(17);
  });

  it('is incomplete when a deletion shifted the list', async () => {
    let list: readonly string[] = ids(25);
    const pages = usersFrom(() => list, 10);
    const shrink: Answer = (request, response) => {
      pages(request, response);
      list = list.filter((id) => id !== 'u3');
    };
    const { source } = await app({ [USERS]: shrink, [SESSIONS]: sessionOfUser }, 'admin');
    expect((await listingOf(source)).end).toMatchObject({ complete: false, problem: { code: 'incomplete' } });
  });

  it('is incomplete when the list ends before its promise', async () => {
    const users = json(200, { users: [user('u0')], total: 9 });
    const { source } = await app({ [USERS]: users, [SESSIONS]: sessionOfUser }, 'admin');
    expect((await listingOf(source)).end).toMatchObject({ complete: false, problem: { code: 'incomplete' } });
  });

  it('breaks off at the first user whose sessions are refused', async () => {
    const refuse: Answer = (request, response) => {
      if (request.body.includes('u4')) sendJson(response, 403, { code: 'YOU_ARE_NOT_ALLOWED' });
      else sessionOfUser(request, response);
    };
    const { source } = await app({ [USERS]: usersFrom(() => ids(9)), [SESSIONS]: refuse }, 'admin');
    expect((await faultOf(listingOf(source))).code).toBe('forbidden');
  });

  it('stays inside the budget', async () => {
    const list = ids(80);
    const clock = patientClock();
    const server = await startLoopback((request, response) => {
      const path = request.url.split('?', 1)[0] ?? '';
      const routes: Routes = {
        '/api/auth/get-session': signedIn,
        [USERS]: usersFrom(() => list),
        [SESSIONS]: sessionOfUser,
      };
      (routes[path] ?? json(404, {}))(request, response);
    });
    closers.push(() => server.close());
    const source = openSource(
      {
        id: 'a',
        kind: 'better-auth',
        mode: 'admin',
        url: `${server.url}/api/auth`,
        auth: { bearer: { env: 'C' } },
      },
      { secret: async () => new Secret(TOKEN), clock },
    );
    closers.push(() => source.close());
    expect((await listingOf(source)).rows).toHaveLength(80);
    expect(clock.slept).toEqual([10_000]);
  });
});
