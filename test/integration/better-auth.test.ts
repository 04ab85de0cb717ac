import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SourceConfig } from '../../src/contract/source.ts';
import { startBetterAuth, type BetterAuthServer, type SignedIn } from '../support/better-auth-server.ts';
import { poll, revoke, type TestEngine } from '../support/engine.ts';
import { engineOn } from '../support/tethered-engine.ts';

const DAY_MS = 86_400_000;
const BERLIN = { ip: '91.64.0.10', userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0.0.0' };
const SINGAPORE = { ip: '119.74.193.10', userAgent: 'curl/8.5.0' };
const BOB = 'bob@example.org';
const daysFromNow = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();

let server: BetterAuthServer;
let own: SignedIn;
let bob: SignedIn;
let thief: SignedIn;
beforeEach(async () => {
  server = await startBetterAuth();
  await server.addUser({ email: 'ann@example.org', name: 'Ann', isVerified: true, role: 'admin' });
  await server.addUser({ email: BOB, name: 'Bob', isVerified: true });
  own = await server.signIn('ann@example.org', BERLIN);
  bob = await server.signIn(BOB, BERLIN);
  thief = await server.signIn(BOB, SINGAPORE);
});
afterEach(() => server.close());

/** The engine on the real server, having polled it once. Its far side ends with `afterEach`. */
async function engine(mode: 'user' | 'admin', who: SignedIn, by: 'bearer' | 'cookie' = 'bearer') {
  const auth = by === 'bearer' ? { bearer: { env: 'C' } } : { cookie: { env: 'C' } };
  const source: SourceConfig = { id: 'app', kind: 'better-auth', mode, url: server.url, auth };
  const env = new Map([['C', by === 'bearer' ? who.token : who.cookie]]);
  const near = await engineOn({ api: { close: async () => undefined }, source, env });
  return { ...near, report: (await poll(near)).get('app') };
}

const rowsOf = async ({ call }: Pick<TestEngine, 'call'>, query: string) =>
  (await call.sessions.list({ query })).rows;
const revokesAsked = () => server.asked.filter((path) => path.includes('revoke'));

describe('the engine on a real better-auth', () => {
  it.each(['bearer', 'cookie'] as const)(
    'lists everybody for an administrator, enriched and judged, with a %s',
    async (by) => {
      const near = await engine('admin', own, by);
      expect(near.report).toMatchObject({ ok: true, complete: true, sessions: 3, new: 3, error: null });
      const [stolen] = await rowsOf(near, 'user:bob country:sg');
      expect(stolen).toMatchObject({
        ...{ userName: 'Bob', state: 'active', current: false, startedAtQuality: 'reported' },
        ...{ ip: SINGAPORE.ip, browser: 'curl', deviceKind: 'script', revocable: true },
        findings: expect.arrayContaining(['impossible-travel']) as string[],
      });
      expect(await rowsOf(near, 'current:true')).toMatchObject([{ userName: 'Ann', country: 'DE' }]);
    },
  );

  it.each(['bearer', 'cookie'] as const)(
    'ends the sessions of a user for an administrator with a %s, verified, and spares its own',
    async (by) => {
      const near = await engine('admin', own, by);
      const job = await revoke(near, { query: 'source:app' });
      expect(job).toMatchObject({ state: 'done', counts: { verified: 2, skipped: 1 } });
      expect(await Promise.all([own, bob, thief].map(({ token }) => server.isLive(token)))).toEqual([
        ...[true, false, false],
      ]);
      expect((await rowsOf(near, 'state:revoked')).map(({ userName }) => userName)).toEqual(['Bob', 'Bob']);
      expect(new Set(revokesAsked())).toEqual(new Set(['POST /api/auth/admin/revoke-user-session']));
      expect((await near.call.audit.verify()).ok).toBe(true);
    },
  );

  it('shows a user only the own sessions, and ends one of them, verified', async () => {
    const near = await engine('user', bob);
    expect(near.report).toMatchObject({ ok: true, sessions: 2 });
    expect(await revoke(near, { query: 'source:app' })).toMatchObject({
      state: 'done',
      counts: { verified: 1, skipped: 1 },
    });
    expect(await Promise.all([own, bob, thief].map(({ token }) => server.isLive(token)))).toEqual([
      ...[true, true, false],
    ]);
  });

  it('lists expired rows as expired, and plans no request for them', async () => {
    server.alterSession(thief.sessionId, { createdAt: daysFromNow(-9), expiresAt: daysFromNow(-2) });
    const near = await engine('admin', own);
    expect(near.report).toMatchObject({ ok: true, sessions: 3 });
    expect(await rowsOf(near, 'state:expired')).toMatchObject([{ userName: 'Bob', revocable: false }]);
    const { items } = await near.call.revocations.plan({ query: 'state:expired' });
    expect(items).toMatchObject([{ state: 'skipped', why: 'It has already expired.' }]);
  });

  it('sees a session end that somebody else ended', async () => {
    const near = await engine('admin', own);
    await fetch(`${server.url}/sign-out`, {
      method: 'POST',
      headers: { cookie: thief.cookie, origin: new URL(server.url).origin },
    });
    expect((await poll(near)).get('app')).toMatchObject({ ok: true, sessions: 2, ended: 1 });
    expect(await rowsOf(near, 'state:ended')).toMatchObject([{ userName: 'Bob', ip: SINGAPORE.ip }]);
  });

  it('trap 15: keeps every session when the server wants a fresh login, and says so', async () => {
    const near = await engine('user', bob);
    server.alterSession(bob.sessionId, { createdAt: daysFromNow(-3) });
    expect((await poll(near)).get('app')).toMatchObject({
      ...{ ok: false, complete: false, ended: 0, error: { code: 'stale-login' } },
    });
    expect(await rowsOf(near, 'state:active')).toHaveLength(2);
    const [source] = await near.call.sources.list();
    expect(source).toMatchObject({ health: 'failing', problem: { code: 'stale-login' } });
    server.alterSession(bob.sessionId, { createdAt: daysFromNow(0) });
    expect((await poll(near)).get('app')).toMatchObject({ ok: true, sessions: 2, ended: 0 });
  });

  it('trap 15: takes the `null` of its own ended session for `unauthorized`, not for an empty listing', async () => {
    const near = await engine('admin', own);
    server.alterSession(own.sessionId, { token: 'another-one' });
    expect((await poll(near)).get('app')).toMatchObject({ ended: 0, error: { code: 'unauthorized' } });
    expect(await rowsOf(near, 'state:active')).toHaveLength(3);
  });

  it('trap 5: believes no success of a token that names nothing any more, and asks again with the real one', async () => {
    const near = await engine('admin', own);
    server.alterSession(thief.sessionId, { token: 'a-token-that-came-after-the-listing' });
    const job = await revoke(near, { query: 'country:sg' });
    // The first request met an unknown token: 200, `success: true`, and nothing happened.
    expect(revokesAsked()).toHaveLength(2);
    expect(job).toMatchObject({ state: 'done', counts: { verified: 1 } });
    expect(await server.isLive('a-token-that-came-after-the-listing')).toBe(false);
  });

  it.each(['user', 'admin'] as const)(
    'trap 1: reports a session that every success left alive as still present (%s mode)',
    async (mode) => {
      const near = await engine(mode, mode === 'user' ? bob : own);
      server.ignoreRevokes();
      const job = await revoke(near, { query: 'country:sg' });
      expect(job).toMatchObject({
        state: 'partial',
        items: [
          { state: 'still-present', why: expect.stringMatching(/^It is still listed after 3/) as string },
        ],
      });
      expect(await server.isLive(thief.token)).toBe(true);
      expect(await rowsOf(near, 'state:active country:sg')).toHaveLength(1);
    },
  );
});
