import { describe, expect, it } from 'vitest';
import { detect } from '../../../../src/engine/detect/detect.ts';
import type { Sighting } from '../../../../src/engine/detect/facts.ts';
import { foundBy } from '../../../support/judged.ts';
import {
  aSighting,
  factsOf,
  HOUR,
  laptop,
  macbook,
  MINUTE,
  network,
  NOW_MS,
  phone,
  type SightingParts,
} from '../../../support/sighting.ts';

const at = NOW_MS - 5 * HOUR;
const start = (over: SightingParts = {}) => aSighting({ kind: 'start', atMs: at, sessionKey: 'k', ...over });
const later = (over: SightingParts = {}) =>
  aSighting({ kind: 'activity', atMs: at + HOUR, sessionKey: 'k', ...over });
const chrome = (version: number) =>
  `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Safari/537.36`;

const changes = (...sightings: readonly Sighting[]) =>
  foundBy('session-device-change', factsOf(...sightings));

describe('a session that changes device', () => {
  it('is critical at once, without any history', () => {
    const [finding, ...others] = changes(
      start(),
      later({ device: macbook, ip: '203.0.114.9', network: network(7) }),
    );
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'critical',
      state: 'open',
      sessions: ['k'],
      atMs: at + HOUR,
      title: 'One session, two devices: “Chrome” on “Windows” (desktop), then “Safari” on “macOS” (desktop)',
      evidence: {
        changed: ['operating system'],
        before: { os: 'Windows' },
        after: { os: 'macOS', ip: '203.0.114.9' },
      },
    });
    for (const part of [
      '“ann” at “app”',
      '81.2.69.142',
      '203.0.114.9',
      'AS7',
      'How sure',
      'What would make it wrong',
    ]) {
      expect(finding?.explanation).toContain(part);
    }
  });

  it('is seen in the device type alone, and in the user agent alone', () => {
    expect(changes(start(), later({ device: { ...laptop, kind: 'script' } }))[0]?.evidence).toMatchObject({
      changed: ['device type'],
    });
    const [finding] = changes(
      start({ userAgent: chrome(140) }),
      later({ userAgent: 'python-requests/2.32.0' }),
    );
    expect(finding?.evidence).toMatchObject({ changed: ['user agent'], userAgentSimilarity: 0 });
    expect(finding?.explanation).toContain('0.0 % alike');
  });

  it('is no browser update, however many versions it skips', () => {
    const updated = { ...laptop, browserVersion: '150', osVersion: '11' };
    expect(
      changes(start({ userAgent: chrome(120) }), later({ userAgent: chrome(150), device: updated })),
    ).toEqual([]);
  });

  it('is no change from or to something unknown', () => {
    const unknown = {
      browser: null,
      browserVersion: null,
      os: null,
      osVersion: null,
      kind: 'unknown',
    } as const;
    expect(changes(start({ device: unknown }), later())).toEqual([]);
    expect(changes(start(), later({ device: { ...laptop, os: null } }))).toEqual([]);
  });

  it('is told once for a session used by turns, and once more for a third device', () => {
    const turns = Array.from({ length: 20 }, (_, turn) =>
      later({ atMs: at + ((turn + 2) * HOUR) / 10, device: turn % 2 === 0 ? macbook : laptop }),
    );
    expect(changes(start(), ...turns)).toHaveLength(1);
    expect(changes(start(), ...turns, later({ atMs: at + 4 * HOUR, device: phone }))).toHaveLength(2);
  });

  it('concerns one session: two sessions on two devices are two devices', () => {
    expect(changes(start(), later({ sessionKey: 'other', device: macbook }))).toEqual([]);
  });

  it('is suppressed, visibly, in the first minute: ids are reused while signing in', () => {
    expect(changes(start(), later({ atMs: at + MINUTE, device: macbook }))[0]).toMatchObject({
      state: 'suppressed',
      suppressedBy: 'The session was at most 1 minute old: ids are reused during the login step.',
    });
    expect(changes(start(), later({ atMs: at + MINUTE + 1, device: macbook }))[0]?.state).toBe('open');
  });

  it('takes no poll for a login: where no start is told, a change within a minute fires', () => {
    const found = { kind: 'activity', quality: 'missing' } as const;
    expect(changes(start(found), later({ atMs: at + MINUTE / 2, device: macbook }))[0]?.state).toBe('open');
  });

  it('is suppressed, visibly, for a phone that asks for desktop pages from the same address', () => {
    const desktopMode = { ...phone, os: 'Linux', kind: 'desktop' } as const;
    expect(changes(start({ device: phone }), later({ device: desktopMode }))[0]).toMatchObject({
      state: 'suppressed',
    });
    const elsewhere = { device: desktopMode, ip: '203.0.114.9' };
    expect(changes(start({ device: phone }), later(elsewhere))[0]?.state).toBe('open');
    expect(
      changes(start({ device: phone }), later({ device: { ...desktopMode, browser: 'Firefox' } }))[0]?.state,
    ).toBe('open');
    expect(changes(start({ device: phone }), later({ device: macbook }))[0]?.state).toBe('open');
  });

  it('can’t be judged where ids change on reconnect, or no device is stated, and says so', () => {
    const reconnecting = { idReconnects: true };
    const silent = { device: null, userAgent: null };
    for (const [pair, reason] of [
      [[start(reconnecting), later({ device: macbook, ...reconnecting })], /new id at each reconnect/],
      [[start(silent), later({ device: macbook })], /states no device/],
    ] as const) {
      expect(changes(...pair)).toEqual([]);
      expect(detect(factsOf(...pair)).notEvaluable).toContainEqual(
        expect.objectContaining({
          rule: 'session-device-change',
          reason: expect.stringMatching(reason) as string,
        }),
      );
    }
  });

  it('is not read from a start whose time is wrong', () => {
    expect(changes(start({ atMs: at + 2 * HOUR, quality: 'untrusted', device: macbook }), later())).toEqual(
      [],
    );
  });

  it('quotes hostile text, cuts it, and never lets it close the quotation', () => {
    const hostile = `Chrome” from the office “${'x'.repeat(65_536)}`;
    const [finding] = changes(
      start(),
      later({ device: { ...macbook, browser: hostile }, userAgent: hostile }),
    );
    expect(finding?.title.length).toBeLessThan(300);
    expect(finding?.title).toContain('“Chrome" from the office "xxx');
    expect(JSON.stringify(finding?.evidence).length).toBeLessThan(70_000);
  });
});
