import { afterEach, describe, expect, it } from 'vitest';
import type { Source } from '../../../../src/engine/source/source.ts';
import { xyrapanel } from '../../../../src/engine/source/xyrapanel/source.ts';
import { Secret } from '../../../../src/engine/secret.ts';
import { errorOf, everyPrint, faultOf, openAdapter, sweepOf } from '../../../support/adapter.ts';
import { sendJson, type LoopbackServer } from '../../../support/loopback-server.ts';
import { ownRow, pagesOf, panelError, panelRow, startPanel } from './panel.ts';

const cookie = { cookie: { env: 'COOKIE' } };
const apiKey = { apiKey: { env: 'KEY' } };
const signal = new AbortController().signal;
const native = new Secret('planted-token-0002');

const servers: LoopbackServer[] = [];
const sources: Source[] = [];
afterEach(async () => {
  await Promise.all(sources.splice(0).map((source) => source.close()));
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const SESSION_TOKEN = '__Secure-better-auth.session_token=planted-cookie.sig%3D';

function open(url: string, auth: object = cookie, more: object = {}, header = SESSION_TOKEN): Source {
  const config = { id: 'panel', kind: 'xyrapanel', url, auth, ...more };
  const source = openAdapter(xyrapanel, config, { secrets: { COOKIE: header, KEY: 'planted-key' } });
  sources.push(source);
  return source;
}

async function panel(before?: Parameters<typeof startPanel>[1]): Promise<LoopbackServer> {
  const server = await startPanel(pagesOf([ownRow, panelRow(2)]), before);
  servers.push(server);
  return server;
}

/** A panel that refuses from its `nth` request on. */
function refusing(status: number, message: string, nth = 1): Promise<LoopbackServer> {
  let calls = 0;
  return panel((_request, response) => {
    calls += 1;
    if (calls < nth) return false;
    sendJson(response, status, panelError(status, message));
    return true;
  });
}

describe('credentials of XyraPanel', () => {
  it.each([
    [SESSION_TOKEN, SESSION_TOKEN],
    [`theme=dark; ${SESSION_TOKEN}; __Secure-better-auth.session_data=planted-cache`, SESSION_TOKEN],
    ['better-auth.session_data=cache;better-auth.session_token=t.s', 'better-auth.session_token=t.s'],
  ])('trap 18: sends of %j the session token alone', async (header, sent) => {
    const server = await panel();
    await sweepOf(open(server.url, cookie, {}, header));
    expect(server.received[0]?.headers.cookie).toBe(sent);
    expect(server.received[0]?.headers.authorization).toBeUndefined();
  });

  it.each(['better-auth.session_data=planted-cache', 'planted-cookie.sig', 'x.session_token=', ''])(
    'trap 18: sends nothing when the cookie is %j, which has no session token',
    async (header) => {
      const server = await panel();
      const swept = await sweepOf(open(server.url, cookie, {}, header));
      expect(faultOf(swept)).toBe('unauthorized');
      expect(swept.error?.message).toContain('better-auth.session_token');
      expect(everyPrint(swept.error)).not.toContain('planted');
      expect(server.received).toEqual([]);
    },
  );

  it('sends an API key as Bearer and no cookie', async () => {
    const server = await panel();
    await sweepOf(open(server.url, apiKey));
    expect(server.received[0]?.headers.authorization).toBe('Bearer planted-key');
    expect(server.received[0]?.headers.cookie).toBeUndefined();
  });

  it('says what each credential can do', () => {
    expect(open('http://127.0.0.1:9', cookie).capabilities).toMatchObject({
      hasCurrentFlag: true,
      minPollMs: 40_000,
      canRevokeOne: true,
      canRevokeOthers: false,
      canRevokeUser: false,
      idKind: 'secretToken',
      rate: [{ max: 15, windowMs: 300_000, per: 'ip' }],
    });
    expect(open('http://127.0.0.1:9', apiKey).capabilities).toMatchObject({
      hasCurrentFlag: false,
      minPollMs: 28_800_000,
      rate: [{ per: 'ip' }, { max: 10, windowMs: 86_400_000, per: 'key' }],
    });
  });

  it('is the account of its configured owner, else unknown', async () => {
    const owner = { id: 'ann', name: 'Ann' };
    expect(await open('http://127.0.0.1:9', cookie, { owner }).account(signal)).toEqual({
      ...owner,
      email: null,
      known: true,
    });
    expect(await open('http://127.0.0.1:9').account(signal)).toMatchObject({ id: 'me', known: false });
  });

  it('trap 15: takes a 401 for a cookie that is no longer accepted, also after it worked', async () => {
    const server = await refusing(401, 'Authentication required.', 2);
    const source = open(server.url);
    expect(faultOf(await sweepOf(source))).toBeNull();
    expect(faultOf(await sweepOf(source))).toBe('unauthorized');
  });

  it('trap 15: takes a 401 for the quota of an API key that worked before, and waits a day', async () => {
    const server = await refusing(401, 'Server Error', 2);
    const source = open(server.url, apiKey);
    expect(faultOf(await sweepOf(source))).toBeNull();
    const { error } = await sweepOf(source);
    expect(error).toMatchObject({ code: 'quota', retryAfterMs: 86_400_000 });
    expect(await errorOf(source.revoke({ native, user: null }, signal))).toMatchObject({ code: 'quota' });
  });

  it('trap 15: takes a 401 for a credential that is none where the API key never worked, and names the quota', async () => {
    const server = await refusing(401, 'Server Error');
    const { error } = await sweepOf(open(server.url, apiKey));
    expect(error).toMatchObject({
      code: 'unauthorized',
      message: expect.stringContaining('quota') as string,
    });
  });

  it('trap 15: takes a 403 for a wrong API key', async () => {
    const server = await refusing(403, 'Server Error');
    expect(faultOf(await sweepOf(open(server.url, apiKey)))).toBe('forbidden');
  });

  it('takes a validation error for an answer of another version', async () => {
    const server = await refusing(400, 'Query validation failed');
    expect(faultOf(await sweepOf(open(server.url)))).toBe('bad-answer');
  });
});

describe('ending a session of XyraPanel', () => {
  it('trap 1: calls a success accepted and no more: the panel says the same when it did nothing', async () => {
    const server = await panel();
    const source = open(server.url);
    const [, listed] = (await sweepOf(source)).rows;
    if (listed === undefined) throw new Error('nothing listed');
    const target = { native: listed.native, user: null };
    expect(await source.revoke(target, signal)).toEqual({ outcome: 'accepted', note: null });
    expect((await sweepOf(source)).rows).toHaveLength(2);
    const asked = server.received.filter(({ method }) => method === 'DELETE');
    expect(asked.map(({ url, body }) => [url, body])).toEqual([
      ['/api/account/sessions/planted-token-0002', ''],
    ]);
  });

  it('puts a token of any characters into the path as one part of it', async () => {
    const server = await panel();
    await open(server.url).revoke({ native: new Secret('a/../b?c#d%2e e'), user: null }, signal);
    expect(server.received[0]?.url).toBe('/api/account/sessions/a%2F..%2Fb%3Fc%23d%252e%20e');
  });

  it.each(['', '.', '..'])(
    'never calls the endpoint that ends all sessions, not with the token %j',
    async (text) => {
      const server = await panel();
      await expect(
        open(server.url).revoke({ native: new Secret(text), user: null }, signal),
      ).rejects.toThrow();
      expect(server.received).toEqual([]);
    },
  );

  it('trap 13: takes the documented 404 for already gone', async () => {
    const server = await refusing(404, 'Session not found');
    const answer = await open(server.url).revoke({ native, user: null }, signal);
    expect(answer).toEqual({ outcome: 'already-gone', note: null });
  });

  it.each([
    [200, { data: { revoked: false, currentSessionRevoked: true } }, 'bad-answer'],
    [200, { ok: true }, 'bad-answer'],
    [401, panelError(401, 'Authentication required.'), 'unauthorized'],
    [403, panelError(403, 'Server Error'), 'forbidden'],
    [429, panelError(429, 'Too Many Requests'), 'rate-limited'],
    [500, panelError(500, 'Server Error'), 'server-error'],
  ])('never takes %i %j for success, and asks once', async (status, body, code) => {
    const server = await panel((_request, response) => {
      sendJson(response, status, body);
      return true;
    });
    expect(await errorOf(open(server.url).revoke({ native, user: null }, signal))).toMatchObject({ code });
    expect(server.received).toHaveLength(1);
  });

  it('trap 3: keeps tokens, cookie, key and fingerprint out of everything that can be printed', async () => {
    const good = await panel();
    const source = open(good.url);
    const swept = await sweepOf(source);
    const prints: unknown[] = [swept, await source.revoke({ native, user: null }, signal), source];
    for (const auth of [cookie, apiKey]) {
      // The panel's refusals repeat the request's address, token and all.
      const echoing = await panel(({ url, headers }, response) => {
        sendJson(response, 500, { ...Object(panelError(500, 'Server Error', url)), headers });
        return true;
      });
      prints.push(await errorOf(open(echoing.url, auth).revoke({ native, user: null }, signal)));
      const failed = await sweepOf(open(echoing.url, auth));
      prints.push(failed, failed.error);
    }
    expect(everyPrint(...prints)).not.toMatch(/planted/);
    const [, listed] = swept.rows;
    expect(listed?.hint).toBe('0002');
    expect(listed?.native).toBeInstanceOf(Secret);
  });
});
