import { describe, expect, it } from 'vitest';
import type { Sighting } from '../../../../src/engine/detect/facts.ts';
import { clientDatesOf } from '../../../../src/engine/detect/client-releases.ts';
import { aSighting, DAY, factsOf, HOUR, laptop, NOW_MS, phone } from '../../../support/sighting.ts';
import { foundBy, readable, unjudgedBy } from '../../../support/judged.ts';

const at = NOW_MS - HOUR;
const client = (browser: string, browserVersion: string | null, atMs = at) =>
  aSighting({ atMs, device: { ...laptop, browser, browserVersion } });
const found = (...sightings: readonly Sighting[]) => foundBy('outdated-client', factsOf(...sightings));

describe('an outdated client', () => {
  it('is a browser whose major was over a year old at that time', () => {
    const [finding] = found(client('Chrome', '140'));
    expect(finding).toMatchObject({
      severity: 'low',
      title: 'Outdated: “Chrome” 140',
      evidence: { browserLastUpdated: '2025-09-02T00:00:00.000Z' },
    });
    expect(finding?.explanation).toMatch(readable);
    expect(found(client('Chrome', '150'))).toEqual([]);
  });

  it('goes by the time of the event, not by now', () => {
    // 142 came out on 2025-10-28.
    expect(found(client('Chrome', '142', Date.parse('2026-10-20')))).toEqual([]);
    expect(found(client('Chrome', '142', Date.parse('2026-11-01')))).toHaveLength(1);
  });

  it('counts from the last update where a major gets some', () => {
    expect(found(client('Safari', '26'))).toEqual([]);
    expect(found(client('Mobile Safari', '18'))).toHaveLength(1);
  });

  it('is a system without security updates', () => {
    const [finding] = found(aSighting({ atMs: at, device: { ...laptop, osVersion: '7' } }));
    expect(finding).toMatchObject({
      title: 'Outdated: “Windows” 7',
      evidence: { systemSupportEnded: '2020-01-14T00:00:00.000Z' },
    });
    expect(found(aSighting({ atMs: at, device: { ...phone, osVersion: '12' } }))).toHaveLength(1);
    expect(found(aSighting({ atMs: at, device: phone }))).toEqual([]);
  });

  it('is told once, and again after 90 days without it', () => {
    expect(found(client('Chrome', '100'), client('Chrome', '100', at + 1))).toHaveLength(1);
    expect(found(client('Chrome', '100', NOW_MS - 120 * DAY), client('Chrome', '100'))).toHaveLength(1);
    expect(found(client('Chrome', '100', NOW_MS - 80 * DAY), client('Chrome', '100'))).toHaveLength(1);
  });

  it('is unknown, and neither old nor new, where the table does not know it', () => {
    for (const unknown of [
      client('Netscape', '4'),
      client('Chrome', '9999'),
      client('constructor', '1'),
      client('Chrome', null),
    ]) {
      expect(found(unknown)).toEqual([]);
      expect(unjudgedBy('outdated-client', factsOf(unknown))).toEqual([
        'The table of releases does not know the browser or the system.',
      ]);
    }
  });
});

describe('the table of releases', () => {
  it('knows the days on which majors came out', () => {
    const released = (browser: string, browserVersion: string) => {
      const ms = clientDatesOf({ ...laptop, browser, browserVersion }).releasedMs;
      return ms === null ? null : new Date(ms).toISOString().slice(0, 10);
    };
    expect(released('Chrome', '80')).toBe('2020-02-04');
    expect(released('Chrome', '82')).toBeNull();
    expect(released('Edge', '120')).toBe('2023-12-07');
    expect(released('Firefox', '128')).toBe('2024-07-09');
    expect(released('Safari', '18')).toBe('2024-09-16');
    expect(released('Chrome', '12')).toBe('2020-02-04');
  });
});
