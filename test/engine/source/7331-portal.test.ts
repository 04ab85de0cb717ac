import { afterEach, describe, expect, it } from 'vitest';
import { portal7331 } from '../../../src/engine/source/7331-portal/source.ts';
import type { Source } from '../../../src/engine/source/source.ts';
import { errorOf, everyPrint, faultOf, openAdapter, sweepOf } from '../../support/adapter.ts';
import { itTellsFaultsFromEmptiness } from '../../support/listing-faults.ts';
import { sendJson, startLoopback, type LoopbackServer } from '../../support/loopback-server.ts';

const berlin = {
  city: 'Berlin',
  region_name: 'Berlin',
  country_code: 'DE',
  lat: 52.52,
  lon: 13.405,
  isp: 'Deutsche Telekom',
  org: 'Deutsche Telekom',
  is_mobile: false,
  is_proxy: false,
  is_hosting: false,
};
/** The body of the documentation, word for word. */
const documented = {
  sessions: [
    {
      token_suffix: 'abc123',
      created_at: '2026-03-01T10:00:00Z',
      expires_at: '2026-03-31T10:00:00Z',
      client_ip: '203.0.113.1',
      user_agent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)',
      geo: {
        city: 'San Francisco',
        region_name: 'California',
        country_code: 'US',
        lat: 37.7749,
        lon: -122.4194,
        isp: 'Comcast',
        org: 'Comcast',
        is_mobile: false,
        is_proxy: false,
        is_hosting: false,
      },
      is_current: true,
    },
  ],
  history: [
    {
      token_suffix: 'xyz789',
      created_at: '2026-02-20T08:00:00Z',
      client_ip: '198.51.100.5',
      user_agent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)',
      geo: berlin,
    },
  ],
};
const [active] = documented.sessions;
const [ended] = documented.history;
const signal = new AbortController().signal;

const servers: LoopbackServer[] = [];
const sources: Source[] = [];
afterEach(async () => {
  await Promise.all(sources.splice(0).map((source) => source.close()));
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

function open(url: string, more: object = {}): Source {
  const config = { id: 'portal', kind: '7331-portal', url, auth: { cookie: { env: 'COOKIE' } }, ...more };
  const source = openAdapter(portal7331, config, { secrets: { COOKIE: 'psession=planted-portal-cookie' } });
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

describe('listing 7331 (portal)', () => {
  it('reads the documented answer with one request that carries the cookie', async () => {
    const server = await serve(documented);
    const { rows, end } = await sweepOf(open(server.url));
    expect(end).toEqual({ complete: true });
    expect(rows).toEqual([
      expect.objectContaining({
        hint: 'c123',
        isCurrent: true,
        state: 'active',
        startedAtMs: Date.parse('2026-03-01T10:00:00Z'),
        startedAtQuality: 'reported',
        expiresAtMs: Date.parse('2026-03-31T10:00:00Z'),
        lastSeenAtMs: null,
        ip: '203.0.113.1',
        userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)',
        place: {
          country: 'US',
          region: 'California',
          city: 'San Francisco',
          lat: 37.7749,
          lon: -122.4194,
          accuracyKm: null,
        },
        network: { asn: null, org: 'Comcast', kinds: [] },
      }),
    ]);
    expect(server.received).toHaveLength(1);
    expect(server.received[0]).toMatchObject({ method: 'GET', url: '/v1/users/me/sessions' });
    expect(server.received[0]?.headers.cookie).toBe('psession=planted-portal-cookie');
  });

  it('gives history as ended sessions beside the listing, not in it', async () => {
    const { pages } = await sweep(documented);
    expect(pages[0]?.history).toEqual([
      expect.objectContaining({ state: 'ended', isCurrent: false, expiresAtMs: null, ip: '198.51.100.5' }),
    ]);
  });

  it('trap 7: knows a session that moved to the history for the one it was', async () => {
    const before = await sweep(documented);
    const moved = { ...active, is_current: undefined, expires_at: undefined };
    const after = await sweep({ sessions: [], history: [moved, ended] });
    expect(after.pages[0]?.history[0]?.identity).toBe(before.rows[0]?.identity);
    expect(after.end).toEqual({ complete: true });
  });

  it('trap 7: believes the listing where a session stands in both lists', async () => {
    const { pages, rows } = await sweep({ sessions: [active], history: [active, ended] });
    expect(rows.map(({ state }) => state)).toEqual(['active']);
    expect(pages[0]?.history.map(({ hint }) => hint)).toEqual(['z789']);
  });

  it('trap 4: keeps sessions of one suffix apart by their start, in and across the lists', async () => {
    const { pages, rows } = await sweep({
      sessions: [active, { ...active, created_at: '2026-03-02T10:00:00Z' }],
      history: [{ ...ended, token_suffix: 'abc123' }],
    });
    const all = [...rows, ...(pages[0]?.history ?? [])];
    expect(new Set(all.map(({ identity }) => identity)).size).toBe(3);
  });

  it('trap 4: never merges two sessions of one suffix and one start without saying so', async () => {
    const swept = await sweep({ sessions: [active, { ...active, client_ip: '192.0.2.9' }], history: [] });
    expect(swept.pages[0]?.rejected).toEqual([
      { index: 1, reason: expect.stringContaining('suffix') as string },
    ]);
    expect(faultOf(swept)).toBe('bad-answer');
  });

  it('drops a session that is listed twice in the same words', async () => {
    const { rows, end } = await sweep({ sessions: [active, active], history: [] });
    expect(rows).toHaveLength(1);
    expect(end).toEqual({ complete: true });
  });

  it('trap 4: never sends a suffix, in whatever way the source is used', async () => {
    const server = await serve(documented);
    const source = open(server.url);
    const { rows } = await sweepOf(source);
    for (const row of rows) await errorOf(source.revoke({ native: row.native, user: null }, signal));
    expect(JSON.stringify(server.received)).not.toMatch(/abc123|xyz789/);
  });

  it.each([
    [{ is_mobile: true }, ['cellular']],
    [{ is_proxy: true, is_hosting: true }, ['proxy', 'hosting']],
    [{ is_mobile: 'yes' }, []],
  ])('reads the network flags %j as %j', async (flags, kinds) => {
    const { rows } = await sweep({ sessions: [{ ...active, geo: { ...berlin, ...flags } }], history: [] });
    expect(rows[0]?.network?.kinds).toEqual(kinds);
  });

  it('names the provider where the organisation is missing', async () => {
    const { rows } = await sweep({ sessions: [{ ...active, geo: { ...berlin, org: '' } }], history: [] });
    expect(rows[0]?.network?.org).toBe('Deutsche Telekom');
  });

  it.each([
    ['0/0', { lat: 0, lon: 0 }],
    ['one coordinate', { lat: 52.5, lon: null }],
    ['impossible numbers', { lat: 91, lon: 13 }],
    ['texts', { lat: '52.5', lon: '13.4' }],
  ])('trap 10: takes %s for no coordinates, and keeps the city', async (_name, point) => {
    const { rows } = await sweep({ sessions: [{ ...active, geo: { ...berlin, ...point } }], history: [] });
    expect(rows[0]?.place).toMatchObject({ lat: null, lon: null, city: 'Berlin' });
  });

  it('trap 10: gives no place at all where the source knows none', async () => {
    const { rows } = await sweep({
      sessions: [{ ...active, geo: null, client_ip: '10.0.0.7' }],
      history: [],
    });
    expect(rows[0]).toMatchObject({ place: null, network: null, ip: '10.0.0.7' });
  });

  it('trap 8: leaves an expiry in the past for the engine to judge', async () => {
    const { rows } = await sweep({
      sessions: [{ ...active, expires_at: '2026-01-01T00:00:00Z' }],
      history: [],
    });
    expect(rows[0]).toMatchObject({ state: 'active', expiresAtMs: Date.parse('2026-01-01T00:00:00Z') });
  });

  it('reads a session that tells nothing but who it is', async () => {
    const bare = { token_suffix: 'abc123', created_at: '2026-03-01T10:00:00Z' };
    const { rows, end } = await sweep({ sessions: [bare, { ...bare, token_suffix: 'def456', geo: {} }] });
    expect(end).toEqual({ complete: true });
    expect(rows.map(({ isCurrent, ip, place, network }) => [isCurrent, ip, place, network])).toEqual([
      [null, null, null, null],
      [null, null, null, null],
    ]);
  });

  it('reports a session it can not understand and concludes nothing from absence', async () => {
    const swept = await sweep({ sessions: [active, { token_suffix: 'q' }], history: [] });
    expect(swept.rows).toHaveLength(1);
    expect(swept.pages[0]?.rejected[0]).toEqual({
      index: 1,
      reason: expect.stringContaining('created_at') as string,
    });
    expect(faultOf(swept)).toBe('bad-answer');
  });

  it('lets a history entry it can not understand cost that entry only', async () => {
    const swept = await sweep({ sessions: [active], history: [{ token_suffix: 'q' }, ended] });
    expect(swept.end).toEqual({ complete: true });
    expect(swept.pages[0]?.history).toHaveLength(1);
    expect(swept.pages[0]?.rejected[0]?.reason).toContain('in the history');
  });
});

describe('7331 (portal) as a source', () => {
  it('can end nothing: says so in its capabilities and in a sentence, without a request', async () => {
    const server = await serve(documented);
    const source = open(server.url);
    expect(source.capabilities).toMatchObject({
      canRevokeOne: false,
      canRevokeUser: false,
      canRevokeOthers: false,
      history: 'endedSessions',
      geo: 'coordinates',
      hasNetworkFlags: true,
    });
    const error = await errorOf(source.revoke({ native: 'abc123', user: null }, signal));
    expect(error).toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('only be read') as string,
    });
    expect(server.received).toEqual([]);
  });

  it('is the account of its configured owner, else unknown', async () => {
    expect(await open('http://127.0.0.1:9', { owner: { id: 'ann' } }).account(signal)).toEqual({
      id: 'ann',
      name: null,
      email: null,
      known: true,
    });
    expect(await open('http://127.0.0.1:9').account(signal)).toMatchObject({ id: 'me', known: false });
  });

  it('trap 3: prints its cookie nowhere', async () => {
    const server = await serve({ error: 'planted-portal-cookie' }, 401);
    const swept = await sweepOf(open(server.url));
    const good = await sweep(documented);
    expect(everyPrint(swept, swept.error, good)).not.toContain('planted-portal-cookie');
  });

  it('trap 15: takes a 401 for a credential that is no longer accepted, whatever its body', async () => {
    const { url } = await serve('unknown shape', 401);
    expect(faultOf(await sweepOf(open(url)))).toBe('unauthorized');
  });

  itTellsFaultsFromEmptiness((url) => open(url));
});
