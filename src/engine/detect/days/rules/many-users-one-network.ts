import { prefixOfSighting } from '../../features.ts';
import type { RuleFinding, Sighting } from '../../facts.ts';
import { reasonByIpClass } from '../../not-evaluable.ts';
import { moment, networkName, plural } from '../../words.ts';
import { manyUsersFinding } from '../accounts.ts';
import { isFailure } from '../attempt.ts';
import type { Day, DayRule } from '../day.ts';
import { firedIn, groupedBy, Present, type Fired } from '../fired.ts';

/**
 * More users log in from one prefix within an hour than ever do there (detections 4.6): more than 5, and more than four times
 * the 95th percentile of its last 30 settled days. One finding per prefix and day.
 *
 * Not told for networks of the kind corporate. Can't judge: sources with fewer than 14 settled days of logins, because
 * nobody knows which networks people share there; addresses that are not public.
 */
export const manyUsersOneNetwork: DayRule = {
  id: 'many-users-one-network',
  cannotJudge: ['sources before 14 days of logins are known', 'addresses that are not public'],
  lowered: [
    'networks known as corporate: not told',
    'a network that as many users share every day: not told',
  ],
  settings: ['crowd', 'organisation.normDays', 'organisation.minNormDays'],
  // An hour that begins on the day before has no more users than the busiest hours of both days together.
  mayFind({ day, history, settings: { crowd } }) {
    return history.crowded(day).some((prefix) => {
      const most = history.mostUsers(prefix, day - 1) + history.mostUsers(prefix, day);
      return most > Math.max(crowd.users, crowd.timesNorm * history.norm('prefix', prefix, day).peak);
    });
  },
  judge(day, unjudged) {
    const successes = day.attempts.filter((attempt) => !isFailure(attempt));
    const isKnown = day.history.hasNorm(day.day);
    const prefixes = groupedBy(successes, prefixOfSighting);
    return [...prefixes].flatMap(([prefix, attempts]): readonly RuleFinding[] => {
      const [first] = attempts;
      if (first === undefined || attempts.length <= day.settings.crowd.users) return [];
      const reason = isKnown ? reasonByIpClass[first.ipClass ?? 'public'] : FEW_DAYS;
      const isShown = first.ipClass === 'documentation' && day.settings.documentationHasPlace;
      if (reason !== null && !isShown) {
        unjudged.add(reason, first);
        return [];
      }
      if (day.survey.kinds(first).includes('corporate')) return [];
      const usual = day.history.norm('prefix', prefix, day.day).peak;
      const fired = firedAt(attempts, usual, day);
      return fired === null ? [] : (crowdFinding(prefix, fired, usual, day) ?? []);
    });
  },
};

const FEW_DAYS = 'Too few days of logins are known to say which networks people share.';

function firedAt(attempts: readonly Sighting[], usual: number, { settings, isToday }: Day): Fired | null {
  const { users, withinMs, timesNorm } = settings.crowd;
  const present = new Present();
  return firedIn(attempts, withinMs, isToday, {
    enter: ({ userId }) => void present.add(userId),
    leave: ({ userId }) => void present.remove(userId),
    isTrue: () => present.size > Math.max(users, timesNorm * usual),
  });
}

function crowdFinding(prefix: string, fired: Fired, usual: number, day: Day): readonly RuleFinding[] | null {
  const { atMs, attempts } = fired;
  const [first] = attempts;
  if (first === undefined) return null;
  const users = new Set(attempts.map(({ userId }) => userId)).size;
  const finding = manyUsersFinding(day, {
    rule: 'many-users-one-network',
    severity: 'high',
    key: [prefix],
    atMs,
    attempts,
    title: `${plural(users, 'user')} logged in from ${prefix} within an hour`,
    explanation: [
      `From ${moment(first.toMs)} on ${users} users logged in from ${prefix} (${networkName(first.network)}), more than ${Math.max(day.settings.crowd.users, day.settings.crowd.timesNorm * usual)} of them within an hour.`,
      `How sure: on 19 of 20 days at most ${plural(usual, 'user')} did.`,
    ],
    wrong:
      'a new office, an event, a gateway or a carrier that many people share and that is not known as one.',
    evidence: { prefix, usualUsers: usual },
  });
  return finding === null ? null : [finding];
}
