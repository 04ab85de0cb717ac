import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { Source } from '../../../src/engine/source/source.ts';
import { zipline } from '../../../src/engine/source/zipline/source.ts';
import { errorOf, everyPrint, faultOf, openAdapter, sweepOf } from '../../support/adapter.ts';
import { itTellsFaultsFromEmptiness } from '../../support/listing-faults.ts';
import {
  sendJson,
  startLoopback,
  type LoopbackServer,
  type Received,
} from '../../support/loopback-server.ts';

/** The body of the documentation, word for word: its rows name no user. */
const documented = {
  current: {
    id: 'sess_abc123',
    createdAt: '2024-03-15T10:30:00.000Z',
    ua: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/122.0.0.0',
    client: 'Chrome',
    device: 'Desktop',
  },
  other: [
    {
      id: 'sess_def456',
      createdAt: '2024-03-14T08:15:00.000Z',
      ua: 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Safari/604.1',
      client: 'Mobile Safari',
      device: 'Mobile',
    },
  ],
};
const ofAnn = {
  current: { ...documented.current, userId: 'user-ann' },
  other: documented.other.map((row) => ({ ...row, userId: 'user-ann' })),
};
const TOKEN = 'planted-zipline-token';
const COOKIE = 'zipline_session=planted-zipline-cookie';
const both = { token: { env: 'TOKEN' }, cookie: { env: 'COOKIE' } };
const tokenOnly = { token: { env: 'TOKEN' } };
const signal = new AbortController().signal;

const servers: LoopbackServer[] = [];
const sources: Source[] = [];
afterEach(async () => {
  await Promise.all(sources.splice(0).map((source) => source.close()));
  // The whole suite is the test: whatever it made the adapter do, no body ever asked to end all sessions.
  for (const { received } of servers) {
    for (const { body, url } of received) {
      expect(body === '' ? [] : Object.keys(JSON.parse(body) as object)).not.toContain('all');
      expect(url).toBe('/api/user/sessions');
    }
  }
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

function open(url: string, auth: object = both, more: object = {}): Source {
  const config = { id: 'files', kind: 'zipline', url, auth, ...more };
  const source = openAdapter(zipline, config, { secrets: { TOKEN, COOKIE } });
  sources.push(source);
  return source;
}

async function serve(answer: (request: Received, response: ServerResponse) => void): Promise<LoopbackServer> {
  const server = await startLoopback(answer);
  servers.push(server);
  return server;
}

async function sweep(body: unknown, auth: object = both, status = 200) {
  const { url } = await serve((_request, response) => sendJson(response, status, body));
  return sweepOf(open(url, auth));
}

/** Both generations write their refusals in their own way; the middle one in two. */
const refusals = {
  ownB: {
    statusCode: 400,
    error: 'Bad Request',
    message: 'Cannot delete current session, use log out instead.',
  },
  ownC: {
    error: 'E1021: Cannot delete current session, use log out instead.',
    code: 1021,
    statusCode: 400,
  },
  unknownB: { statusCode: 400, error: 'Bad Request', message: 'Session not found in logged in sessions' },
  unknownBShort: { error: 'Session not found in logged in sessions', statusCode: 400 },
  unknownC: { error: 'E1031: Session not found in logged in sessions', code: 1031, statusCode: 400 },
  badBodyC: { error: 'E1000: Error during validation', code: 1000, statusCode: 400 },
  noLoginB: { statusCode: 401, error: 'Unauthorized', message: 'invalid login session' },
  noLoginBShort: { error: 'invalid login session', statusCode: 401 },
  noLoginC: { error: 'E2000: Invalid login session', code: 2000, statusCode: 401 },
  badTokenC: { error: 'E2001: Invalid token', code: 2001, statusCode: 401 },
};

describe('listing Zipline', () => {
  it('reads the documented answer, the raw token and the cookie being sent as they are', async () => {
    const server = await serve((_request, response) => sendJson(response, 200, documented));
    const { rows, end } = await sweepOf(open(server.url));
    expect(end).toEqual({ complete: true });
    expect(rows).toEqual([
      expect.objectContaining({
        native: 'sess_abc123',
        identity: 'sess_abc123',
        hint: 'c123',
        user: null,
        isCurrent: true,
        startedAtMs: Date.parse('2024-03-15T10:30:00.000Z'),
        startedAtQuality: 'reported',
        ip: null,
        userAgent: documented.current.ua,
      }),
      expect.objectContaining({ native: 'sess_def456', isCurrent: false }),
    ]);
    expect(server.received[0]?.headers).toMatchObject({ authorization: TOKEN, cookie: COOKIE });
  });

  it('trap 8: calls no session active, expired or ended: rows never expire', async () => {
    const { rows } = await sweep(ofAnn);
    expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['unknown']));
    expect(new Set(rows.map(({ expiresAtMs }) => expiresAtMs))).toEqual(new Set([null]));
  });

  it('trap 9: knows no last-seen and makes none up, and leaves a start it can not read missing', async () => {
    const { rows } = await sweep({ ...ofAnn, other: [{ id: 'no-times-at-all', createdAt: 0 }] });
    expect(rows[0]?.lastSeenAtMs).toBeNull();
    expect(rows[1]).toMatchObject({ startedAtMs: null, startedAtQuality: 'missing' });
  });

  it('names the user of each row, and the account by it', async () => {
    const { url } = await serve((_request, response) => sendJson(response, 200, ofAnn));
    const source = open(url, both, { owner: { id: 'typed', name: 'Ann', email: 'ann@example.com' } });
    const { rows } = await sweepOf(source);
    expect(rows.map(({ user }) => user?.id)).toEqual(['user-ann', 'user-ann']);
    expect(await source.account(signal)).toEqual({
      id: 'user-ann',
      name: 'Ann',
      email: 'ann@example.com',
      known: true,
    });
  });

  it('asks who the account is once, and answers from memory after that', async () => {
    const server = await serve((_request, response) => sendJson(response, 200, ofAnn));
    const source = open(server.url);
    expect(await source.account(signal)).toMatchObject({ id: 'user-ann', known: true });
    await source.account(signal);
    expect(server.received).toHaveLength(1);
  });

  it('takes the configured owner where rows name no user, and no one where there is none', async () => {
    const { url } = await serve((_request, response) => sendJson(response, 200, documented));
    expect(await open(url, both, { owner: { id: 'ann' } }).account(signal)).toMatchObject({
      id: 'ann',
      known: true,
    });
    expect(await open(url).account(signal)).toMatchObject({ id: 'me', known: false });
  });

  it('never files the sessions of one user under another when the credential changes hands', async () => {
    let userId = 'user-ann';
    const { url } = await serve((_request, response) =>
      sendJson(response, 200, { current: { ...documented.current, userId }, other: [] }),
    );
    const source = open(url);
    await source.account(signal);
    userId = 'user-bob';
    const swept = await sweepOf(source);
    expect(faultOf(swept)).toBe('incomplete');
    expect(swept.rows).toEqual([]);
    expect(await source.account(signal)).toMatchObject({ id: 'user-bob' });
    expect(faultOf(await sweepOf(source))).toBeNull();
  });

  it('trap 16: keeps the raw user agent and falls back to the words of the server without one', async () => {
    const { rows } = await sweep({
      ...ofAnn,
      other: [
        { id: 'a-session', ua: '', client: 'Chrome', device: 'Mobile' },
        { id: 'b-session', ua: 'Unknown', client: 'Unknown', device: 'Fridge' },
      ],
    });
    expect(rows[0]?.device).toBeNull();
    expect(rows[1]).toMatchObject({ userAgent: null, device: { browser: 'Chrome', kind: 'mobile' } });
    expect(rows[2]).toMatchObject({ userAgent: null, device: null });
  });

  it('trap 12: drops a session that is listed twice', async () => {
    const { rows } = await sweep({ ...ofAnn, other: [...ofAnn.other, ofAnn.current, ...ofAnn.other] });
    expect(rows.map(({ native, isCurrent }) => [native, isCurrent])).toEqual([
      ['sess_abc123', true],
      ['sess_def456', false],
    ]);
  });

  it('says that the oldest generation, which lists bare ids, is too old', async () => {
    const swept = await sweep({ current: 'sess_abc123', other: ['sess_def456'] });
    expect(faultOf(swept)).toBe('bad-answer');
    expect(swept.error?.message).toContain('too old');
  });

  it('reports a row it can not understand and concludes nothing from absence', async () => {
    const swept = await sweep({ ...ofAnn, other: [{ createdAt: 'x' }, ...ofAnn.other] });
    expect(swept.rows).toHaveLength(2);
    expect(swept.pages[0]?.rejected.map(({ index }) => index)).toEqual([1]);
    expect(faultOf(swept)).toBe('bad-answer');
  });

  itTellsFaultsFromEmptiness((url) => open(url));
});

describe('credentials of Zipline', () => {
  it.each([refusals.noLoginB, refusals.noLoginBShort, refusals.noLoginC])(
    'trap 15: takes %j for a missing cookie, not for a dead token',
    async (refusal) => {
      const swept = await sweep(refusal, tokenOnly, 401);
      expect(faultOf(swept)).toBe('stale-login');
      expect(swept.error?.message).toContain('give the source the "zipline_session" cookie');
    },
  );

  it('trap 15: asks for a new cookie where one was given and names no live session', async () => {
    const swept = await sweep(refusals.noLoginB, both, 401);
    expect(faultOf(swept)).toBe('stale-login');
    expect(swept.error?.message).toContain('names no live session');
  });

  it.each([refusals.badTokenC, { statusCode: 401, error: 'Unauthorized', message: 'not logged in' }])(
    'trap 15: takes %j for a dead credential',
    async (refusal) => expect(faultOf(await sweep(refusal, both, 401))).toBe('unauthorized'),
  );

  it('trap 2: knows no current session with a token alone, and says so in its capabilities', async () => {
    const answer = { current: null, other: [ofAnn.current, ...ofAnn.other] };
    const { rows, end } = await sweep(answer, tokenOnly);
    expect(end).toEqual({ complete: true });
    expect(rows.map(({ isCurrent }) => isCurrent)).toEqual([null, null]);
    expect(open('http://127.0.0.1:9', tokenOnly).capabilities.hasCurrentFlag).toBe(false);
    expect(open('http://127.0.0.1:9', both).capabilities.hasCurrentFlag).toBe(true);
  });

  it('trap 18: notices a token and a cookie of two users, lists, and concludes nothing', async () => {
    const swept = await sweep({ current: null, other: ofAnn.other }, both);
    expect(swept.rows).toHaveLength(1);
    expect(swept.rows[0]?.isCurrent).toBeNull();
    expect(faultOf(swept)).toBe('stale-login');
    expect(swept.end?.complete === false && swept.end.problem.message).toContain('different users');
  });

  it('trap 3: prints neither token nor cookie anywhere', async () => {
    const { url } = await serve((_request, response) => sendJson(response, 500, { TOKEN, COOKIE }));
    const failed = await sweepOf(open(url));
    const error = await errorOf(open(url).revoke({ native: 'sess_def456', user: null }, signal));
    const good = await sweep(ofAnn);
    expect(everyPrint(failed, failed.error, error, good)).not.toMatch(/planted-zipline/);
  });
});

describe('ending a session of Zipline', () => {
  /** Answers DELETE with `status` and `body`. */
  async function revoke(status: number, body: unknown, id = 'sess_def456') {
    const server = await serve((_request, response) => sendJson(response, status, body));
    const call = open(server.url).revoke({ native: id, user: { id: 'user-ann' } }, signal);
    return { server, call };
  }

  it('sends the id alone and notes that the answer no longer lists it', async () => {
    const { server, call } = await revoke(200, { ...ofAnn, other: [] });
    expect(await call).toEqual({ outcome: 'accepted', note: expect.stringContaining('no longer') as string });
    expect(server.received).toHaveLength(1);
    expect(server.received[0]).toMatchObject({ method: 'DELETE', url: '/api/user/sessions' });
    expect(server.received[0]?.body).toBe('{"sessionId":"sess_def456"}');
  });

  it('trap 1: calls a success accepted and no more, and notes that the answer still lists it', async () => {
    const { call } = await revoke(200, ofAnn);
    expect(await call).toEqual({ outcome: 'accepted', note: expect.stringContaining('still') as string });
  });

  it.each([refusals.unknownB, refusals.unknownBShort, refusals.unknownC])(
    'trap 13: takes %j for already gone',
    async (refusal) => {
      const { call } = await revoke(400, refusal);
      expect(await call).toEqual({ outcome: 'already-gone', note: null });
    },
  );

  it.each([refusals.ownB, refusals.ownC])(
    'trap 2: takes %j for the session of the app itself',
    async (refusal) => {
      const { call } = await revoke(400, refusal, 'sess_abc123');
      expect(await errorOf(call)).toMatchObject({
        code: 'forbidden',
        message: expect.stringContaining('Sessionscope itself uses') as string,
      });
    },
  );

  it.each([
    [400, refusals.badBodyC, 'bad-answer'],
    [401, refusals.badTokenC, 'unauthorized'],
    [401, refusals.noLoginB, 'stale-login'],
    [403, { error: 'E3000: Forbidden', code: 3000, statusCode: 403 }, 'forbidden'],
    [500, { error: 'E6000: Internal', code: 6000, statusCode: 500 }, 'server-error'],
    [200, { ok: true }, 'bad-answer'],
  ])('never takes %i %j for success', async (status, body, code) => {
    const { server, call } = await revoke(status, body);
    expect(await errorOf(call)).toMatchObject({ code });
    expect(server.received).toHaveLength(1);
  });
});
