import { isIP } from 'node:net';
import { describe, expect, it } from 'vitest';
import { services, type Person } from './population/people.ts';
import { createPopulation, MOMENTS, momentMs } from './population/population.ts';

const places = [
  { city: 'DE Berlin', prefixes: ['77.20.99.', '2a02:2454:40:'] },
  { city: 'AU Sydney', prefixes: ['1.120.0.', '1.121.3.'] },
];

function everybody(sessions: number): Person[] {
  const population = createPopulation(sessions, places);
  return services.flatMap((service) => [...population.usersOf(service)]);
}

describe('the simulated company', () => {
  it('has exactly as many sessions as were asked for, of a tenth as many users', () => {
    const people = everybody(20_000);
    const population = createPopulation(20_000, places);
    const listed = people.reduce((sum, person) => sum + population.sessionsOf(person, 0).length, 0);
    expect(listed).toBe(20_000);
    expect(people).toHaveLength(2_000);
  });

  it('gives the busiest user some thousandths of all sessions and everybody one at least', () => {
    const sizes = everybody(20_000).map(({ sessions }) => sessions);
    expect(Math.max(...sizes)).toBeGreaterThan(40);
    expect(Math.min(...sizes)).toBeGreaterThan(0);
  });

  it('tells the same of a moment every time it is asked', () => {
    const [person] = everybody(1_000);
    if (person === undefined) throw new Error('nobody is there');
    const once = createPopulation(1_000, places).sessionsOf(person, 3);
    expect(createPopulation(1_000, places).sessionsOf(person, 3)).toEqual(once);
  });

  it('moves a quarter of the sessions to another address by the next poll and uses all of them', () => {
    const population = createPopulation(2_000, places);
    let sessions = 0;
    let moved = 0;
    for (const person of everybody(2_000)) {
      const before = population.sessionsOf(person, 2);
      const after = new Map(population.sessionsOf(person, 3).map((session) => [session.id, session]));
      for (const { id, ip, lastSeenAtMs } of before) {
        const later = after.get(id);
        if (later === undefined) continue;
        expect(ip === null || isIP(ip) > 0).toBe(true);
        expect(later.lastSeenAtMs).toBeGreaterThan(lastSeenAtMs);
        sessions += 1;
        moved += Number(later.ip !== ip);
      }
    }
    expect(moved / sessions).toBeCloseTo(0.25, 1);
  });

  it('lets a fifth of the sessions end before the last poll', () => {
    const population = createPopulation(20_000, places);
    const left = everybody(20_000).reduce(
      (sum, person) => sum + population.sessionsOf(person, MOMENTS - 1).length,
      0,
    );
    expect(left / 20_000).toBeCloseTo(0.8, 1);
  });

  it('starts every session before it is first polled', () => {
    const population = createPopulation(2_000, places);
    const starts = everybody(2_000).flatMap((person) => population.sessionsOf(person, 0));
    expect(starts.every(({ startedAtMs }) => startedAtMs < momentMs(0))).toBe(true);
  });

  it('lists no more chat sessions than Rocket.Chat is read to, at a million', () => {
    const population = createPopulation(1_000_000, places);
    let listed = 0;
    for (const { sessions } of population.usersOf('chat')) listed += sessions;
    expect(listed).toBeGreaterThan(80_000);
    expect(listed).toBeLessThanOrEqual(100_000);
  });
});
