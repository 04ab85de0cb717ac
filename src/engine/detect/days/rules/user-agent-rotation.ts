import { userAgentFamilyOf } from '../../device.ts';
import type { RuleFinding, Sighting } from '../../facts.ts';
import { addressName, duration, moment, quoted } from '../../words.ts';
import { manyUsersFinding } from '../accounts.ts';
import { isFailure } from '../attempt.ts';
import type { Day, DayRule } from '../day.ts';
import { firedIn, groupedBy, Present, type Fired } from '../fired.ts';

/**
 * One account is tried from one address with one browser after the other, and fails (detections 4.3): a tool that dresses
 * up. Three families of user agents and four failures within ten minutes; people behind one address are told apart by
 * the account. One finding per account, address and day.
 *
 * Can't judge: logins without an address, or whose user agent is of no known family.
 */
export const userAgentRotation: DayRule = {
  id: 'user-agent-rotation',
  cannotJudge: ['logins without an address', 'user agents of no known family'],
  lowered: [],
  settings: ['rotation'],
  mayFind: ({ failures, settings }) =>
    [...groupedBy(failures, addressAndAccount).values()].some(
      ({ length }) => length >= settings.rotation.failures,
    ),
  judge(day, unjudged) {
    const groups = groupedBy(day.attempts, addressAndAccount);
    for (const attempt of day.attempts) {
      if (isFailure(attempt) && userAgentFamilyOf(attempt) === null && day.isToday(attempt.toMs))
        unjudged.add('The user agent is of no known family.', attempt);
    }
    return [...groups.values()].flatMap((attempts) => {
      const fired = firedAt(attempts, day);
      return fired === null ? [] : (rotationFinding(fired, day) ?? []);
    });
  },
};

function addressAndAccount({ ip, userId }: Sighting): string | null {
  return ip === null ? null : JSON.stringify([ip, userId]);
}

function firedAt(attempts: readonly Sighting[], { settings, isToday }: Day): Fired | null {
  const { families: enough, failures: enoughFailures, withinMs } = settings.rotation;
  if (attempts.length < enoughFailures) return null;
  const families = new Present();
  let failures = 0;
  return firedIn(attempts, withinMs, isToday, {
    enter(attempt) {
      const family = userAgentFamilyOf(attempt);
      if (family !== null) families.add(family);
      failures += Number(isFailure(attempt));
    },
    leave(attempt) {
      const family = userAgentFamilyOf(attempt);
      if (family !== null) families.remove(family);
      failures -= Number(isFailure(attempt));
    },
    isTrue: () => failures >= enoughFailures && families.size >= enough,
  });
}

function rotationFinding({ atMs, attempts }: Fired, day: Day): RuleFinding | null {
  const [first] = attempts;
  if (first === undefined) return null;
  const families = [...new Set(attempts.map(userAgentFamilyOf))].filter((family) => family !== null).sort();
  const failures = attempts.filter(isFailure).length;
  return manyUsersFinding(day, {
    rule: 'user-agent-rotation',
    severity: 'medium',
    key: [first.ip ?? ''],
    atMs,
    attempts,
    title: `${families.length} kinds of browser by turns, and ${failures} failed logins`,
    explanation: [
      `From ${moment(first.toMs)} on one account was tried from ${addressName(first)} with ${families.length} kinds of client within ${duration(day.settings.rotation.withinMs)}: ${families.slice(0, 10).map(quoted).join(', ')}; ${failures} logins failed.`,
      'How sure: nobody changes the browser and the system from one try to the next.',
    ],
    wrong: 'a test of browsers, or a person who tries each of several devices on the same desk.',
    evidence: { ip: first.ip, families },
  });
}
