import { describe, expect, it } from 'vitest';
import type { RuleId } from '../../../../src/contract/rules.ts';
import type { SessionFacts } from '../../../../src/engine/detect/facts.ts';
import { aSession, factsWith, tagged } from '../../../support/live-session.ts';
import { foundBy, readable, unjudgedBy } from '../../../support/judged.ts';
import { aSighting, DAY, HOUR, laptop, lifeAtHome, NOW_MS } from '../../../support/sighting.ts';

type Over = Partial<SessionFacts>;
const sessions = (count: number, over: Over) => Array.from({ length: count }, () => aSession(over));
const found = (rule: RuleId, ...overs: readonly Over[]) =>
  foundBy(
    rule,
    factsWith(
      overs.map((over) => aSession(over)),
      aSighting(),
    ),
  );

/** What puts a session on each list. */
const listed: readonly (readonly [rule: RuleId, over: Over, severity: string, forAdministrators: string])[] =
  [
    ['old-session', { startedAtMs: NOW_MS - 31 * DAY }, 'low', 'medium'],
    ['never-expiring-session', { expiresAtMs: null }, 'info', 'medium'],
    ['idle-session', { lastSeenAtMs: NOW_MS - 15 * DAY }, 'low', 'low'],
    ['session-outlives-user', { isUserGone: true, userGoneSinceMs: NOW_MS - HOUR }, 'critical', 'critical'],
  ];

describe.each(listed)('%s', (rule, over, severity, forAdministrators) => {
  it('is one finding for all sessions of a user, which names fifty and counts all', () => {
    const facts = factsWith([...sessions(60, over), aSession()], aSighting());
    const [finding, ...others] = foundBy(rule, facts);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ severity, state: 'open', evidence: { count: 60 } });
    expect(finding?.sessions).toHaveLength(50);
    expect(finding?.explanation).toContain('The finding names 50 sessions of 60.');
    expect(finding?.explanation).toMatch(readable);
    expect(foundBy(rule, tagged(facts, 'administrator'))).toMatchObject([{ severity: forAdministrators }]);
  });

  it('is a finding for each user, and none without such a session', () => {
    expect(found(rule, over, { ...over, userId: 'u2' })).toHaveLength(2);
    expect(found(rule, {})).toEqual([]);
    expect(found(rule)).toEqual([]);
  });

  it('never lists our own session', () => {
    expect(found(rule, { ...over, isOwn: true })).toEqual([]);
  });

  it('stays the same finding for as long as it is so, told anew once a month', () => {
    const facts = factsWith([aSession({ ...over, key: 'k' })], aSighting());
    const times = [0, 20, 40, 400].map((days) => foundBy(rule, { ...facts, nowMs: NOW_MS + days * DAY })[0]);
    expect(new Set(times.map((finding) => finding?.dedupeKey)).size).toBe(1);
    const ages = times.map(
      (finding, index) => NOW_MS + ([0, 20, 40, 400][index] ?? 0) * DAY - (finding?.atMs ?? 0),
    );
    for (const age of ages) expect(age).toBeLessThan(30 * DAY);
    expect(times[1]?.atMs).toBe(times[0]?.atMs);
  });

  it('says the same while its sessions are used and go on to live longer', () => {
    // What is idle, or expires a year ahead, is on the list for that.
    const used = rule === 'idle-session' ? {} : { lastSeenAtMs: NOW_MS - 1 };
    const longer = rule === 'never-expiring-session' ? {} : { expiresAtMs: NOW_MS + 2 * DAY };
    const [before, after] = [over, { ...over, ...used, ...longer }].map((each) =>
      foundBy(rule, factsWith([aSession({ ...each, key: 'k' })], aSighting())),
    );
    expect(before).toHaveLength(1);
    expect(after).toEqual(before);
  });

  it('does not throw on times that are none', () => {
    for (const wild of [Number.NaN, Infinity, -Infinity, 1e300]) {
      const times = {
        startedAtMs: wild,
        lastSeenAtMs: wild,
        expiresAtMs: wild,
        userGoneSinceMs: wild,
        firstObservedAtMs: wild,
      };
      expect(() => found(rule, { ...over, ...times })).not.toThrow();
    }
  });
});

describe('an old session', () => {
  it('is an app’s only after 90 days', () => {
    const app = { device: { ...laptop, kind: 'app' as const } };
    expect(found('old-session', { ...app, startedAtMs: NOW_MS - 89 * DAY })).toEqual([]);
    expect(found('old-session', { ...app, startedAtMs: NOW_MS - 91 * DAY })).toHaveLength(1);
  });

  it('can’t be judged without a start, and says so', () => {
    const facts = factsWith([aSession({ startedAtMs: null })], aSighting());
    expect(foundBy('old-session', facts)).toEqual([]);
    expect(unjudgedBy('old-session', facts)).toEqual(['No start of the sessions is known.']);
  });
});

describe('a session that never expires', () => {
  it('may also have an end more than a year ahead', () => {
    expect(found('never-expiring-session', { expiresAtMs: NOW_MS + 365 * DAY })).toHaveLength(1);
    expect(found('never-expiring-session', { expiresAtMs: NOW_MS + 363 * DAY })).toEqual([]);
  });

  it('can’t be judged where the source tells of no expiry', () => {
    const facts = factsWith([aSession({ expiresAtMs: null, tellsExpiry: false })], aSighting());
    expect(foundBy('never-expiring-session', facts)).toEqual([]);
    expect(unjudgedBy('never-expiring-session', facts)).toEqual([
      'The source does not tell when sessions expire.',
    ]);
  });
});

describe('an idle session', () => {
  it('can’t be judged where the use of sessions is told coarsely or not at all', () => {
    for (const over of [{ tellsLastSeen: false, lastSeenAtMs: NOW_MS - 99 * DAY }, { lastSeenAtMs: null }]) {
      const facts = factsWith([aSession(over)], aSighting());
      expect(foundBy('idle-session', facts)).toEqual([]);
      expect(unjudgedBy('idle-session', facts)).toHaveLength(1);
    }
  });
});

describe('a session that outlives its user', () => {
  it('is told only after an hour of grace', () => {
    expect(found('session-outlives-user', { isUserGone: true, userGoneSinceMs: NOW_MS - HOUR + 1 })).toEqual(
      [],
    );
  });
});

describe('too many sessions', () => {
  const old = { startedAtMs: NOW_MS - 50 * DAY, firstObservedAtMs: NOW_MS - 50 * DAY };
  const today = { startedAtMs: NOW_MS - HOUR, firstObservedAtMs: NOW_MS - HOUR };

  it('are more than ten, and more than three times what is usual', () => {
    const [finding] = foundBy(
      'too-many-sessions',
      factsWith([...sessions(2, old), ...sessions(9, today)], ...lifeAtHome()),
    );
    expect(finding).toMatchObject({
      severity: 'medium',
      state: 'open',
      atMs: NOW_MS - HOUR,
      evidence: { count: 11, median: 2 },
    });
    expect(finding?.explanation).toMatch(readable);
    expect(foundBy('too-many-sessions', factsWith([...sessions(2, old), ...sessions(8, today)]))).toEqual([]);
    expect(foundBy('too-many-sessions', factsWith([...sessions(4, old), ...sessions(8, today)]))).toEqual([]);
  });

  it('counts sessions that are over by their sightings', () => {
    const past = Array.from({ length: 5 }, (_, index) =>
      [50, 2].map((days) =>
        aSighting({ kind: 'activity', sessionKey: `past-${index}`, atMs: NOW_MS - days * DAY }),
      ),
    ).flat();
    expect(foundBy('too-many-sessions', factsWith(sessions(15, today), ...past))).toEqual([]);
    expect(foundBy('too-many-sessions', factsWith(sessions(16, today), ...past))).toHaveLength(1);
  });

  it('can’t be judged without a day of history', () => {
    const facts = factsWith(sessions(20, today), aSighting({ atMs: NOW_MS - HOUR }));
    expect(foundBy('too-many-sessions', facts)).toEqual([]);
    expect(unjudgedBy('too-many-sessions', facts)).toEqual(['The user has no day of history.']);
  });
});
