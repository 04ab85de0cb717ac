import { DAY_MS, isoOf } from '../clock.ts';
import type { XyrapanelLies, XyrapanelSession } from './xyrapanel-model.ts';

const CLAIMED_LIFETIME_MS = 30 * DAY_MS;

/** One row as the panel lists it; `currentToken` is that of the cookie, null with an API key. */
export function xyrapanelRow(session: XyrapanelSession, currentToken: string | null, lies: XyrapanelLies) {
  const isCurrent = session.token === currentToken;
  const seen = isCurrent ? session.seen : null;
  const issuedAtMs = lies.inventedIssuedAt ? session.expiresAtMs - CLAIMED_LIFETIME_MS : session.createdAtMs;
  return {
    token: session.token,
    issuedAt: isoOf(issuedAtMs),
    expiresAt: isoOf(session.expiresAtMs),
    expiresAtTimestamp: session.expiresAtMs,
    isCurrent,
    ipAddress: session.ipAddress ?? 'Unknown',
    userAgent: session.userAgent ?? 'Unknown',
    ...looselyParsed(session.userAgent ?? ''),
    lastSeenAt: seen === null ? null : isoOf(seen.lastMs),
    firstSeenAt: seen === null ? null : isoOf(seen.firstMs),
    fingerprint: seen?.fingerprint ?? null,
  };
}

/** The panel's own reading of a user agent: an Android phone runs "Linux" and an iPhone "macOS". */
function looselyParsed(userAgent: string): { browser: string; os: string; device: string } {
  const first = (words: readonly (readonly [RegExp, string])[]) =>
    words.find(([pattern]) => pattern.test(userAgent))?.[1] ?? 'Unknown';
  return {
    browser: first([
      [/Edg\//, 'Edge'],
      [/Firefox\//, 'Firefox'],
      [/Chrome\//, 'Chrome'],
      [/Safari\//, 'Safari'],
    ]),
    os: first([
      [/Windows/, 'Windows'],
      [/Mac OS X/, 'macOS'],
      [/Linux/, 'Linux'],
    ]),
    device: first([
      [/iPad|Tablet/, 'Tablet'],
      [/Mobile|iPhone/, 'Mobile'],
      [/Windows|Macintosh|Linux/, 'Desktop'],
    ]),
  };
}
