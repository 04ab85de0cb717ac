import type { ServerResponse } from 'node:http';
import {
  sendJson,
  startLoopback,
  type LoopbackServer,
  type Received,
} from '../../../support/loopback-server.ts';

export type PanelRow = Record<string, unknown> & { token: string };

/** A session as the panel lists it: `number` makes its token, its times are those of the observed answer. */
export function panelRow(number: number, more: Record<string, unknown> = {}): PanelRow {
  return {
    token: `planted-token-${String(number).padStart(4, '0')}`,
    issuedAt: '2026-11-04T15:18:55.467Z',
    expiresAt: '2026-12-04T15:18:55.467Z',
    expiresAtTimestamp: 1796397535467,
    isCurrent: false,
    ipAddress: '198.51.100.5',
    userAgent: 'Mozilla/5.0 (Linux; Android 14; Pixel 8)',
    browser: 'Chrome',
    os: 'Linux',
    device: 'Mobile',
    lastSeenAt: null,
    firstSeenAt: null,
    fingerprint: null,
    ...more,
  };
}

/** One's own session: the polling request fills its times, address and fingerprint. */
export const ownRow = panelRow(1, {
  isCurrent: true,
  ipAddress: '203.0.113.1',
  userAgent: 'Sessionscope/1',
  device: 'Desktop',
  lastSeenAt: '2026-11-20T15:19:09.785Z',
  firstSeenAt: '2026-11-20T15:19:09.785Z',
  fingerprint: 'planted-fingerprint-4b84',
});

export function panelPage(rows: readonly unknown[], total = rows.length, page = 1, perPage = 100): unknown {
  return {
    data: rows,
    currentToken: ownRow.token,
    pagination: { page, perPage, total, totalPages: Math.ceil(total / perPage) },
  };
}

/** The shape of every refusal of the panel, request address included. */
export function panelError(statusCode: number, message: string, url = '/planted-url'): unknown {
  return { error: true, url, statusCode, statusMessage: 'Server Error', message };
}

export type Listing = (page: number, call: number) => unknown;

/**
 * A panel on loopback: `listing` answers GET (page from 1, call from 1), every DELETE says `revoked: true`
 * and changes nothing, as the real one does for unknown, repeated and foreign tokens.
 */
export async function startPanel(
  listing: Listing,
  before: (request: Received, response: ServerResponse) => boolean = () => false,
): Promise<LoopbackServer> {
  let calls = 0;
  return startLoopback((request, response) => {
    if (before(request, response)) return;
    if (request.method === 'DELETE') {
      sendJson(response, 200, { data: { revoked: true, currentSessionRevoked: false } });
      return;
    }
    calls += 1;
    const page = Number(new URL(request.url, 'http://panel').searchParams.get('page'));
    sendJson(response, 200, listing(page, calls));
  });
}

/** Cuts rows into pages the way an honest panel does. */
export function pagesOf(rows: readonly PanelRow[]): Listing {
  return (page) => panelPage(rows.slice((page - 1) * 100, page * 100), rows.length, page);
}
