import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { ConfigOf } from '../../../src/contract/source.ts';
import { Secret } from '../../../src/engine/secret.ts';
import { openSource } from '../../../src/engine/source/registry.ts';
import type { Source } from '../../../src/engine/source/source.ts';
import { engineErrorOf } from '../../support/engine-error.ts';
import { listingOf } from '../../support/listing.ts';
import { sendJson, startLoopback, type Received } from '../../support/loopback-server.ts';
import { patientClock } from '../../support/patient-clock.ts';

const TOKEN = 'planted-auth-token-8f2a';
const CODE = 'planted-code-552211';
const HASH = 'planted-login-token-hash';
const signal = new AbortController().signal;
const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const ME = {
  _id: 'u1',
  name: 'Ann',
  username: 'ann',
  emails: [
    { address: 'old@example.com', verified: false },
    { address: 'ann@example.com', verified: true },
  ],
  success: true,
};

function wireRow(id: string, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    _id: id,
    sessionId: id,
    userId: 'u2',
    device: {
      type: 'browser',
      name: 'Chrome',
      longVersion: '113.0.0.0',
      version: '113.0.0',
      os: { name: 'Windows', version: '10' },
    },
    host: 'localhost:3000',
    ip: '172.20.0.2',
    loginAt: '2026-11-19T16:33:45.202Z',
    loginToken: HASH,
    _user: { name: 'Bob', username: 'bob' },
    ...changes,
  };
}

type Chat = {
  readonly source: Source;
  readonly received: readonly Received[];
  readonly slept: readonly number[];
};

/** A Rocket.Chat whose session routes answer as told; `/api/v1/me` works. */
async function chat(
  answer: (request: Received, response: ServerResponse, call: number) => void,
  changes: Partial<ConfigOf<'rocketchat'>> = {},
  clock = patientClock(),
): Promise<Chat> {
  let call = 0;
  const server = await startLoopback((request, response) => {
    if (request.url === '/api/v1/me') {
      sendJson(response, 200, ME);
      return;
    }
    call += 1;
    answer(request, response, call);
  });
  closers.push(() => server.close());
  const config = {
    id: 'chat',
    kind: 'rocketchat' as const,
    mode: 'admin' as const,
    url: server.url,
    auth: { userId: 'u1', token: { env: 'T' } },
    ...changes,
  };
  const source = openSource(config, {
    secret: async (ref) => new Secret('env' in ref && ref.env === 'CODE' ? CODE : TOKEN),
    clock,
  });
  closers.push(() => source.close());
  return { source, received: server.received, slept: clock.slept };
}

/** Answers a listing from these rows, as the server pages it. */
function listing(rows: readonly unknown[], pageSize = 50) {
  return (request: Received, response: ServerResponse) => {
    const offset = Number(new URL(request.url, 'http://x').searchParams.get('offset'));
    const sessions = rows.slice(offset, offset + pageSize);
    sendJson(response, 200, { sessions, total: rows.length, count: 100, offset, success: true });
  };
}

const faultOf = (call: Promise<unknown>) => engineErrorOf(call, [TOKEN, CODE, HASH, '127.0.0.1']);

const ids = (count: number) => Array.from({ length: count }, (_, index) => `session-${index}`);

describe('a row', () => {
  it('is a derived start, an unstable id and a parsed device; nothing else is made up', async () => {
    const { source } = await chat(listing([wireRow('QoYYFw2t9oKks2niG')]));
    const { rows, end } = await listingOf(source);
    expect(end).toEqual({ complete: true });
    expect(rows).toEqual([
      {
        native: 'QoYYFw2t9oKks2niG',
        identity: 'QoYYFw2t9oKks2niG',
        hint: '2niG',
        user: { id: 'u2', name: 'Bob', email: null },
        isCurrent: null,
        state: 'active',
        startedAtMs: Date.parse('2026-11-19T16:33:45.202Z'),
        startedAtQuality: 'derived',
        lastSeenAtMs: null,
        expiresAtMs: null,
        ip: '172.20.0.2',
        userAgent: null,
        impersonatedBy: null,
        place: null,
        network: null,
        device: {
          browser: 'Chrome',
          browserVersion: '113.0.0.0',
          os: 'Windows',
          osVersion: '10',
          kind: 'desktop',
        },
        isOwnPoll: false,
        userGone: false,
      },
    ]);
    expect(source.capabilities.idStability).toBe('reconnects');
  });

  it('never carries the login token', async () => {
    const { source } = await chat(listing([wireRow('a'), wireRow('b', { sessionId: 7 })]));
    const { pages, end } = await listingOf(source);
    expect(JSON.stringify({ pages, end }) + inspect({ pages, end }, { depth: 9 })).not.toContain(HASH);
  });

  it('of a deleted user says that the user is gone', async () => {
    const orphan = wireRow('a', { _user: undefined });
    const { source } = await chat(listing([orphan]));
    expect((await listingOf(source)).rows[0]).toMatchObject({
      user: { id: 'u2', name: null, email: null },
      userGone: true,
    });
  });

  it('of the account itself is known by what `me` says, with the verified address', async () => {
    const { source } = await chat(listing([wireRow('a', { userId: 'u1', _user: undefined })]), {
      mode: 'user',
    });
    expect((await listingOf(source)).rows[0]).toMatchObject({
      user: { id: 'u1', name: 'Ann', email: 'ann@example.com' },
      userGone: false,
    });
  });

  it('without device, address or time is listed with these unknown', async () => {
    const bare = { sessionId: 'bare', userId: 'u2', _user: { username: 'bob' } };
    const odd = wireRow('odd', {
      device: { type: 'fridge', name: '', os: 'none' },
      ip: 5,
      loginAt: 'yesterday',
    });
    const { source } = await chat(listing([bare, odd]));
    const { rows, end } = await listingOf(source);
    expect(end).toEqual({ complete: true });
    for (const row of rows) {
      expect(row).toMatchObject({ ip: null, device: null, startedAtMs: null, startedAtQuality: 'missing' });
    }
  });

  it('that has no id is rejected by name, the rest is listed, and nothing counts as absent', async () => {
    const { source } = await chat(
      listing([wireRow('a'), wireRow('b', { sessionId: null }), 'x', wireRow('c')]),
    );
    const { rows, pages, end } = await listingOf(source);
    expect(rows.map(({ identity }) => identity)).toEqual(['a', 'c']);
    expect(pages.flatMap(({ rejected }) => rejected)).toEqual([
      { index: 1, reason: '"sessionId" should be a string' },
      { index: 2, reason: 'the whole of it should be an object' },
    ]);
    expect(end).toMatchObject({ complete: false, problem: { code: 'bad-answer' } });
  });
});

describe('paging', () => {
  it('moves by the rows that came, never by `count`, and looks at the first page again', async () => {
    const { source, received } = await chat(listing(ids(120).map((id) => wireRow(id))));
    const { rows, end } = await listingOf(source);
    expect(rows).toHaveLength(120);
    expect(end).toEqual({ complete: true });
    const offsets = received.slice(1).map(({ url }) => new URL(url, 'http://x').searchParams.get('offset'));
    expect(offsets).toEqual(['0', '50', '100', '0']);
    expect(received[1]?.url).toBe('/api/v1/sessions/list.all?offset=0&count=100');
  });

  it('reads everything once more when the list moved, and yields each row once', async () => {
    const before = ids(60).map((id) => wireRow(id));
    const after = [wireRow('new'), ...before];
    const { source, received } = await chat((request, response, call) =>
      listing(call <= 1 ? before : after)(request, response),
    );
    const { rows, end } = await listingOf(source);
    expect(end).toEqual({ complete: true });
    expect(rows.map(({ identity }) => identity).sort()).toEqual([...ids(60), 'new'].sort());
    expect(received).toHaveLength(1 + 3 + 3);
  });

  it('is incomplete when the list moves every time', async () => {
    const rows = ids(60).map((id) => wireRow(id));
    const { source } = await chat((request, response, call) =>
      listing([wireRow(`moving-${call}`), ...rows])(request, response),
    );
    expect((await listingOf(source)).end).toMatchObject({ complete: false, problem: { code: 'incomplete' } });
  });

  it('is incomplete when fewer rows come than promised, or the same ones again', async () => {
    const short = await chat((request, response) => {
      const isFirst = request.url.includes('offset=0');
      sendJson(response, 200, { sessions: isFirst ? [wireRow('a')] : [], total: 3, success: true });
    });
    expect((await listingOf(short.source)).end.complete).toBe(false);
    const deaf = await chat((_, response) =>
      sendJson(response, 200, { sessions: [wireRow('a')], total: 3, success: true }),
    );
    const { rows, end } = await listingOf(deaf.source);
    expect(rows).toHaveLength(1);
    expect(end.complete).toBe(false);
  });

  it('stops at a page cap, incomplete', async () => {
    const { source, received } = await chat((_, response, call) =>
      sendJson(response, 200, { sessions: [wireRow(`s${call}`)], total: 1e9, success: true }),
    );
    expect((await listingOf(source)).end).toMatchObject({ complete: false, problem: { code: 'incomplete' } });
    expect(received).toHaveLength(1 + 1000);
  });

  it('takes a listing of nobody as nobody', async () => {
    const { source } = await chat(listing([]));
    expect(await listingOf(source)).toMatchObject({ rows: [], end: { complete: true } });
  });
});

describe('credentials', () => {
  it('ask for one list or the other, second factor only as configured', async () => {
    const user = await chat(listing([]), { mode: 'user' });
    await listingOf(user.source);
    expect(user.received[1]?.url).toContain('/api/v1/sessions/list?');
    expect(user.received[1]?.headers).toMatchObject({ 'x-user-id': 'u1', 'x-auth-token': TOKEN });
    expect(user.received[1]?.headers).not.toHaveProperty('x-2fa-code');
  });

  it.each([
    ['totp', CODE],
    ['email', CODE],
    ['password', createHash('sha256').update(CODE).digest('hex')],
  ] as const)('send the second factor %s as the server wants it', async (method, sent) => {
    const auth = { userId: 'u1', token: { env: 'T' }, secondFactor: { method, code: { env: 'CODE' } } };
    const { source, received } = await chat(listing([]), { auth });
    await listingOf(source);
    expect(received[1]?.headers).toMatchObject({ 'x-2fa-method': method, 'x-2fa-code': sent });
  });
});

describe('a refusal', () => {
  const bracket = (text: string) => ({ success: false, error: text });
  it.each([
    [
      'no licence, 7.x',
      400,
      {
        success: false,
        error: 'This is an enterprise feature [error-action-not-allowed]',
        errorType: 'error-action-not-allowed',
      },
      'licence',
    ],
    ['no licence, 5.x and 6.x', 401, bracket('unauthorized'), 'licence'],
    ['no licence, a few versions', 403, bracket('unauthorized'), 'licence'],
    [
      'not logged in',
      401,
      { ...bracket('You must be logged in to do this.'), status: 'error' },
      'unauthorized',
    ],
    [
      'not logged in, older',
      401,
      { status: 'error', message: 'You must be logged in to do this.' },
      'unauthorized',
    ],
    [
      'permission missing',
      403,
      bracket('User does not have the permissions [error-unauthorized]'),
      'forbidden',
    ],
    ['permission missing, 8.x', 403, bracket('No [error-forbidden]'), 'forbidden'],
    [
      'bad parameter',
      400,
      { ...bracket('must NOT have [invalid-params]'), errorType: 'invalid-params' },
      'bad-answer',
    ],
    ['bad sort', 400, bracket('error-invalid-sort-keys'), 'bad-answer'],
    [
      'second factor',
      400,
      {
        ...bracket('TOTP Required [totp-required]'),
        errorType: 'totp-required',
        details: { method: 'totp', availableMethods: ['totp'] },
      },
      'second-factor',
    ],
    ['wrong code', 400, bracket('TOTP Invalid [totp-invalid]'), 'second-factor'],
    ['too many codes', 400, { ...bracket('x'), errorType: 'totp-max-attempts' }, 'second-factor'],
    ['unknown route', 404, bracket('Invalid API endpoint'), 'not-found'],
    ['broken', 502, 'oops', 'server-error'],
    ['success that is none', 200, { success: false, error: 'x', sessions: [], total: 0 }, 'bad-answer'],
    ['other shape', 200, { success: true, rows: [] }, 'bad-answer'],
  ] as const)('%s (%d) is understood', async (_, status, body, code) => {
    const { source } = await chat((_request, response) => sendJson(response, status, body));
    expect((await faultOf(listingOf(source))).code).toBe(code);
  });

  it('in mid-listing ends it as a fault, not as a shorter list', async () => {
    const rows = ids(60).map((id) => wireRow(id));
    const { source } = await chat((request, response, call) =>
      call === 1 ? listing(rows)(request, response) : sendJson(response, 403, bracket('[error-forbidden]')),
    );
    expect((await faultOf(listingOf(source))).code).toBe('forbidden');
  });

  it('429 tells in words how long to wait', async () => {
    const error =
      'Error, too many requests. Please slow down. You must wait 37 seconds before trying this endpoint again. [error-too-many-requests]';
    const { source } = await chat((_, response) => sendJson(response, 429, bracket(error)));
    const fault = await faultOf(listingOf(source));
    expect(fault.code).toBe('rate-limited');
    expect(fault.retryAfterMs).toBeGreaterThanOrEqual(37_000);
    expect(fault.retryAfterMs).toBeLessThanOrEqual(37_000 * 1.1);
  });
});

describe('the limiter', () => {
  it('is honoured with the part for revokes kept free', async () => {
    const clock = patientClock();
    const answer = listing(ids(400).map((id) => wireRow(id)));
    let windowAtMs = clock.now();
    let used = 0;
    const { source } = await chat(
      (request, response) => {
        if (clock.now() - windowAtMs >= 60_000) [windowAtMs, used] = [clock.now(), 0];
        used += 1;
        response.setHeader('x-ratelimit-limit', '10');
        response.setHeader('x-ratelimit-remaining', String(10 - used));
        response.setHeader('x-ratelimit-reset', String(Date.now() + windowAtMs + 60_000 - clock.now()));
        answer(request, response);
      },
      {},
      clock,
    );
    expect((await listingOf(source)).end).toEqual({ complete: true });
    // Eight pages and the first again: six calls, one wait for the next window, three calls.
    expect(clock.slept).toHaveLength(1);
    expect(used).toBe(3);
  });

  it('that says nothing is no limiter', async () => {
    const { source, slept } = await chat(listing(ids(800).map((id) => wireRow(id))));
    expect((await listingOf(source)).rows).toHaveLength(800);
    expect(slept).toEqual([]);
  });
});

describe('revoking', () => {
  it('asks for that session and takes the answer as accepted, no more', async () => {
    const admin = await chat((_, response) => sendJson(response, 200, { sessionId: 'abc', success: true }));
    expect(await admin.source.revoke({ native: 'abc', user: { id: 'u2' } }, signal)).toMatchObject({
      outcome: 'accepted',
    });
    expect(admin.received[0]).toMatchObject({
      method: 'POST',
      url: '/api/v1/sessions/logout',
      body: '{"sessionId":"abc"}',
    });
    const user = await chat((_, response) => sendJson(response, 200, { sessionId: 'abc', success: true }), {
      mode: 'user',
    });
    await user.source.revoke({ native: 'abc', user: null }, signal);
    expect(user.received[0]?.url).toBe('/api/v1/sessions/logout.me');
  });

  it('of an unknown session is already done', async () => {
    const { source } = await chat((_, response) =>
      sendJson(response, 404, { success: false, error: 'Session not found' }),
    );
    expect(await source.revoke({ native: 'abc', user: null }, signal)).toMatchObject({
      outcome: 'already-gone',
    });
  });

  it('at a wrong address is not already done', async () => {
    const { source } = await chat((_, response) => {
      response.writeHead(404);
      response.end('<html>no such page</html>');
    });
    expect((await faultOf(source.revoke({ native: 'abc', user: null }, signal))).code).toBe('not-found');
  });

  it('that answers about another session is a bad answer', async () => {
    const { source } = await chat((_, response) =>
      sendJson(response, 200, { sessionId: 'x', success: true }),
    );
    expect((await faultOf(source.revoke({ native: 'abc', user: null }, signal))).code).toBe('bad-answer');
  });

  it('is sent once, whatever happens', async () => {
    const { source, received } = await chat((_, response) => sendJson(response, 500, {}));
    expect((await faultOf(source.revoke({ native: 'abc', user: null }, signal))).code).toBe('server-error');
    expect(received).toHaveLength(1);
  });
});

describe('the account', () => {
  it('is who `me` says, asked once', async () => {
    const { source, received } = await chat(listing([]));
    expect(await source.account(signal)).toEqual({
      id: 'u1',
      name: 'Ann',
      email: 'ann@example.com',
      known: true,
    });
    await source.account(signal);
    await listingOf(source);
    expect(received.filter(({ url }) => url === '/api/v1/me')).toHaveLength(1);
  });
});
