import { describe, expect, it } from 'vitest';
import { timeZoneAt } from '../../../src/engine/enrich/time-zone.ts';

const HOUR_MS = 3_600_000;
const hoursAt = (lat: number, lon: number, at: string) => {
  const offset = timeZoneAt(lat, lon)?.offsetMs(Date.parse(at));
  return offset === undefined ? null : offset / HOUR_MS;
};

describe('the time zone at a place', () => {
  it.each([
    ['Berlin', 52.52, 13.405, 'Europe/Berlin', 1, 2],
    ['Madrid, far west of its zone', 40.42, -3.7, 'Europe/Madrid', 1, 2],
    ['New York', 40.71, -74, 'America/New_York', -5, -4],
    ['Kathmandu', 27.71, 85.32, 'Asia/Kathmandu', 5.75, 5.75],
    ['St. John’s', 47.56, -52.71, 'America/St_Johns', -3.5, -2.5],
    ['Adelaide, where January is summer', -34.93, 138.6, 'Australia/Adelaide', 10.5, 9.5],
  ])('of %s', (_, lat, lon, name, january, july) => {
    expect(timeZoneAt(lat, lon)?.name).toBe(name);
    expect(hoursAt(lat, lon, '2026-01-15T12:00:00Z')).toBe(january);
    expect(hoursAt(lat, lon, '2026-07-15T12:00:00Z')).toBe(july);
  });

  it.each([
    ['2026-10-25T00:59:59Z', 2],
    ['2026-10-25T01:00:00Z', 1],
    ['2026-10-25T23:00:00Z', 1],
    ['2026-03-29T00:59:59Z', 1],
    ['2026-03-29T01:00:00Z', 2],
  ])('changes its clocks at the very moment: %s', (at, hours) => {
    expect(hoursAt(52.52, 13.405, at)).toBe(hours);
  });

  it('is one object, whoever asks', () => {
    expect(timeZoneAt(48.14, 11.58)).toBe(timeZoneAt(52.52, 13.405));
  });

  it.each([
    [Number.NaN, 0],
    [91, 0],
    [0, 181],
    [Number.POSITIVE_INFINITY, 0],
  ])('is nothing at coordinates that are none: %d, %d', (lat, lon) => {
    expect(timeZoneAt(lat, lon)).toBeNull();
  });
});
