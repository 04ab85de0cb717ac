import { describe, expect, it } from 'vitest';
import type { Sighting } from '../../../../src/engine/detect/facts.ts';
import { foundBy, readable, unjudgedBy } from '../../../support/judged.ts';
import { aSighting, DAY, delhi, factsOf, HOUR, MINUTE, NOW_MS, tokyo } from '../../../support/sighting.ts';

/** Three logins each working day at 9, 11 and 13 UTC, for 85 days: enough to have habits. */
const working = (over: Partial<Sighting> = {}) =>
  Array.from({ length: 85 }, (_, day) =>
    [9, 11, 13].map((hour) =>
      aSighting({ atMs: NOW_MS - (day + 2) * DAY - 12 * HOUR + hour * HOUR, ...over }),
    ),
  ).flat();
/** 01:00 UTC of the day, which is 2 h in Berlin. */
const night = aSighting({ atMs: NOW_MS - 11 * HOUR });
const found = (...sightings: readonly Sighting[]) => foundBy('unusual-hour', factsOf(...sightings));

describe('an unusual hour', () => {
  it('is the night of somebody who works by day: an info, once a night', () => {
    const [finding, ...others] = found(...working(), night, aSighting({ atMs: NOW_MS - 10 * HOUR }));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'info',
      evidence: { timeZone: 'Europe/Berlin', zoneHours: 1, localHour: 2, inThisQuarter: 0 },
    });
    expect(finding?.explanation).toMatch(readable);
  });

  it('goes by the clocks at home', () => {
    const atHome = { place: tokyo };
    expect(found(...working(atHome), { ...night, ...atHome })).toEqual([]);
  });

  it('knows summer time: half an hour past midnight on the night in which it ends', () => {
    const summer = aSighting({ atMs: Date.parse('2026-10-24T22:30:00.000Z') });
    const [finding] = found(...working(), summer);
    expect(finding).toMatchObject({
      title: 'Signed in at 00:30 at night',
      evidence: { sighting: { at: '2026-10-24T22:30:00.000Z' }, zoneHours: 2, localHour: 0 },
    });
    expect(finding?.explanation).toContain('2026-10-25 00:30 by the clocks of home (Europe/Berlin)');
  });

  it('knows zones that are half an hour off', () => {
    const late = aSighting({ atMs: NOW_MS - 17 * HOUR - 15 * MINUTE, place: delhi });
    const [finding] = found(...working({ place: delhi }), late);
    expect(finding?.evidence).toMatchObject({ timeZone: 'Asia/Kolkata', zoneHours: 5.5, localHour: 0 });
  });

  it('is told by the zone of most sign-ins, neither the first nor the last', () => {
    const before = aSighting({ atMs: NOW_MS - 89 * DAY, place: tokyo });
    const last = { ...night, place: tokyo };
    expect(found(before, ...working(), last)).toMatchObject([{ evidence: { timeZone: 'Europe/Berlin' } }]);
  });

  it('is nothing to somebody who works at night', () => {
    const owl = Array.from({ length: 12 }, (_, week) =>
      aSighting({ atMs: NOW_MS - 11 * HOUR - (week + 1) * 7 * DAY }),
    );
    expect(found(...working(), ...owl, night)).toEqual([]);
  });

  it('can’t be judged with few sign-ins, or without a home', () => {
    expect(unjudgedBy('unusual-hour', factsOf(night))).toEqual([
      'There are too few sign-ins to have habits.',
    ]);
    expect(unjudgedBy('unusual-hour', factsOf(...working({ place: null }), night))).toEqual([]);
    expect(
      unjudgedBy('unusual-hour', factsOf(...working({ place: null }), { ...night, place: null })),
    ).toEqual(['Nothing says in which time zone the person lives.']);
  });
});
