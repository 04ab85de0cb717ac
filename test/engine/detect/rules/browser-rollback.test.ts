import { describe, expect, it } from 'vitest';
import type { Sighting } from '../../../../src/engine/detect/facts.ts';
import { aSighting, DAY, factsOf, HOUR, laptop, lifeAtHome, NOW_MS } from '../../../support/sighting.ts';
import { foundBy, readable, unjudgedBy } from '../../../support/judged.ts';

const at = NOW_MS - HOUR;
const version = (browserVersion: string | null, over: Parameters<typeof aSighting>[0] = {}) =>
  aSighting({ atMs: at, device: { ...laptop, browserVersion }, ...over });
const found = (...sightings: readonly Sighting[]) => foundBy('browser-rollback', factsOf(...sightings));

describe('a browser that goes back', () => {
  it('is told when it falls by two majors within a week', () => {
    const [finding, ...others] = found(...lifeAtHome(), version('155'), version('155', { atMs: at + 1 }));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'medium',
      state: 'open',
      evidence: { majorsBack: 2, gapHours: 47 },
    });
    expect(finding?.explanation).toMatch(readable);
  });

  it('is not told for one major, for an update, or after more than a week', () => {
    expect(found(...lifeAtHome(), version('156'))).toEqual([]);
    expect(found(...lifeAtHome(), version('160'))).toEqual([]);
    const longAgo = lifeAtHome().map((each) => ({
      ...each,
      fromMs: each.toMs - 8 * DAY,
      toMs: each.toMs - 8 * DAY,
    }));
    expect(found(...longAgo, version('155'))).toEqual([]);
  });

  it('is not told of a second machine whose version was in use all along, and says so', () => {
    const facts = factsOf(
      ...lifeAtHome(),
      version('155', { atMs: NOW_MS - 10 * DAY }),
      version('155', { atMs: NOW_MS - 4 * DAY }),
      version('155'),
    );
    expect(foundBy('browser-rollback', facts).map(({ atMs }) => atMs)).toEqual([NOW_MS - 10 * DAY]);
    expect(unjudgedBy('browser-rollback', facts)).toEqual([
      'Both versions are in use side by side, as on two machines of one kind.',
    ]);
  });

  it('is not told of two versions that one poll saw, in whatever order they come', () => {
    const polled = (browserVersion: string, sessionKey: string, hour = 0) =>
      version(browserVersion, {
        ...{ sessionKey, kind: 'activity', id: `${sessionKey} ${hour}` },
        ...{ atMs: at + hour * HOUR, fromMs: at + (hour - 12) * HOUR },
      });
    const longAgo = lifeAtHome().map((each) => ({
      ...each,
      fromMs: each.toMs - 8 * DAY,
      toMs: each.toMs - 8 * DAY,
    }));
    for (const [one, other] of [
      ['a', 'b'],
      ['b', 'a'],
    ] as const) {
      const facts = factsOf(...longAgo, polled('157', one), polled('150', other));
      expect(foundBy('browser-rollback', facts)).toEqual([]);
    }
    const ordered = factsOf(...longAgo, polled('157', 'a'), polled('150', 'b'));
    expect(unjudgedBy('browser-rollback', ordered)).toEqual([
      'Nothing says which of the two versions was used first.',
    ]);
    expect(found(...longAgo, polled('157', 'a', -12), polled('157', 'a'), polled('150', 'b'))).toMatchObject([
      { evidence: { newer: { at: new Date(at - 12 * HOUR).toISOString() }, gapHours: 12 } },
    ]);
    expect(found(...longAgo, polled('157', 'a', -1), polled('150', 'b'))).toEqual([]);
  });

  it('is of one device: other kinds and other tokens are other devices', () => {
    expect(
      found(...lifeAtHome(), version('155', { device: { ...laptop, os: 'Linux', browserVersion: '155' } })),
    ).toEqual([]);
    expect(found(...lifeAtHome(20, { deviceToken: 'a' }), version('155', { deviceToken: 'b' }))).toEqual([]);
    expect(found(...lifeAtHome(20, { deviceToken: 'a' }), version('155', { deviceToken: 'a' }))).toHaveLength(
      1,
    );
  });

  it('can’t judge what has no version', () => {
    expect(unjudgedBy('browser-rollback', factsOf(version(null)))).toEqual([
      'The browser’s version is not known.',
    ]);
    expect(found(version('9'.repeat(64_000)), version('-1'), version('NaN'))).toEqual([]);
  });
});
