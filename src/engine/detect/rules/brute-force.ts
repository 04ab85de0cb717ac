import { burstsOf, type Burst } from '../bursts.ts';
import { byUser } from '../by-user.ts';
import type { Case } from '../case.ts';
import { deviceKeyOfSighting } from '../device.ts';
import { sightingEvidence, type SightingEvidence } from '../evidence.ts';
import type { RuleFinding, Sighting } from '../facts.ts';
import { prefixOfSighting } from '../features.ts';
import { findingOf } from '../finding.ts';
import { tellMissing } from '../not-evaluable.ts';
import type { Rule } from '../rule.ts';
import { isTagged } from '../tags.ts';
import { addressName, duration, moment, personName, plural, numberName } from '../words.ts';

/**
 * Eight failed logins on one account within five minutes, or five on an administrator's (detections 4.6, B1). One finding for each
 * wave of them.
 *
 * Can't judge: sources that tell of no logins. Low when nearly all come from a device and network the person is known for: a client
 * that tries an old password again and again.
 */
export const bruteForce: Rule = {
  id: 'brute-force',
  cannotJudge: ['sources that tell of no logins, or no failed ones'],
  lowered: ['a device and network that are known for the person, as of a client with an old password: low'],
  settings: ['volume.failures', 'volume.administratorFailures', 'volume.failuresWithinMs'],
  judge(person, unjudged) {
    if (person.failures().length === 0) {
      const tellsNone = !person.facts.sightings.some(({ kind }) => kind === 'login');
      if (tellsNone)
        tellMissing(unjudged, person.seen(), () => true, 'The source tells of no failed logins.');
      return [];
    }
    return byUser(person.failures())
      .flatMap((failures) => wavesOf(failures, person))
      .filter(({ reached }) => person.isJudged(reached.toMs))
      .map((wave) => waveFinding(wave, person));
  },
};

export type BruteForceEvidence = {
  readonly failures: number;
  readonly withinMinutes: number;
  readonly addresses: number;
  readonly fromKnown: number;
  readonly first: SightingEvidence;
  readonly last: SightingEvidence;
};

function wavesOf(failures: readonly Sighting[], { facts, settings }: Case): readonly Burst[] {
  const { volume } = settings;
  const [first] = failures;
  const isAdministrator = first !== undefined && isTagged(facts, first, 'administrator');
  const enough = isAdministrator ? volume.administratorFailures : volume.failures;
  if (failures.length < enough) return [];
  return burstsOf(failures, volume.failuresWithinMs, ({ count }) => count >= enough);
}

/** A stuck client tries from one known device; an odd failure among them changes nothing. */
const NEARLY_ALL = 0.9;

function waveFinding({ reached, members }: Burst, person: Case): RuleFinding {
  const { facts, baseline, settings } = person;
  const [first = reached, last = reached] = [members[0], members.at(-1)];
  const known = members.filter((failure) => isFromKnown(failure, person)).length;
  const isStuck = known >= NEARLY_ALL * members.length;
  const addresses = new Set(members.map(({ ip }) => ip)).size;
  const evidence: BruteForceEvidence = {
    failures: members.length,
    withinMinutes: settings.volume.failuresWithinMs / 60_000,
    addresses,
    fromKnown: known,
    first: sightingEvidence(first),
    last: sightingEvidence(last),
  };
  return findingOf({
    rule: 'brute-force',
    severity: isStuck ? 'low' : 'medium',
    about: reached,
    key: [reached.id],
    sessions: [],
    atMs: reached.toMs,
    title: isStuck
      ? `Stuck client: ${plural(members.length, 'failed login')}`
      : `${plural(members.length, 'failed login')} on one account`,
    explanation: [
      `${plural(members.length, 'login')} of ${personName(facts, reached)} failed between ${moment(first.toMs)} and ${moment(last.toMs)}, ` +
        `from ${plural(addresses, 'address')}, the first from ${addressName(first)}; by ${moment(reached.toMs)} they were too many for ${duration(settings.volume.failuresWithinMs)}.`,
      isStuck
        ? 'How sure: nearly all come from a device and network that are known for the person; a client is probably stuck with an old password.'
        : `How sure: ${known === 0 ? 'none' : numberName(known)} of them came from a device and network known for the person; forgotten passwords are tried more slowly and less often.`,
      'What would make it wrong: a forgotten password, or an app or job that still has the old one.',
    ],
    evidence,
    isLearning: !baseline.mature(reached.toMs),
    suppressedBy: null,
  });
}

/** Whether a failed login came from a device and a network the person was known for by then. */
function isFromKnown(failure: Sighting, { baseline }: Case): boolean {
  const [device, prefix] = [deviceKeyOfSighting(failure), prefixOfSighting(failure)];
  if (device === null || prefix === null) return false;
  return baseline.known('device', device, failure.toMs) && baseline.known('prefix', prefix, failure.toMs);
}
