import { afterEach, describe, expect, it } from 'vitest';
import { hapi7331 } from '../../../src/engine/source/7331-hapi/source.ts';
import type { Source } from '../../../src/engine/source/source.ts';
import { errorOf, everyPrint, faultOf, openAdapter, sweepOf } from '../../support/adapter.ts';
import { itTellsFaultsFromEmptiness } from '../../support/listing-faults.ts';
import { sendJson, startLoopback, type LoopbackServer } from '../../support/loopback-server.ts';

/** The body of the documentation, word for word. */
const documented = {
  sessions: [
    {
      token_suffix: 'abc123',
      created_at: '2026-03-01T10:00:00Z',
      expires_at: '2026-03-31T10:00:00Z',
      client_ip: '203.0.113.1',
      geo: { country: 'US', city: 'San Francisco', region: 'California' },
      is_current: true,
    },
    {
      token_suffix: 'xyz789',
      created_at: '2026-02-20T08:00:00Z',
      expires_at: '2026-03-22T08:00:00Z',
      client_ip: '198.51.100.5',
      geo: { country: 'DE', city: 'Berlin', region: 'Berlin' },
      is_current: false,
    },
  ],
  geo_map: {
    '203.0.113.1': { country: 'US', city: 'San Francisco', region: 'California' },
    '198.51.100.5': { country: 'DE', city: 'Berlin', region: 'Berlin' },
  },
  login_history: { '203.0.113.1': [{ ts: '2026-03-01T10:00:00Z', ua: 'Mozilla/5.0' }] },
};
const [current, other] = documented.sessions;
const signal = new AbortController().signal;

const servers: LoopbackServer[] = [];
const sources: Source[] = [];
afterEach(async () => {
  await Promise.all(sources.splice(0).map((source) => source.close()));
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

function open(url: string, more: object = {}): Source {
  const config = { id: 'old', kind: '7331-hapi', url, auth: { cookie: { env: 'COOKIE' } }, ...more };
  const source = openAdapter(hapi7331, config, { secrets: { COOKIE: 'hsession=planted-hapi-cookie' } });
  sources.push(source);
  return source;
}

async function serve(body: unknown, status = 200): Promise<LoopbackServer> {
  const server = await startLoopback((_request, response) => sendJson(response, status, body));
  servers.push(server);
  return server;
}

async function sweep(body: unknown) {
  const { url } = await serve(body);
  return sweepOf(open(url));
}

describe('listing 7331 (hapi)', () => {
  it('reads the documented answer with one request that carries the cookie', async () => {
    const server = await serve(documented);
    const { rows, end } = await sweepOf(open(server.url));
    expect(end).toEqual({ complete: true });
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({
      hint: 'c123',
      user: null,
      isCurrent: true,
      state: 'active',
      startedAtMs: Date.parse('2026-03-01T10:00:00Z'),
      startedAtQuality: 'reported',
      expiresAtMs: Date.parse('2026-03-31T10:00:00Z'),
      ip: '203.0.113.1',
      userAgent: 'Mozilla/5.0',
      place: { country: 'US', region: 'California', city: 'San Francisco', lat: null, lon: null },
    });
    expect(server.received).toHaveLength(1);
    expect(server.received[0]).toMatchObject({ method: 'GET', url: '/v1/users/me/sessions' });
    expect(server.received[0]?.headers.cookie).toBe('hsession=planted-hapi-cookie');
  });

  it('reports every entry of the login history as a login at a place, tied to the session it began', async () => {
    const history = {
      '203.0.113.1': [
        { ts: '2026-03-01T10:00:00Z', ua: 'Mozilla/5.0' },
        { ts: '2026-02-01T07:00:00Z', ua: 'curl/8.0' },
      ],
    };
    const { pages, rows } = await sweep({ ...documented, login_history: history });
    expect(pages[0]?.events).toEqual([
      expect.objectContaining({
        atMs: Date.parse('2026-03-01T10:00:00Z'),
        kind: 'login',
        outcome: 'success',
        ip: '203.0.113.1',
        userAgent: 'Mozilla/5.0',
        sessionIdentity: rows[0]?.identity,
      }),
      expect.objectContaining({ userAgent: 'curl/8.0', sessionIdentity: null }),
    ]);
    expect(pages[0]?.events[1]?.place).toMatchObject({ country: 'US', city: 'San Francisco' });
  });

  it('gives a session the user agent of the login nearest to its start, not of the newest', async () => {
    const history = {
      '203.0.113.1': [
        { ts: '2026-03-09T10:00:00Z', ua: 'newest' },
        { ts: '2026-03-01T10:00:07Z', ua: 'nearest' },
        { ts: '2026-02-01T10:00:00Z', ua: 'oldest' },
      ],
    };
    const { rows } = await sweep({ ...documented, login_history: history });
    expect(rows[0]?.userAgent).toBe('nearest');
  });

  it('trap 7: leaves the user agent unknown where the login history lacks the address', async () => {
    const { rows } = await sweep(documented);
    expect(rows[1]).toMatchObject({ ip: '198.51.100.5', userAgent: null });
  });

  it('trap 11: joins an address with its other spelling in the login history', async () => {
    const session = { ...current, client_ip: '2001:0db8:0000:0000:0000:0000:0000:0001', geo: null };
    const { rows } = await sweep({
      sessions: [session, { ...other, client_ip: '::ffff:198.51.100.5' }],
      geo_map: { '2001:db8::1': { country: 'fr', city: 'Lyon', region: null } },
      login_history: {
        '2001:db8::1': [{ ts: '2026-03-01T10:00:00Z', ua: 'six' }],
        '198.51.100.5': [{ ts: '2026-02-20T08:00:00Z', ua: 'four' }],
      },
    });
    expect(rows.map(({ userAgent }) => userAgent)).toEqual(['six', 'four']);
    expect(rows[0]?.place).toMatchObject({ country: 'FR', city: 'Lyon' });
  });

  it('trap 4: keeps sessions of one suffix apart by their start, however the start is written', async () => {
    const { rows, end } = await sweep({
      ...documented,
      sessions: [current, { ...current, created_at: '2026-03-02T10:00:00Z' }],
    });
    expect(end).toEqual({ complete: true });
    expect(new Set(rows.map(({ identity }) => identity)).size).toBe(2);

    const again = await sweep({ sessions: [{ ...current, created_at: '2026-03-01T10:00:00.000+00:00' }] });
    expect(again.rows[0]?.identity).toBe(rows[0]?.identity);
  });

  it('trap 4: never merges two sessions of one suffix and one start without saying so', async () => {
    const swept = await sweep({ sessions: [current, { ...current, client_ip: '192.0.2.9' }] });
    expect(swept.rows).toHaveLength(1);
    expect(swept.pages[0]?.rejected).toEqual([
      { index: 1, reason: expect.stringContaining('suffix') as string },
    ]);
    expect(faultOf(swept)).toBe('bad-answer');
  });

  it('trap 4: never sends a suffix, in whatever way the source is used', async () => {
    const server = await serve(documented);
    const source = open(server.url);
    const { rows } = await sweepOf(source);
    await source.account(signal);
    for (const row of rows) await errorOf(source.revoke({ native: row.native, user: null }, signal));
    expect(JSON.stringify(server.received)).not.toMatch(/abc123|xyz789/);
  });

  it('trap 6: takes times with and without milliseconds, and no time at all for unknown', async () => {
    const { rows } = await sweep({
      sessions: [
        { ...current, created_at: '2026-03-01T10:00:00.250Z', expires_at: null },
        { ...other, expires_at: '0001-01-01T00:00:00Z' },
      ],
    });
    expect(rows.map(({ startedAtMs }) => startedAtMs)).toEqual([
      Date.parse('2026-03-01T10:00:00.250Z'),
      Date.parse('2026-02-20T08:00:00Z'),
    ]);
    expect(rows.map(({ expiresAtMs }) => expiresAtMs)).toEqual([null, null]);
  });

  it('trap 9: knows no last-seen and makes none up', async () => {
    const { rows } = await sweep(documented);
    expect(rows.map(({ lastSeenAtMs }) => lastSeenAtMs)).toEqual([null, null]);
  });

  it('trap 19: cuts texts of an attacker and takes no country that is none', async () => {
    const { rows } = await sweep({
      sessions: [{ ...current, geo: { country: '<script>', city: 'x'.repeat(5000), region: 7 } }],
      login_history: { '203.0.113.1': [{ ts: '2026-03-01T10:00:00Z', ua: 'u'.repeat(100_000) }] },
    });
    expect(rows[0]?.userAgent).toHaveLength(1024);
    expect(rows[0]?.place).toMatchObject({ country: null, region: null });
    expect(rows[0]?.place?.city).toHaveLength(128);
  });

  it('reads a session that tells nothing but who it is', async () => {
    const bare = { token_suffix: 'abc123', created_at: '2026-03-01T10:00:00Z' };
    const { rows, end } = await sweep({ sessions: [bare, { ...bare, token_suffix: 'def456', geo: {} }] });
    expect(end).toEqual({ complete: true });
    expect(rows.map(({ isCurrent, ip, place, userAgent }) => [isCurrent, ip, place, userAgent])).toEqual([
      [null, null, null, null],
      [null, null, null, null],
    ]);
  });

  it('reports a session it can not understand, reads the rest, and concludes nothing from absence', async () => {
    const swept = await sweep({ ...documented, sessions: [{ ...current, created_at: 'soon' }, 7, other] });
    expect(swept.rows.map(({ hint }) => hint)).toEqual(['z789']);
    expect(swept.pages[0]?.rejected.map(({ index }) => index)).toEqual([0, 1]);
    expect(faultOf(swept)).toBe('bad-answer');
  });

  it('lets a login it can not understand cost that login only', async () => {
    const swept = await sweep({ ...documented, login_history: { '203.0.113.1': [{ ts: 'x', ua: 'y' }] } });
    expect(swept.end).toEqual({ complete: true });
    expect(swept.pages[0]?.rejected).toHaveLength(1);
    expect(swept.rows).toHaveLength(2);
  });

  it('takes an empty list for a complete one, and unknown fields for nothing', async () => {
    const { end, rows } = await sweep({ sessions: [], geo_map: {}, login_history: {}, new_in_v9: true });
    expect(rows).toEqual([]);
    expect(end).toEqual({ complete: true });
  });
});

describe('7331 (hapi) as a source', () => {
  it('can end nothing: says so in its capabilities and in a sentence, without a request', async () => {
    const server = await serve(documented);
    const source = open(server.url);
    expect(source.capabilities).toMatchObject({
      canRevokeOne: false,
      canRevokeUser: false,
      canRevokeOthers: false,
    });
    const error = await errorOf(source.revoke({ native: 'abc123', user: null }, signal));
    expect(error).toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('only be read') as string,
    });
    expect(server.received).toEqual([]);
  });

  it('is the account of its configured owner, else unknown', async () => {
    const owner = { id: 'ann', name: 'Ann', email: 'ann@example.com' };
    expect(await open('http://127.0.0.1:9', { owner }).account(signal)).toEqual({ ...owner, known: true });
    expect(await open('http://127.0.0.1:9').account(signal)).toMatchObject({ id: 'me', known: false });
  });

  it('trap 3: prints its cookie nowhere', async () => {
    const server = await serve({ error: 'planted-hapi-cookie' }, 401);
    const swept = await sweepOf(open(server.url));
    const good = await sweep(documented);
    expect(everyPrint(swept, swept.error, good)).not.toContain('planted-hapi-cookie');
  });

  it('trap 15: takes a 401 for a credential that is no longer accepted, whatever its body', async () => {
    const { url } = await serve('unknown shape', 401);
    expect(faultOf(await sweepOf(open(url)))).toBe('unauthorized');
  });

  it('trap 14: honours the wait that a 429 names', async () => {
    const server = await startLoopback((_request, response) => {
      sendJson(response, 429, { detail: 'slow down' }, { 'retry-after': '17' });
    });
    servers.push(server);
    const { error } = await sweepOf(open(server.url));
    expect(error).toMatchObject({ code: 'rate-limited', retryAfterMs: 17_000 });
  });

  itTellsFaultsFromEmptiness((url) => open(url));
});
