import { describe, expect, it } from 'vitest';
import { createCompany, type CompanyWish } from './company.ts';
import { DAY_MS, END_MS, HOUR_MS } from './clock.ts';
import type { History } from './history.ts';
import { liveSessionsOf, sessionPolicyOf } from './live-sessions.ts';

const wish: CompanyWish = { seed: 4, profile: 'employee', users: 120, days: 46, attacked: 1 };
const employeesOf = (seed: number) => [...createCompany({ ...wish, seed }).histories()];
/** Sources that end sessions after 7, 30 and 90 days without use, and never. */
const [weekly, monthly, quarterly, never] = [4, 1, 2, 3].map(employeesOf);
if (!weekly || !monthly || !quarterly || !never) throw new Error('There are four policies.');
const everybody = [...weekly, ...monthly, ...quarterly, ...never];
const listedOf = (histories: readonly History[]) => histories.flatMap(({ sessions }) => sessions);

describe('the sessions that a made-up source lists', () => {
  it('are sessions that began, with their last use', () => {
    for (const { sessions, sightings } of everybody) {
      for (const { key, startedAtMs, lastSeenAtMs, firstObservedAtMs } of sessions) {
        const own = sightings.filter(({ sessionKey }) => sessionKey === key);
        expect(own.find(({ kind }) => kind === 'start')?.toMs).toBe(startedAtMs);
        expect(Math.max(...own.map(({ toMs }) => toMs))).toBe(lastSeenAtMs);
        expect(firstObservedAtMs).toBeGreaterThanOrEqual(startedAtMs ?? Infinity);
      }
    }
  });

  it('are over when the source says so, and lie forgotten where it never does', () => {
    const oldest = (histories: readonly History[]) =>
      Math.max(...listedOf(histories).map(({ lastSeenAtMs }) => END_MS - (lastSeenAtMs ?? 0))) / DAY_MS;

    expect(oldest(weekly)).toBeLessThanOrEqual(7);
    expect(oldest(monthly)).toBeGreaterThan(20);
    expect(oldest(monthly)).toBeLessThanOrEqual(30);
    expect(oldest(never)).toBeGreaterThan(40);
  });

  it('tell of their end, of their use, or of neither', () => {
    const told = [weekly, monthly, quarterly, never].map((histories) => {
      const [first] = listedOf(histories);
      const ends = listedOf(histories).filter(({ expiresAtMs }) => expiresAtMs !== null).length;
      return [first?.tellsExpiry, first?.tellsLastSeen, ends > 0];
    });

    expect(told).toEqual([
      [true, false, true],
      [false, true, false],
      [true, false, true],
      [true, false, false],
    ]);
    for (const { expiresAtMs } of listedOf(everybody))
      expect(expiresAtMs ?? Infinity).toBeGreaterThan(END_MS);
  });

  it('are few: most people sign out', () => {
    const begun = weekly.flatMap(({ sightings }) => sightings.filter(({ kind }) => kind === 'start'));
    const recent = begun.filter(({ toMs }) => toMs > END_MS - 7 * DAY_MS);

    expect(listedOf(weekly).length).toBeGreaterThan(20);
    expect(listedOf(weekly).length).toBeLessThan(recent.length / 4);
  });

  it('have every intruder’s among them for as long as the source lets them live', () => {
    const intruded = never.flatMap(({ sightings, truths, sessions }) => {
      const keys = new Set(sessions.map(({ key }) => key));
      return sightings
        .filter(({ id, kind }) => kind === 'start' && truths.get(id)?.attack !== null)
        .map(({ sessionKey }) => keys.has(sessionKey ?? ''));
    });

    expect(intruded.length).toBeGreaterThan(20);
    expect(intruded).not.toContain(false);
  });

  it('are kept alive by who stole them', () => {
    const stolen = everybody.flatMap(({ sightings, truths, sessions }) => {
      const byThief = sightings.filter(
        ({ id, kind }) => kind === 'activity' && truths.get(id)?.attack !== null,
      );
      const keys = new Set(byThief.map(({ sessionKey }) => sessionKey));
      return sessions.filter(({ key }) => keys.has(key));
    });

    expect(stolen.length).toBeGreaterThan(0);
    for (const { startedAtMs, lastSeenAtMs } of stolen)
      expect((lastSeenAtMs ?? 0) - (startedAtMs ?? 0)).toBeGreaterThanOrEqual(2 * HOUR_MS);
  });

  it('are gone with who left, unless the source forgot them', () => {
    const history = quarterly.find(({ sessions }) => sessions.length > 1);
    if (history === undefined) throw new Error('Nobody has two sessions.');
    const leaving = { atMs: END_MS - DAY_MS, isForgotten: true };
    const listing = { ...history, profile: 'employee', policy: sessionPolicyOf(2), nowMs: END_MS } as const;

    expect(liveSessionsOf({ ...listing, leaving: { ...leaving, isForgotten: false } })).toEqual([]);
    expect(liveSessionsOf({ ...listing, leaving })).toEqual(
      history.sessions.map((each) => ({ ...each, isUserGone: true, userGoneSinceMs: leaving.atMs })),
    );
  });
});
