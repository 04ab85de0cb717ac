import { prefixOfSighting } from '../../features.ts';
import type { RuleFinding, Sighting } from '../../facts.ts';
import { addressName, duration, moment, percent } from '../../words.ts';
import { manyUsersFinding } from '../accounts.ts';
import { isFailure } from '../attempt.ts';
import type { Day, DayRule } from '../day.ts';
import { anyTime, firedIn, groupedBy, Present, type Fired } from '../fired.ts';

/**
 * One address fails on many accounts within minutes (detections 4.6): somebody tries passwords that leaked elsewhere.
 * Critical when a login from there succeeds in between. One finding per address and day.
 *
 * Not told where many share an address and some always fail: the share of failures must exceed five times the median of the
 * prefix's last 30 settled days. Can't judge: logins without an address.
 */
export const credentialStuffing: DayRule = {
  id: 'credential-stuffing',
  cannotJudge: ['logins without an address'],
  lowered: ['the network fails that often every day: not told'],
  settings: ['stuffing', 'organisation.normDays'],
  // Only failures make it true, and at the last of them it is as true as at a login after it.
  mayFind: ({ failures, settings }) =>
    [...groupedBy(failures, ({ ip }) => ip).values()].some(
      (attempts) => firedAt(attempts, { settings, isToday: anyTime }) !== null,
    ),
  judge(day, unjudged) {
    const findings: RuleFinding[] = [];
    const addresses = groupedBy(day.attempts, ({ ip }) => ip);
    for (const [ip, attempts] of addresses) {
      const fired = firedAt(attempts, day);
      const finding = fired === null ? null : stuffingFinding(ip, fired, day);
      if (finding !== null) findings.push(finding);
    }
    for (const attempt of day.attempts) {
      if (attempt.ip === null && day.isToday(attempt.toMs))
        unjudged.add('No address is known for the login.', attempt);
    }
    return findings;
  },
};

function firedAt(
  attempts: readonly Sighting[],
  { settings, isToday }: Pick<Day, 'settings' | 'isToday'>,
): Fired | null {
  const { failures: enough, accounts, withinMs } = settings.stuffing;
  if (attempts.length < enough) return null;
  const tried = new Present();
  let failures = 0;
  return firedIn(attempts, withinMs, isToday, {
    enter(attempt) {
      if (!isFailure(attempt)) return;
      tried.add(attempt.userId);
      failures += 1;
    },
    leave(attempt) {
      if (!isFailure(attempt)) return;
      tried.remove(attempt.userId);
      failures -= 1;
    },
    isTrue: () => failures >= enough && tried.size >= accounts,
  });
}

function stuffingFinding(ip: string, fired: Fired, day: Day): RuleFinding | null {
  const { withinMs, timesNorm } = day.settings.stuffing;
  const { atMs, attempts } = fired;
  const [first] = attempts;
  if (first === undefined) return null;
  const failures = attempts.filter(isFailure).length;
  const share = failures / attempts.length;
  const prefix = prefixOfSighting(first);
  const norm = prefix === null ? null : day.history.norm('prefix', prefix, day.day).failureShare;
  if (norm !== null && share <= timesNorm * norm) return null;
  const accounts = new Set(attempts.filter(isFailure).map(({ userId }) => userId)).size;
  const isInside = failures < attempts.length;
  return manyUsersFinding(day, {
    rule: 'credential-stuffing',
    severity: isInside ? 'critical' : 'high',
    key: [ip],
    atMs,
    attempts,
    title: `${failures} failed logins on ${accounts} accounts from one address${isInside ? ', and one that succeeded' : ''}`,
    explanation: [
      `From ${moment(first.toMs)} on ${addressName(first)} failed ${failures} times on ${accounts} accounts, at least ${day.settings.stuffing.failures} times within ${duration(withinMs)}.`,
      norm === null
        ? 'How sure: the network has no usual share of failures to compare with.'
        : `How sure: ${percent(share)} of these attempts failed; on usual days of the network it is ${percent(norm)}.`,
    ],
    wrong:
      'an office or a gateway behind which many people mistype, or a program with old passwords of several people.',
    evidence: { ip, failureShare: share, usualFailureShare: norm },
  });
}
