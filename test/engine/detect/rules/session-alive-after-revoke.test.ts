import { describe, expect, it } from 'vitest';
import { aSession, factsWith } from '../../../support/live-session.ts';
import { DAY, HOUR, MINUTE, NOW_MS } from '../../../support/sighting.ts';
import { foundBy, readable } from '../../../support/judged.ts';

const revokedAtMs = NOW_MS - HOUR;
const found = (over: Parameters<typeof aSession>[0]) =>
  foundBy('session-alive-after-revoke', factsWith([aSession({ key: 'k', revokedAtMs, ...over })]));

describe('a session that is alive after its revocation', () => {
  it('is critical once it was listed after two polls', () => {
    const [finding] = found({ lastListedAtMs: revokedAtMs + 2 * MINUTE + 1 });
    expect(finding).toMatchObject({
      severity: 'critical',
      state: 'open',
      sessions: ['k'],
      atMs: revokedAtMs + 2 * MINUTE,
    });
    expect(finding?.explanation).toMatch(readable);
    expect(found({ lastListedAtMs: revokedAtMs + 2 * MINUTE })).toEqual([]);
  });

  it('says until when it lives, and the same whenever it is listed again', () => {
    expect(found({})[0]?.explanation).toContain('until 2026-11-21 12:00 UTC unless it is ended');
    expect(found({ expiresAtMs: null })[0]?.explanation).toContain('does not say when it expires');
    expect(found({ lastListedAtMs: NOW_MS - MINUTE })).toEqual(found({ lastListedAtMs: NOW_MS }));
  });

  it('waits longer where the source is polled less often, and half an hour where nobody knows', () => {
    expect(found({ pollEveryMs: DAY })).toEqual([]);
    const { pollEveryMs: _, ...unknown } = aSession({ key: 'k', revokedAtMs });
    const at = (ms: number) =>
      foundBy('session-alive-after-revoke', factsWith([{ ...unknown, lastListedAtMs: revokedAtMs + ms }]));
    expect(at(30 * MINUTE)).toEqual([]);
    expect(at(31 * MINUTE)).toHaveLength(1);
  });

  it('is nobody’s who was never revoked', () => {
    expect(found({ revokedAtMs: null })).toEqual([]);
  });
});
