import { expect, it } from 'vitest';
import { createApi, type ApiOptions } from '../../src/demo/api/create-api.ts';
import type { FaultName } from '../../src/demo/api/faults.ts';
import { poll, type TestEngine } from '../support/engine.ts';
import { panelSession, startPanelApi } from '../support/panel-session.ts';
import { engineOn } from '../support/tethered-engine.ts';

const DAY_MS = 86_400_000;
const farClock = { now: () => Date.now() };
type PortalSession = ApiOptions['7331-portal']['sessions'][number];

function portalSession(createdAtMs: number, changes: Partial<PortalSession> = {}): PortalSession {
  const geo = { city: 'Berlin', region_name: 'Berlin', country_code: 'DE', lat: 52.52, lon: 13.405 };
  const network = { isp: '', org: '', is_mobile: false, is_proxy: false, is_hosting: false };
  return {
    suffix: 'same01',
    createdAtMs,
    expiresAtMs: Date.now() + DAY_MS,
    ip: '91.64.0.10',
    userAgent: 'Mozilla/5.0',
    geo: { ...geo, ...network },
    isCurrent: false,
    endedAtMs: null,
    ...changes,
  };
}

async function portal(sessions: PortalSession[]) {
  const api = await createApi('7331-portal', { clock: farClock, cookies: ['c'], sessions });
  const auth = { cookie: { env: 'C' } };
  const source = { id: 'portal', kind: '7331-portal', url: api.url, auth } as const;
  return { api, near: await engineOn({ api, source, env: new Map([['C', 'psession=c']]) }) };
}

async function chat(count: number, options: Partial<ApiOptions['rocketchat']> = {}) {
  const api = await createApi('rocketchat', {
    clock: farClock,
    callsPerMinute: null,
    users: [{ id: 'me', username: 'me', name: 'Me', email: 'me@example.org', permissions: [] }],
    tokens: [{ userId: 'me', token: 'chat-token', ignoresSecondFactor: true }],
    sessions: Array.from({ length: count }, (_, n) => ({
      sessionId: `chat-session-${String(n).padStart(4, '0')}`,
      userId: 'me',
      loginToken: `login-${n}`,
      ip: `10.0.${n >> 8}.${n & 255}`,
      loginAtMs: Date.now() - n * 60_000,
      lastActivityAtMs: Date.now(),
      host: 'chat.example.org',
      device: null,
      closedAtMs: null,
      logoutAtMs: null,
      logoutBy: null,
    })),
    ...options,
  });
  const auth = { userId: 'me', token: { env: 'T' } };
  const source = { id: 'chat', kind: 'rocketchat', mode: 'user', url: api.url, auth } as const;
  return { api, near: await engineOn({ api, source, env: new Map([['T', 'chat-token']]) }) };
}

const total = async ({ call }: TestEngine, query: string) => (await call.sessions.list({ query })).total;

it('trap 4: keeps sessions of one suffix apart in the store, through every later poll', async () => {
  const now = Math.floor(Date.now() / 1000) * 1000;
  const { api, near } = await portal([portalSession(now - DAY_MS), portalSession(now - 2 * DAY_MS)]);
  expect((await poll(near)).get('portal')).toMatchObject({ ok: true, sessions: 2, new: 2 });
  const [first] = api.sessions;
  if (first !== undefined) first.endedAtMs = Date.now();
  expect((await poll(near)).get('portal')).toMatchObject({ ok: true, sessions: 1, new: 0, ended: 0 });
  const { rows } = await near.call.sessions.list({ sort: 'startedAt' });
  expect(rows.map(({ state }) => state)).toEqual(['active', 'ended']);
});

it('trap 4: says so when two sessions can not be told apart, and ends nothing by that listing', async () => {
  const startedAtMs = Date.now() - DAY_MS;
  const { api, near } = await portal([portalSession(startedAtMs), portalSession(startedAtMs - DAY_MS)]);
  await poll(near);
  api.sessions[1] = portalSession(startedAtMs, { ip: '81.2.69.142' });
  expect((await poll(near)).get('portal')).toMatchObject({ complete: false, error: { code: 'bad-answer' } });
  expect(await total(near, 'state:active')).toBe(2);
  const [shown] = await near.call.sources.list();
  expect(shown).toMatchObject({ rejectedRows: 1, rejectedExamples: [expect.stringContaining('suffix')] });
});

it('trap 7: moves a session into the history and back without making another one of it', async () => {
  const { api, near } = await portal([portalSession(Date.now() - DAY_MS)]);
  await poll(near);
  const [session] = api.sessions;
  if (session === undefined) throw new Error('the portal has a session');
  const states: unknown[] = [];
  for (const endedAtMs of [Date.now(), null]) {
    session.endedAtMs = endedAtMs;
    await poll(near);
    states.push((await near.call.sessions.list({})).rows.map(({ state }) => state));
  }
  expect(states).toEqual([['ended'], ['active']]);
});

it('trap 12: reads 230 sessions in an order that changes with every page, and never ends one of them', async () => {
  const sessions = ['own', ...Array.from({ length: 229 }, (_, n) => `token-${n}`)].map((t) =>
    panelSession(t),
  );
  const far = await startPanelApi({ sessions });
  const near = await engineOn(far);
  for (let sweeps = 0; sweeps < 6; sweeps += 1) {
    const report = (await poll(near)).get('panel');
    expect(report).toMatchObject({ ended: 0 });
    if (report?.complete === true) expect(report.sessions).toBe(230);
    else expect(report?.error?.code).toBe('incomplete');
  }
  expect(await total(near, '')).toBe(230);
  expect(await total(near, 'state:active')).toBe(230);
});

it('trap 12: counts the rows of a listing that moves while it is read once each', async () => {
  const { api, near } = await chat(230);
  api.faults.inject('moved', { times: 1, on: ({ path }) => path.includes('/sessions/list') });
  const report = (await poll(near)).get('chat');
  expect(report).toMatchObject({ ok: true, complete: true, sessions: 231, new: 231, ended: 0 });
  expect(await total(near, '')).toBe(231);
});

it.each<FaultName>(['rate-limited', 'server-error', 'cut', 'html'])(
  'trap 14: ends nothing when the second page of a listing is answered with %s',
  async (fault) => {
    const { api, near } = await chat(230);
    await poll(near);
    api.sessions.splice(150, 50); // Gone for real, but no listing that breaks off may say so.
    let pages = 0;
    api.faults.inject(fault, { on: ({ path }) => path.includes('/sessions/list') && ++pages > 1 });
    expect((await poll(near)).get('chat')).toMatchObject({ ok: false, complete: false, ended: 0 });
    expect(await total(near, 'state:active')).toBe(230);
    api.faults.clear();
    near.clock.skip(3_600_000); // whatever wait the refusal asked for
    expect((await poll(near)).get('chat')).toMatchObject({ ok: true, ended: 50 });
  },
);

it('trap 15: takes neither a missing licence nor a used-up key for an empty listing', async () => {
  const unlicensed = await chat(3, { licensed: false });
  expect((await poll(unlicensed.near)).get('chat')?.error?.code).toBe('licence');

  const far = await startPanelApi({
    sessions: [panelSession('own'), panelSession('other')],
    apiKeys: [{ key: 'panel-key', verifications: 3 }],
  });
  const source = { ...far.source, kind: 'xyrapanel', auth: { apiKey: { env: 'PANEL_KEY' } } } as const;
  const near = await engineOn({ ...far, source });
  expect((await poll(near)).get('panel')).toMatchObject({ ok: true, sessions: 2 });
  const codes: unknown[] = [];
  for (let sweeps = 0; sweeps < 2; sweeps += 1) codes.push((await poll(near)).get('panel')?.error?.code);
  expect(codes).toContain('quota');
  expect(await total(near, 'state:active')).toBe(2);
});

it('trap 4: plans no request for a session that is known by a suffix only, and sends none', async () => {
  const { api, near } = await portal([portalSession(Date.now() - DAY_MS)]);
  await poll(near);
  const plan = await near.call.revocations.plan({ query: '' });
  expect(plan.counts).toEqual({ skipped: 1 });
  expect(JSON.stringify(api.requests)).not.toContain('same01');
});
