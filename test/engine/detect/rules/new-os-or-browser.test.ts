import { describe, expect, it } from 'vitest';
import type { Sighting } from '../../../../src/engine/detect/facts.ts';
import { aSighting, factsOf, HOUR, laptop, lifeAtHome, macbook, NOW_MS } from '../../../support/sighting.ts';
import { foundBy, readable, unjudgedBy } from '../../../support/judged.ts';

const at = NOW_MS - HOUR;
const found = (...sightings: readonly Sighting[]) => foundBy('new-os-or-browser', factsOf(...sightings));
const known = lifeAtHome(20, { deviceToken: 'a' });

describe('a new system or browser', () => {
  it('is one finding for both', () => {
    const [finding, ...others] = found(...known, aSighting({ atMs: at, device: macbook, deviceToken: 'a' }));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'low',
      title: 'First time with operating system “macOS” and browser “Safari”',
      evidence: {
        parts: [
          { part: 'os', value: 'macOS', others: ['Windows'] },
          { part: 'browser', value: 'Safari', others: ['Chrome'] },
        ],
      },
    });
    expect(finding?.explanation).toMatch(readable);
  });

  it('is told of either alone, and of no version', () => {
    const edge = aSighting({ atMs: at, device: { ...laptop, browser: 'Edge' }, deviceToken: 'a' });
    expect(found(...known, edge)).toMatchObject([{ title: 'First time with browser “Edge”' }]);
    const newer = { ...laptop, browserVersion: '99' };
    expect(found(...known, aSighting({ atMs: at, device: newer, deviceToken: 'a' }))).toEqual([]);
  });

  it('leaves it to the finding about a new device where there is one', () => {
    const elsewhere = aSighting({ atMs: at, device: macbook });
    expect(found(...lifeAtHome(), elsewhere)).toEqual([]);
    const [device] = foundBy('new-device', factsOf(...lifeAtHome(), elsewhere));
    expect(device).toMatchObject({ evidence: { newSystem: true, newBrowser: true } });
    expect(device?.explanation).toContain('Neither its operating system nor its browser is known');
  });

  it('says what it can’t judge', () => {
    expect(unjudgedBy('new-os-or-browser', factsOf(aSighting({ device: null })))).toEqual([
      'The source names neither system nor browser.',
    ]);
  });
});
