import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ConfigOf } from '../../../src/contract/source.ts';
import { Secret } from '../../../src/engine/secret.ts';
import { openSource } from '../../../src/engine/source/registry.ts';
import type { Source } from '../../../src/engine/source/source.ts';
import { engineErrorOf, expectNone } from '../../support/engine-error.ts';
import { listingOf } from '../../support/listing.ts';
import { startBetterAuth, type BetterAuthServer, type SignedIn } from '../../support/better-auth-server.ts';
import { patientClock } from '../../support/patient-clock.ts';

const signal = new AbortController().signal;
const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

type Credential = { bearer: string } | { cookie: string };

/** The adapter as an engine would open it, on the real clock's day because the server lives in it. */
function open(url: string, mode: ConfigOf<'better-auth'>['mode'], credential: Credential): Source {
  const isCookie = 'cookie' in credential;
  const auth = isCookie ? { cookie: { env: 'C' } } : { bearer: { env: 'C' } };
  const source = openSource(
    { id: 'app', kind: 'better-auth', mode, url, auth },
    {
      secret: async () => new Secret(isCookie ? credential.cookie : credential.bearer),
      clock: patientClock(Date.now()),
      http: { random: () => 0 },
    },
  );
  closers.push(() => source.close());
  return source;
}

async function addPerson(server: BetterAuthServer, name: string, role?: 'admin'): Promise<string> {
  const email = `${name.toLowerCase()}@example.com`;
  await server.addUser({
    email,
    name,
    isVerified: name !== 'Mallory',
    ...(role === undefined ? {} : { role }),
  });
  return email;
}

describe('better-auth for real', () => {
  let server: BetterAuthServer;
  let ann: string;
  let bob: string;
  let mallory: string;
  let admin: SignedIn;

  beforeAll(async () => {
    server = await startBetterAuth();
    ann = await addPerson(server, 'Ann', 'admin');
    bob = await addPerson(server, 'Bob');
    mallory = await addPerson(server, 'Mallory');
    admin = await server.signIn(ann, { ip: '198.51.100.9', userAgent: 'admin browser' });
  });
  afterAll(() => server.close());

  it('lists the own sessions: identity is the id, the token a secret, the current one marked', async () => {
    const phone = await server.signIn(bob, { ip: '198.51.100.5', userAgent: 'Mozilla/5.0 (iPhone)' });
    const laptop = await server.signIn(bob, { ip: '203.0.113.7' });
    const source = open(server.url, 'user', { bearer: laptop.token });
    expect(await source.account(signal)).toEqual({
      id: laptop.userId,
      name: 'Bob',
      email: 'bob@example.com',
      known: true,
      tags: [],
    });
    const swept = await listingOf(source);
    expect(swept.end).toEqual({ complete: true });
    const row = swept.rows.find(({ identity }) => identity === phone.sessionId);
    expect(row).toMatchObject({
      hint: phone.sessionId.slice(-4),
      user: null,
      isCurrent: false,
      state: 'active',
      startedAtQuality: 'reported',
      ip: '198.51.100.5',
      userAgent: 'Mozilla/5.0 (iPhone)',
      impersonatedBy: null,
    });
    expect(row?.native instanceof Secret && row.native.reveal()).toBe(phone.token);
    expect(Math.abs((row?.startedAtMs ?? 0) - Date.now())).toBeLessThan(60_000);
    expect((row?.expiresAtMs ?? 0) - Date.now()).toBeGreaterThan(6 * 86_400_000);
    expect(swept.rows.find(({ identity }) => identity === laptop.sessionId)?.isCurrent).toBe(true);
    expectNone([phone.token, laptop.token], swept);
  });

  it('lists everybody: prefixes, lost addresses, expired rows and impersonators as they are', async () => {
    const six = await server.signIn(bob, { ip: '2001:db8:1:2:3:4:5:6' });
    const hops = await server.signIn(bob, { ip: '198.51.100.7, 10.0.0.1' });
    const old = await server.signIn(mallory);
    server.alterSession(old.sessionId, { expiresAt: new Date(Date.now() - 1000).toISOString() });
    const lent = await server.signIn(mallory);
    server.alterSession(lent.sessionId, { impersonatedBy: admin.userId });
    const { rows, end } = await listingOf(open(server.url, 'admin', { bearer: admin.token }));
    expect(end).toEqual({ complete: true });
    const byId = new Map(rows.map((row) => [row.identity, row]));
    expect(byId.get(six.sessionId)?.ip).toBe('2001:0db8:0001:0002:0000:0000:0000:0000');
    expect(byId.get(hops.sessionId)?.ip).toBeNull();
    expect(byId.get(old.sessionId)).toMatchObject({ state: 'expired', isCurrent: false });
    expect(byId.get(lent.sessionId)?.impersonatedBy).toBe(admin.userId);
    expect(byId.get(admin.sessionId)).toMatchObject({
      isCurrent: true,
      user: { name: 'Ann', tags: ['administrator'] },
    });
    expect(byId.get(six.sessionId)?.user).toEqual({
      id: six.userId,
      name: 'Bob',
      email: 'bob@example.com',
      tags: [],
    });
    // An address nobody verified must not link Mallory to anybody.
    expect(byId.get(lent.sessionId)?.user).toMatchObject({ id: lent.userId, name: 'Mallory', email: null });
  });

  it.each(['user', 'admin'] as const)(
    'ends a session in %s mode, and only a new listing shows it',
    async (mode) => {
      const email = mode === 'user' ? bob : ann;
      const own = await server.signIn(email);
      const target = await server.signIn(mode === 'user' ? bob : mallory);
      const source = open(server.url, mode, { bearer: own.token });
      const listed = await listingOf(source);
      const row = listed.rows.find(({ identity }) => identity === target.sessionId);
      if (row === undefined) throw new Error('not listed');
      const answer = await source.revoke({ native: row.native, user: { id: target.userId } }, signal);
      expect(answer.outcome).toBe('accepted');
      expect(await server.isLive(target.token)).toBe(false);
      const after = await listingOf(source);
      expect(after.end).toEqual({ complete: true });
      expect(after.rows.map(({ identity }) => identity)).not.toContain(target.sessionId);
    },
  );

  it.each(['user', 'admin'] as const)(
    'takes the success for an unknown token or an id for no proof (%s)',
    async (mode) => {
      const own = await server.signIn(ann);
      const target = await server.signIn(ann);
      const source = open(server.url, mode, { bearer: own.token });
      for (const native of [new Secret('no-such-token'), target.sessionId]) {
        const answer = await source.revoke({ native, user: null }, signal);
        expect(answer.outcome).toBe('accepted');
        expect(answer.note).toMatch(/only a listing proves it/);
      }
      expect(await server.isLive(target.token)).toBe(true);
      expect((await listingOf(source)).rows.map(({ identity }) => identity)).toContain(target.sessionId);
      expect(source.capabilities.revokeProof).toBe('none');
    },
  );

  it('says `unauthorized` once its own session is gone, never an empty listing', async () => {
    const own = await server.signIn(bob);
    const source = open(server.url, 'user', { bearer: own.token });
    await listingOf(source);
    await source.revoke({ native: new Secret(own.token), user: null }, signal);
    expect((await engineErrorOf(listingOf(source), [own.token])).code).toBe('unauthorized');
    const nobody = open(server.url, 'admin', { bearer: 'never-was-a-token' });
    expect((await engineErrorOf(nobody.account(signal), ['never-was-a-token'])).code).toBe('unauthorized');
  });

  it('asks for a fresh login where the server does, and only there', async () => {
    const own = await server.signIn(ann);
    server.alterSession(own.sessionId, { createdAt: new Date(Date.now() - 3 * 86_400_000).toISOString() });
    const user = open(server.url, 'user', { bearer: own.token });
    expect((await engineErrorOf(listingOf(user), [own.token])).code).toBe('stale-login');
    expect((await listingOf(open(server.url, 'admin', { bearer: own.token }))).end).toEqual({
      complete: true,
    });
  });

  it('is forbidden to walk the users without the right', async () => {
    const own = await server.signIn(bob);
    const source = open(server.url, 'admin', { bearer: own.token });
    expect((await engineErrorOf(listingOf(source), [own.token])).code).toBe('forbidden');
  });

  it('works with a cookie, sending its Origin', async () => {
    const own = await server.signIn(ann);
    const target = await server.signIn(mallory);
    const source = open(server.url, 'admin', { cookie: `${own.cookie}; theme=dark` });
    const swept = await listingOf(source);
    expect(swept.rows.find(({ identity }) => identity === own.sessionId)?.isCurrent).toBe(true);
    await source.revoke({ native: new Secret(target.token), user: null }, signal);
    expect(await server.isLive(target.token)).toBe(false);
    expectNone([own.token, own.cookie, target.token], swept);
  });

  it('says which address to use when the server does not trust the origin', async () => {
    const own = await server.signIn(ann);
    const elsewhere = server.url.replace('127.0.0.1', 'localhost');
    const fault = await engineErrorOf(listingOf(open(elsewhere, 'admin', { cookie: own.cookie })), [
      own.token,
    ]);
    expect(fault.code).toBe('forbidden');
    expect(fault.message).toMatch(/origin it trusts/);
  });

  it('calls a wrong base path by its name', async () => {
    const own = await server.signIn(ann);
    const source = open(server.url.replace('/api/auth', '/api/wrong'), 'admin', { bearer: own.token });
    expect((await engineErrorOf(listingOf(source), [own.token])).code).toBe('not-found');
  });
});

it('keeps away for as long as a real better-auth says when it had too many requests', async () => {
  const server = await startBetterAuth({ maxPer10Seconds: 5 });
  closers.push(() => server.close());
  const email = await addPerson(server, 'Ann', 'admin');
  const own = await server.signIn(email);
  const source = open(server.url, 'user', { bearer: own.token });
  const sweeps = async (): Promise<never> => {
    for (;;) await listingOf(source);
  };
  const fault = await engineErrorOf(sweeps(), [own.token]);
  expect(fault.code).toBe('rate-limited');
  expect(fault.retryAfterMs).toBeGreaterThanOrEqual(1000);
  expect(fault.retryAfterMs).toBeLessThanOrEqual(10_000);
});
