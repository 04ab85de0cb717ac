import { describe, expect, it } from 'vitest';
import { appSession, startAppApi } from '../support/app-session.ts';
import { poll, type TestEngine } from '../support/engine.ts';
import { sendJson, startLoopback } from '../support/loopback-server.ts';
import { CHROME, panelSession, startPanelApi } from '../support/panel-session.ts';
import { startSixApis } from '../support/six-apis.ts';
import { engineOn, type FarSide } from '../support/tethered-engine.ts';

const HOUR_MS = 3_600_000;
const HOME_IP = '91.64.0.10';
const SINGAPORE_IP = '119.74.193.10';

/** A panel that answers exactly these rows, whatever a real one would say. */
async function panelOf(rows: readonly Record<string, unknown>[]): Promise<FarSide> {
  const data = rows.map((row, n) => ({ token: `token-${n}`, isCurrent: false, ...row }));
  const pagination = { page: 1, perPage: 100, total: data.length, totalPages: 1 };
  const api = await startLoopback((_, response) =>
    sendJson(response, 200, { data, currentToken: null, pagination }),
  );
  const auth = { cookie: { env: 'PANEL_COOKIE' } };
  return {
    api,
    source: { id: 'panel', kind: 'xyrapanel', url: api.url, auth },
    env: new Map([['PANEL_COOKIE', 'better-auth.session_token=own.sig']]),
  };
}

const rowsOf = async ({ call }: TestEngine, query: string, sort: string | null = null) =>
  (await call.sessions.list({ query, sort })).rows;

describe('trap 6: times', () => {
  it('of a panel that invents the start are unknown, and those it knows are the same in every spelling', async () => {
    const expiresAt = '2030-01-31T10:00:00Z';
    const near = await engineOn(
      await panelOf([
        { issuedAt: '2030-01-01T10:00:00.000Z', expiresAt, expiresAtTimestamp: Date.parse(expiresAt) },
        { firstSeenAt: '2026-01-02T03:04:05Z', expiresAtTimestamp: Date.parse(expiresAt) },
        { firstSeenAt: 0, expiresAt: '1970-01-01T00:00:00.000Z', lastSeenAt: '' },
        { firstSeenAt: 1_767_323_045, expiresAtTimestamp: 8.64e15 },
      ]),
    );
    expect((await poll(near)).get('panel')).toMatchObject({ ok: true, sessions: 4 });
    const times = (await rowsOf(near, '')).map(
      ({ startedAt, startedAtQuality, expiresAt: end, lastSeenAt }) =>
        [startedAt, startedAtQuality, end, lastSeenAt].join(),
    );
    const end = '2030-01-31T10:00:00.000Z';
    expect(times.sort()).toEqual(
      [`,missing,${end},`, `2026-01-02T03:04:05.000Z,reported,${end},`, ',missing,,', ',missing,,'].sort(),
    );
  });

  it('that contradict each other in one row cost the listing, and end nothing', async () => {
    const expiresAt = new Date(Date.now() + HOUR_MS).toISOString();
    const near = await engineOn(await panelOf([{ expiresAt, expiresAtTimestamp: Date.now() }]));
    expect((await poll(near)).get('panel')).toMatchObject({ ok: false, error: { code: 'bad-answer' } });
  });

  it('of an expiry that moves are a refresh of the session, not another one', async () => {
    const far = await startAppApi({ sessions: [appSession('one')] });
    const near = await engineOn(far);
    await poll(near);
    const [before] = await rowsOf(near, 'user:ann');
    for (const session of far.api.sessions) session.expiresAtMs += 24 * HOUR_MS;
    expect((await poll(near)).get('app')).toMatchObject({ new: 0, ended: 0, observations: 2 });
    const [after] = await rowsOf(near, 'user:ann');
    expect(after?.key).toBe(before?.key);
    expect(Date.parse(after?.expiresAt ?? '') - Date.parse(before?.expiresAt ?? '')).toBe(24 * HOUR_MS);
  });

  it.each([
    ['an hour ago', -HOUR_MS, ['impossible-travel']],
    ['in half an hour', HOUR_MS / 2, []],
  ])('of a start %s are judged only once they can be true', async (_, offsetMs, rules) => {
    const far = await startAppApi({
      sessions: [
        appSession('home', { createdAtMs: Date.now() - 2 * HOUR_MS }),
        appSession('away', { createdAtMs: Date.now() + offsetMs, ipAddress: SINGAPORE_IP }),
      ],
    });
    const near = await engineOn(far);
    await poll(near);
    const found = (await near.call.findings.list({})).rows.map(({ rule }) => rule);
    expect(found.filter((rule) => rule === 'impossible-travel')).toEqual(rules);
    expect(await rowsOf(near, `ip:${SINGAPORE_IP}`)).toHaveLength(1);
  });
});

it('trap 8: calls a session expired from the moment its time has come, listed or not', async () => {
  const far = await startPanelApi({
    sessions: [
      panelSession('own'),
      panelSession('past', { expiresAtMs: Date.now() - HOUR_MS }),
      panelSession('soon', { expiresAtMs: Date.now() + HOUR_MS }),
    ],
  });
  const near = await engineOn(far);
  expect((await poll(near)).get('panel')).toMatchObject({ sessions: 3 });
  const count = async (query: string) => (await rowsOf(near, query)).length;
  expect([await count('state:active'), await count('state:expired')]).toEqual([2, 1]);
  near.clock.skip(2 * HOUR_MS);
  expect([await count('state:active'), await count('state:expired')]).toEqual([1, 2]);
  expect((await poll(near)).get('panel')).toMatchObject({ sessions: 3, ended: 0 });
  expect(await count('state:expired')).toBe(2);
});

it('trap 9: leaves a missing last-seen unknown, and last in both directions', async () => {
  const far = await startSixApis();
  const near = await engineOn({ api: far, env: far.env, source: far.sources[0] ?? expect.fail() });
  await near.engine.sources.import({ sources: far.sources });
  await poll(near);
  const up = (await rowsOf(near, '', 'lastSeenAt')).map(({ lastSeenAt }) => lastSeenAt);
  const down = (await rowsOf(near, '', '-lastSeenAt')).map(({ lastSeenAt }) => lastSeenAt);
  const known = up.filter((at) => at !== null);
  expect(known.length).toBeGreaterThan(2);
  expect(up.length).toBeGreaterThan(known.length);
  const unknown = Array.from({ length: up.length - known.length }, () => null);
  expect(up).toEqual([...known.toSorted(), ...unknown]);
  expect(down).toEqual([...known.toSorted().reverse(), ...unknown]);
});

it('trap 10: judges a journey between /64 networks, and none from an address that has no place', async () => {
  const at = (minutes: number, ipAddress: string) =>
    appSession(`at-${minutes}`, { createdAtMs: Date.now() - minutes * 60_000, ipAddress });
  const six = '2a02:2454:0040:0000:0000:0000:0000:0000';
  const far = await startAppApi({ sessions: [at(50, six), at(20, SINGAPORE_IP)] });
  const near = await engineOn(far);
  await poll(near);
  const [finding] = (await near.call.findings.list({ query: 'finding:impossible-travel' })).rows;
  expect(finding?.sessions).toHaveLength(2);
  expect(JSON.stringify(finding?.evidence)).toContain('2a02:2454:40::');

  const placeless = ['10.1.2.3', '127.0.0.1', '169.254.1.1', '100.64.0.1', '203.0.113.7', 'fe80::1', ''];
  const nowhere = await startAppApi({
    sessions: [at(90, HOME_IP), ...placeless.map((ip, n) => at(60 - n, ip))],
  });
  const other = await engineOn(nowhere);
  await poll(other);
  expect((await other.call.findings.list({ query: 'finding:impossible-travel' })).total).toBe(0);
  expect((await rowsOf(other, 'user:ann country:*')).map(({ ip }) => ip)).toEqual([HOME_IP]);
});

it('trap 11: takes every spelling of an address for that address, and a word for none', async () => {
  const spellings = [
    ...['2001:0db8:0000:0000:0000:0000:0000:0000', '2001:db8::', '[2001:DB8::]:443'],
    ...['::ffff:91.64.0.10', '91.64.0.10', '91.64.0.10:50123', '91.64.0.10, 10.0.0.1'],
    ...['', 'Unknown', 'localhost', 'unix:'],
  ];
  const sessions = spellings.map((ipAddress, n) => appSession(`session-${n}`, { ipAddress }));
  const near = await engineOn(await startAppApi({ sessions }));
  await poll(near);
  const counted = async (query: string) => (await rowsOf(near, `user:ann ${query}`)).length;
  expect(await counted('ip:2001:db8::')).toBe(3);
  expect(await counted(`ip:${HOME_IP}`)).toBe(4);
  expect((await rowsOf(near, 'user:ann')).filter(({ ip }) => ip === null).length).toBeGreaterThanOrEqual(3);
});

it('trap 16: reads user agents itself where the server misreads them, and keeps the text', async () => {
  const android = CHROME.replace('Windows NT 10.0; Win64; x64', 'Linux; Android 14; Pixel 8').replace(
    'Safari',
    'Mobile Safari',
  );
  const far = await startPanelApi({
    sessions: [
      panelSession('own'),
      panelSession('a', { userAgent: android }),
      panelSession('b', { userAgent: null }),
    ],
  });
  const near = await engineOn(far);
  await poll(near);
  expect(await rowsOf(near, 'os:android')).toMatchObject([{ userAgent: android, deviceKind: 'mobile' }]);
  expect(await rowsOf(near, 'os:linux')).toEqual([]);
  const unknown = (await rowsOf(near, '')).filter(({ userAgent }) => userAgent === null);
  expect(unknown).toMatchObject([{ browser: null, os: null, deviceKind: 'unknown', ip: HOME_IP }]);
});
