import { afterEach, describe, expect, it } from 'vitest';
import type { Source } from '../../../../src/engine/source/source.ts';
import { xyrapanel } from '../../../../src/engine/source/xyrapanel/source.ts';
import { faultOf, openAdapter, sweepOf, type Swept } from '../../../support/adapter.ts';
import { itTellsFaultsFromEmptiness } from '../../../support/listing-faults.ts';
import { sendJson, type LoopbackServer } from '../../../support/loopback-server.ts';
import {
  ownRow,
  pagesOf,
  panelError,
  panelPage,
  panelRow,
  startPanel,
  type Listing,
  type PanelRow,
} from './panel.ts';

/** The documentation's only row and its answer; its two expiries are an hour apart. */
const documentedRow = {
  token: 'session_abc123xyz789',
  issuedAt: '2024-03-01T10:00:00.000Z',
  expiresAt: '2024-03-31T10:00:00.000Z',
  expiresAtTimestamp: 1711882800000,
  isCurrent: true,
  ipAddress: '192.168.1.100',
  userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36',
  browser: 'Chrome',
  os: 'Windows 10',
  device: 'Desktop',
  lastSeenAt: '2024-03-15T14:30:00.000Z',
  firstSeenAt: '2024-03-01T10:00:00.000Z',
  fingerprint: 'fp_1a2b3c4d5e6f',
};
const documented = (row: object) => ({
  data: [row],
  currentToken: 'session_abc123xyz789',
  pagination: { page: 1, perPage: 50, total: 1, totalPages: 1 },
});

const cookie = { cookie: { env: 'COOKIE' } };
const apiKey = { apiKey: { env: 'KEY' } };
const secrets = {
  COOKIE: 'theme=dark; better-auth.session_token=planted-cookie.sig; better-auth.session_data=planted-cache',
  KEY: 'planted-key',
};

const servers: LoopbackServer[] = [];
const sources: Source[] = [];
afterEach(async () => {
  await Promise.all(sources.splice(0).map((source) => source.close()));
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

function open(url: string, auth: object = cookie, isOrderedByHand = false): Source {
  const config = { id: 'panel', kind: 'xyrapanel', url, auth };
  const source = openAdapter(xyrapanel, config, { secrets, isOrderedByHand });
  sources.push(source);
  return source;
}

async function sweep(listing: Listing, auth: object = cookie, isOrderedByHand = false) {
  const server = await startPanel(listing);
  servers.push(server);
  const swept = await sweepOf(open(server.url, auth, isOrderedByHand));
  return { ...swept, asked: server.received.map(({ method, url }) => `${method} ${url}`) };
}

const many = (count: number, from = 1): PanelRow[] =>
  Array.from({ length: count }, (_, index) => panelRow(from + index));
const hints = ({ rows }: Swept) => rows.map(({ hint }) => hint);

describe('a row of XyraPanel', () => {
  it('is read from the documented shape', async () => {
    const { rows, end } = await sweep(() =>
      documented({ ...documentedRow, expiresAtTimestamp: 1711879200000 }),
    );
    expect(end).toEqual({ complete: true });
    expect(rows).toEqual([
      expect.objectContaining({
        hint: 'z789',
        user: null,
        isCurrent: true,
        state: 'active',
        startedAtMs: Date.parse('2024-03-01T10:00:00.000Z'),
        startedAtQuality: 'reported',
        lastSeenAtMs: Date.parse('2024-03-15T14:30:00.000Z'),
        expiresAtMs: 1711879200000,
        ip: '192.168.1.100',
        userAgent: documentedRow.userAgent,
      }),
    ]);
  });

  it('trap 6: makes a bad answer of two expiries that disagree, as those of the documentation do', async () => {
    const swept = await sweep(() => documented(documentedRow));
    expect(faultOf(swept)).toBe('bad-answer');
    expect(swept.error?.message).toContain('expiresAtTimestamp');
    expect(swept.rows).toEqual([]);
  });

  it('trap 6: takes either expiry where the other is missing', async () => {
    const { rows } = await sweep(() =>
      panelPage([panelRow(1, { expiresAt: null }), panelRow(2, { expiresAtTimestamp: null })]),
    );
    expect(rows.map(({ expiresAtMs }) => expiresAtMs)).toEqual([1796397535467, 1796397535467]);
  });

  it('trap 6: never believes issuedAt: without firstSeenAt the start is missing', async () => {
    const { rows } = await sweep(() => panelPage([ownRow, panelRow(2)]));
    expect(rows[0]).toMatchObject({
      startedAtMs: Date.parse('2026-11-20T15:19:09.785Z'),
      startedAtQuality: 'reported',
    });
    expect(rows[1]).toMatchObject({ startedAtMs: null, startedAtQuality: 'missing' });
    expect(JSON.stringify(rows)).not.toContain(String(Date.parse('2026-11-04T15:18:55.467Z')));
  });

  it('trap 6: is the same session after a refresh has moved its expiry', async () => {
    const later = { expiresAt: '2026-12-05T00:00:00.000Z', expiresAtTimestamp: Date.parse('2026-12-05') };
    const before = await sweep(() => panelPage([panelRow(2)]));
    const after = await sweep(() => panelPage([panelRow(2, later)]));
    expect(after.rows[0]?.identity).toBe(before.rows[0]?.identity);
    expect(after.rows[0]?.expiresAtMs).not.toBe(before.rows[0]?.expiresAtMs);
  });

  it('trap 8: is listed although it has expired, for the engine to judge', async () => {
    const past = { expiresAt: '2026-01-01T00:00:00.000Z', expiresAtTimestamp: Date.parse('2026-01-01') };
    const { rows, end } = await sweep(() => panelPage([panelRow(2, past)]));
    expect(rows[0]).toMatchObject({ state: 'active', expiresAtMs: Date.parse('2026-01-01') });
    expect(end).toEqual({ complete: true });
  });

  it('trap 9: has no last-seen where the panel has none', async () => {
    const { rows } = await sweep(() => panelPage([ownRow, panelRow(2)]));
    expect(rows.map(({ lastSeenAtMs }) => lastSeenAtMs)).toEqual([
      Date.parse('2026-11-20T15:19:09.785Z'),
      null,
    ]);
  });

  it('trap 10: is marked as our own poll where it is our own, because polling rewrites it', async () => {
    const { rows } = await sweep(() => panelPage([ownRow, panelRow(2)]));
    expect(rows.map(({ isCurrent, isOwnPoll }) => [isCurrent, isOwnPoll])).toEqual([
      [true, true],
      [false, false],
    ]);
  });

  it('trap 2: is neither current nor other with an API key, whatever the panel says', async () => {
    const { rows } = await sweep(() => panelPage([ownRow, panelRow(2)]), apiKey);
    expect(rows.map(({ isCurrent, isOwnPoll }) => [isCurrent, isOwnPoll])).toEqual([
      [null, false],
      [null, false],
    ]);
  });

  it('trap 16: takes "Unknown" for missing and never the panel\'s operating system', async () => {
    const unknown = {
      ipAddress: 'Unknown',
      userAgent: 'Unknown',
      browser: 'Unknown',
      os: 'Unknown',
      device: 'Unknown',
    };
    const { rows } = await sweep(() =>
      panelPage([panelRow(1, unknown), panelRow(2, { userAgent: null, os: 'Linux' }), panelRow(3)]),
    );
    expect(rows[0]).toMatchObject({ ip: null, userAgent: null, device: null });
    expect(rows[1]?.device).toEqual({
      browser: 'Chrome',
      browserVersion: null,
      os: null,
      osVersion: null,
      kind: 'mobile',
    });
    expect(rows[2]).toMatchObject({ userAgent: 'Mozilla/5.0 (Linux; Android 14; Pixel 8)', device: null });
  });

  it('trap 11: keeps a written-out /64 as the panel wrote it, for the enricher', async () => {
    const ipAddress = '2001:0db8:0000:0000:0000:0000:0000:0000';
    const { rows } = await sweep(() => panelPage([panelRow(1, { ipAddress })]));
    expect(rows[0]?.ip).toBe(ipAddress);
  });

  it('is read although it tells nothing but its token', async () => {
    const { rows, end } = await sweep(() => panelPage([{ token: 'planted-token-bare' }]));
    expect(end).toEqual({ complete: true });
    expect(rows[0]).toMatchObject({ hint: 'bare', isCurrent: null, expiresAtMs: null, ip: null });
  });

  it.each(['', '.', '..', '\ud800', 7])(
    'is refused when its token is %j, which no path can carry',
    async (token) => {
      const swept = await sweep(() => panelPage([{ ...panelRow(1), token }, panelRow(2)]));
      expect(hints(swept)).toEqual(['0002']);
      expect(swept.pages[0]?.rejected.map(({ index }) => index)).toEqual([0]);
      expect(faultOf(swept)).toBe('bad-answer');
    },
  );
});

describe('the pages of XyraPanel', () => {
  it('trap 12: asks for the largest page and, when it is short and reaches the total, for no other', async () => {
    const { asked, end } = await sweep(pagesOf(many(4)));
    expect(asked).toEqual(['GET /api/account/sessions?page=1&limit=100']);
    expect(end).toEqual({ complete: true });
  });

  it('trap 12: reads on until an empty page when the last one is full', async () => {
    const { asked, rows, end } = await sweep(pagesOf(many(200)));
    expect(asked).toHaveLength(3);
    expect(rows).toHaveLength(200);
    expect(end).toEqual({ complete: true });
  });

  it('trap 12: takes an empty listing for a complete one', async () => {
    const { asked, end } = await sweep(() => panelPage([]));
    expect(asked).toHaveLength(1);
    expect(end).toEqual({ complete: true });
  });

  it('trap 12: is not misled by a panel that makes its pages smaller than asked', async () => {
    const rows = many(70);
    const listing: Listing = (page) => panelPage(rows.slice((page - 1) * 50, page * 50), 70, page, 50);
    const swept = await sweep(listing);
    expect(swept.rows).toHaveLength(70);
    expect(swept.asked).toHaveLength(2);
    expect(swept.end).toEqual({ complete: true });
  });

  it('trap 12: drops duplicates of an unstable order and reads again for the rows that they pushed out', async () => {
    const rows = many(150);
    // The first time row 100 stands on both pages and row 101 on none.
    const listing: Listing = (page, call) => {
      const order = call === 2 ? [...rows.slice(0, 100), ...rows.slice(99, 100), ...rows.slice(101)] : rows;
      return panelPage(order.slice((page - 1) * 100, page * 100), 150, page);
    };
    const swept = await sweep(listing);
    expect(swept.end).toEqual({ complete: true });
    expect(new Set(hints(swept)).size).toBe(150);
    expect(swept.rows).toHaveLength(150);
    expect(swept.asked).toHaveLength(5);
  });

  it('trap 12: is incomplete when the total moves between pages at every reading', async () => {
    const rows = many(150);
    const listing: Listing = (page) =>
      panelPage(rows.slice((page - 1) * 100, page * 100), page === 1 ? 150 : 151, page);
    const swept = await sweep(listing);
    expect(faultOf(swept)).toBe('incomplete');
    expect(swept.rows).toHaveLength(150);
  });

  it('trap 12: is incomplete when fewer sessions are seen than the panel counts', async () => {
    const swept = await sweep((page) => panelPage(page === 1 ? many(3) : [], 5, page));
    expect(faultOf(swept)).toBe('incomplete');
    expect(swept.rows).toHaveLength(3);
  });

  it('trap 12: stops at a page that brings nothing new', async () => {
    const swept = await sweep(() => panelPage(many(100), 500));
    expect(swept.asked).toHaveLength(4);
    expect(swept.rows).toHaveLength(100);
    expect(faultOf(swept)).toBe('incomplete');
  });

  it('trap 12: stops at a cap and is incomplete then', async () => {
    const swept = await sweep((page) => panelPage(many(100, page * 100), 1_000_000, page), cookie, true);
    expect(swept.asked).toHaveLength(15);
    expect(faultOf(swept)).toBe('incomplete');
  });

  it('reads once only with an API key, whose day is short', async () => {
    const swept = await sweep((page) => panelPage(page === 1 ? many(3) : [], 5, page), apiKey);
    expect(swept.asked).toHaveLength(2);
    expect(faultOf(swept)).toBe('incomplete');
  });

  it('counts rejected rows as seen, reads no second time for them, and names their place in the listing', async () => {
    const rows: unknown[] = [...many(100), { token: '' }, ...many(10, 101)];
    const swept = await sweep((page) => panelPage(rows.slice((page - 1) * 100, page * 100), 111, page));
    expect(swept.rows).toHaveLength(110);
    expect(swept.pages[1]?.rejected[0]?.index).toBe(100);
    expect(swept.asked).toHaveLength(2);
    expect(faultOf(swept)).toBe('bad-answer');
  });

  it('trap 14: keeps what came before a 429 in mid-sweep and tells how long to wait', async () => {
    const server = await startPanel(pagesOf(many(150)), ({ url }, response) => {
      if (!url.includes('page=2')) return false;
      const reset = String(Date.now() + 120_000);
      sendJson(response, 429, panelError(429, 'Too Many Requests'), {
        'x-ratelimit-limit': '15',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': reset,
      });
      return true;
    });
    servers.push(server);
    const swept = await sweepOf(open(server.url));
    expect(swept.rows).toHaveLength(100);
    expect(swept.end).toBeNull();
    expect(swept.error?.code).toBe('rate-limited');
    // The server's clock is the real one, the client's is not: the reset is read by the Date header.
    expect(swept.error?.retryAfterMs).toBeGreaterThan(100_000);
    expect(swept.error?.retryAfterMs).toBeLessThanOrEqual(122_000);
  });

  it('paces itself by the documented budget although the first answers carry no headers', async () => {
    const server = await startPanel(pagesOf(many(1)));
    servers.push(server);
    const source = open(server.url);
    const faults: (string | null)[] = [];
    for (let poll = 0; poll < 10; poll += 1) faults.push(faultOf(await sweepOf(source)));
    expect(faults).toEqual([...Array.from({ length: 9 }, () => null), 'rate-limited']);
    expect(server.received).toHaveLength(9);
  });

  itTellsFaultsFromEmptiness((url) => open(url));
});
