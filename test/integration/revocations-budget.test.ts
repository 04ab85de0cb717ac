import { afterEach, expect, it } from 'vitest';
import { createApi } from '../../src/demo/api/create-api.ts';
import { eagerClock } from '../support/clock.ts';
import { poll, revoke, startEngine } from '../support/engine.ts';

const MINUTE_MS = 60_000;
const SESSIONS = 12;

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

it('ends twelve sessions of Rocket.Chat within its ten logouts a minute, and proves every one', async () => {
  const clock = eagerClock();
  const startedMs = clock.now();
  const api = await createApi('rocketchat', {
    clock,
    users: [
      {
        id: 'admin',
        username: 'operator',
        name: 'Operator',
        email: 'op@example.org',
        permissions: ['view-device-management', 'logout-device-management'],
      },
      { id: 'ann', username: 'ann', name: 'Ann', email: 'ann@example.org', permissions: [] },
    ],
    tokens: [{ userId: 'admin', token: 'chat-token', ignoresSecondFactor: true }],
    sessions: Array.from({ length: SESSIONS }, (_, n) => ({
      sessionId: `chat-session-${n}`,
      userId: 'ann',
      loginToken: `login-${n}`,
      ip: `91.64.0.${n + 1}`,
      loginAtMs: startedMs - n * MINUTE_MS,
      lastActivityAtMs: startedMs,
      host: 'chat.example.org',
      device: null,
      closedAtMs: null,
      logoutAtMs: null,
      logoutBy: null,
    })),
  });
  closers.push(() => api.close());
  const near = await startEngine({
    env: new Map([['CHAT_TOKEN', 'chat-token']]),
    sources: [
      {
        id: 'chat',
        kind: 'rocketchat',
        mode: 'admin',
        url: api.url,
        auth: { userId: 'admin', token: { env: 'CHAT_TOKEN' } },
      },
    ],
    clock,
  });
  closers.push(() => near.close());
  await poll(near);

  const plan = await near.call.revocations.plan({ query: 'user:ann' });
  expect(plan.estimatedSeconds).toBeGreaterThanOrEqual(60);
  expect(await revoke(near, { query: 'user:ann' })).toMatchObject({
    state: 'done',
    counts: { verified: SESSIONS },
  });

  const logouts = api.requests.filter(({ path }) => path.endsWith('/logout'));
  const accepted = logouts.filter(({ status }) => status === 200);
  expect(accepted).toHaveLength(SESSIONS);
  expect(new Set(accepted.map(({ body }) => JSON.stringify(body))).size).toBe(SESSIONS);
  // Whether it waited beforehand or was told to, the eleventh came a minute after the first.
  expect((accepted[10]?.atMs ?? 0) - (accepted[0]?.atMs ?? 0)).toBeGreaterThanOrEqual(MINUTE_MS);
  expect(logouts.length - accepted.length).toBeLessThanOrEqual(1);
});
