import { byUser } from '../by-user.ts';
import type { Case } from '../case.ts';
import { deviceKeyOfSighting } from '../device.ts';
import { sightingEvidence, type SightingEvidence } from '../evidence.ts';
import type { RuleFinding, Sighting } from '../facts.ts';
import { prefixOfSighting } from '../features.ts';
import { findingOf } from '../finding.ts';
import { tellMissing } from '../not-evaluable.ts';
import type { Rule } from '../rule.ts';
import { lowerBound } from '../sorted-times.ts';
import { addressName, deviceName, duration, moment, personName, placeName, plural } from '../words.ts';

/**
 * A login succeeds within ten minutes of five failed ones, from a network or device that is not known for the person (detections
 * 4.6, B5): a guess was right. One finding for each series of failures: the first success after it.
 *
 * Can't judge: sources that tell of no failed logins. Info when device and network are known: a forgotten password.
 */
export const successAfterFailures: Rule = {
  id: 'success-after-failures',
  cannotJudge: ['sources that tell of no failed logins'],
  lowered: ['a network and device that are known for the person, as after a forgotten password: info'],
  settings: ['volume.failuresBeforeSuccess', 'volume.successWithinMs'],
  judge(person, unjudged) {
    const reason = 'The source tells of no failed logins.';
    tellMissing(unjudged, person.seen(), () => !person.tellsLogins(), reason);
    const { failuresBeforeSuccess } = person.settings.volume;
    const failed = byUser(person.failures()).filter(({ length }) => length >= failuresBeforeSuccess);
    if (failed.length === 0) return [];
    return failed.flatMap((failures) => {
      const [{ source, userId } = { source: '', userId: '' }] = failures;
      const logins = person
        .signIns()
        .filter((each) => each.kind === 'login' && each.source === source && each.userId === userId);
      return guessesOf(logins, failures, person);
    });
  },
};

export type SuccessAfterFailuresEvidence = {
  readonly success: SightingEvidence;
  readonly failures: number;
  readonly withinMinutes: number;
  readonly firstFailure: SightingEvidence;
  readonly networkKnown: boolean;
  readonly deviceKnown: boolean;
};

function guessesOf(
  logins: readonly Sighting[],
  failures: readonly Sighting[],
  person: Case,
): readonly RuleFinding[] {
  const { failuresBeforeSuccess, successWithinMs } = person.settings.volume;
  const times = failures.map(({ toMs }) => toMs);
  const findings: RuleFinding[] = [];
  let told = 0;
  for (const login of logins) {
    // A failure counts for the first success after it only.
    const from = Math.max(told, lowerBound(times, login.toMs - successWithinMs));
    const until = lowerBound(times, login.toMs);
    if (until > told) told = until;
    if (until - from < failuresBeforeSuccess || !person.isJudged(login.toMs)) continue;
    findings.push(guessFinding(login, failures.slice(from, until), person));
  }
  return findings;
}

function guessFinding(
  login: Sighting,
  failures: readonly Sighting[],
  { facts, baseline, settings }: Case,
): RuleFinding {
  const [device, prefix] = [deviceKeyOfSighting(login), prefixOfSighting(login)];
  const [first = login] = failures;
  const evidence: SuccessAfterFailuresEvidence = {
    success: sightingEvidence(login),
    failures: failures.length,
    withinMinutes: settings.volume.successWithinMs / 60_000,
    firstFailure: sightingEvidence(first),
    networkKnown: prefix !== null && baseline.known('prefix', prefix, login.toMs),
    deviceKnown: device !== null && baseline.known('device', device, login.toMs),
  };
  const { networkKnown, deviceKnown } = evidence;
  return findingOf({
    rule: 'success-after-failures',
    severity: networkKnown && deviceKnown ? 'info' : 'high',
    about: login,
    key: [login.id],
    sessions: [login.sessionKey],
    atMs: login.toMs,
    title: `Success after ${plural(failures.length, 'failed login')}`,
    explanation: [
      `${personName(facts, login)} signed in at ${moment(login.toMs)} with ${deviceName(login.device)} from ${addressName(login)}, ${placeName(login.place)}, ` +
        `after ${plural(failures.length, 'failed login')} in the ${duration(settings.volume.successWithinMs)} before, the first from ${addressName(first)}.`,
      `How sure: the network is ${networkKnown ? 'known' : 'not known'} for the person by then, and the device is ${deviceKnown ? 'known' : 'not known'}` +
        (networkKnown && deviceKnown
          ? ', so this is most likely a forgotten password.'
          : '; a guess may have been right.'),
      'What would make it wrong: a forgotten password, tried from a new device or on the road.',
    ],
    evidence,
    isLearning: !baseline.mature(login.toMs),
    suppressedBy: null,
  });
}
