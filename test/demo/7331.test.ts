import { afterEach, describe, expect, it } from 'vitest';
import { createApi } from '../../src/demo/api/create-api.ts';
import { testClock } from '../support/clock.ts';
import { asking } from './asking.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((api) => api.close()));
});

const path = '/v1/users/me/sessions';
const at = (text: string) => Date.parse(text);
const sanFrancisco = { country: 'US', city: 'San Francisco', region: 'California' };
const berlin = { country: 'DE', city: 'Berlin', region: 'Berlin' };

describe('the older 7331 interface', () => {
  async function start(callsPerMinute: number | null = null) {
    const api = await createApi('7331-hapi', {
      clock: testClock(at('2026-03-02T00:00:00Z')),
      cookies: ['live'],
      callsPerMinute,
      sessions: [
        {
          suffix: 'abc123',
          createdAtMs: at('2026-03-01T10:00:00Z'),
          expiresAtMs: at('2026-03-31T10:00:00Z'),
          ip: '203.0.113.1',
          geo: sanFrancisco,
          isCurrent: true,
        },
        {
          suffix: 'xyz789',
          createdAtMs: at('2026-02-20T08:00:00Z'),
          expiresAtMs: at('2026-03-22T08:00:00Z'),
          ip: '198.51.100.5',
          geo: berlin,
          isCurrent: false,
        },
      ],
      logins: [
        { ip: '203.0.113.1', atMs: at('2026-02-01T10:00:00Z'), userAgent: 'Old', geo: sanFrancisco },
        { ip: '203.0.113.1', atMs: at('2026-03-01T10:00:00Z'), userAgent: 'Mozilla/5.0', geo: sanFrancisco },
      ],
    });
    open.push(api);
    return { api, ask: asking(api.url) };
  }

  it("answers the documentation's example, history newest first", async () => {
    const { ask } = await start();
    expect((await ask('GET', path, { headers: { cookie: 'hsession=live' } })).json).toEqual({
      sessions: [
        {
          token_suffix: 'abc123',
          created_at: '2026-03-01T10:00:00Z',
          expires_at: '2026-03-31T10:00:00Z',
          client_ip: '203.0.113.1',
          geo: sanFrancisco,
          is_current: true,
        },
        {
          token_suffix: 'xyz789',
          created_at: '2026-02-20T08:00:00Z',
          expires_at: '2026-03-22T08:00:00Z',
          client_ip: '198.51.100.5',
          geo: berlin,
          is_current: false,
        },
      ],
      geo_map: { '203.0.113.1': sanFrancisco, '198.51.100.5': berlin },
      login_history: {
        '203.0.113.1': [
          { ts: '2026-03-01T10:00:00Z', ua: 'Mozilla/5.0' },
          { ts: '2026-02-01T10:00:00Z', ua: 'Old' },
        ],
      },
    });
  });

  it('has no way to end a session, lets no stranger in and limits calls', async () => {
    const { ask } = await start(2);
    const headers = { cookie: 'hsession=live' };
    expect((await ask('DELETE', path, { headers })).status).toBe(404);
    expect((await ask('GET', path, { headers: { cookie: 'hsession=dead' } })).status).toBe(401);
    expect((await ask('GET', path, { headers })).status).toBe(429);
  });
});

describe('the newer 7331 interface', () => {
  const geo = {
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

  it('moves a session from the active ones to history as it ends, under the same suffix and start', async () => {
    const api = await createApi('7331-portal', {
      clock: testClock(at('2026-03-02T00:00:00Z')),
      cookies: ['live'],
      sessions: [
        {
          suffix: 'xyz789',
          createdAtMs: at('2026-02-20T08:00:00Z'),
          expiresAtMs: at('2026-03-22T08:00:00Z'),
          ip: '198.51.100.5',
          userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)',
          geo,
          isCurrent: false,
          endedAtMs: null,
        },
      ],
    });
    open.push(api);
    const get = () => asking(api.url)('GET', path, { headers: { cookie: 'psession=live' } });
    const past = {
      token_suffix: 'xyz789',
      created_at: '2026-02-20T08:00:00Z',
      client_ip: '198.51.100.5',
      user_agent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)',
      geo,
    };
    expect((await get()).json).toEqual({
      sessions: [{ ...past, expires_at: '2026-03-22T08:00:00Z', is_current: false }],
      history: [],
    });
    for (const session of api.sessions) session.endedAtMs = at('2026-03-01T00:00:00Z');
    expect((await get()).json).toEqual({ sessions: [], history: [past] });
  });
});
