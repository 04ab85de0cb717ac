import { describe, expect, it } from 'vitest';
import { cities } from './cities.ts';
import { atLocalHour, HOUR_MS, localHour } from './clock.ts';

const summer = Date.parse('2026-07-01T00:00:00Z');
const winter = Date.parse('2026-12-01T00:00:00Z');

describe('clocks on the wall', () => {
  it('are those of the zone, summer time included', () => {
    expect(localHour(summer + 10 * HOUR_MS, 'Europe/Madrid')).toBe(12);
    expect(localHour(winter + 10 * HOUR_MS, 'Europe/Madrid')).toBe(11);
    expect(localHour(winter + 20 * HOUR_MS, 'Asia/Kolkata')).toBe(1.5);
    expect(localHour(winter, 'America/New_York')).toBe(19);
    expect(atLocalHour(summer, 9, 'Europe/Madrid')).toBe(summer + 7 * HOUR_MS);
  });

  it('show a city the hour that was asked for, and none is further from the sun than clocks are', () => {
    for (const { zone, lon } of cities)
      for (const day of [summer, winter]) {
        expect(localHour(atLocalHour(day, 9, zone), zone)).toBe(9);
        const bySun = (atLocalHour(day, 9, zone) - day) / HOUR_MS + lon / 15;
        expect(Math.abs(9 - bySun)).toBeLessThan(3);
      }
  });
});
