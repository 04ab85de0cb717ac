import { burstsOf, type Burst } from '../bursts.ts';
import { byUser } from '../by-user.ts';
import type { Case } from '../case.ts';
import { sightingEvidence, type SightingEvidence } from '../evidence.ts';
import type { RuleFinding, Sighting } from '../facts.ts';
import { prefixOfSighting } from '../features.ts';
import { findingOf } from '../finding.ts';
import { tellMissing } from '../not-evaluable.ts';
import type { Rule } from '../rule.ts';
import { addressName, duration, moment, personName, plural } from '../words.ts';

/**
 * Four failed logins on one account from three networks within an hour (detections 4.6, B2): somebody spreads guesses over addresses to
 * stay below what each is allowed. One finding for each wave.
 *
 * Can't judge: sources that tell of no failed logins, failures without an address.
 */
export const distributedBruteForce: Rule = {
  id: 'distributed-brute-force',
  cannotJudge: ['sources that tell of no failed logins', 'failed logins without an address'],
  lowered: ['addresses of one network (/24 or /48): count once'],
  settings: ['volume.distributedFailures', 'volume.distributedPrefixes', 'volume.distributedWithinMs'],
  judge(person, unjudged) {
    const { distributedFailures, distributedPrefixes, distributedWithinMs } = person.settings.volume;
    const hasNone = (failure: Sighting) => prefixOfSighting(failure) === null;
    tellMissing(unjudged, person.failures(), hasNone, 'The failed login has no address.');
    return byUser(person.failures())
      .filter((failures) => failures.length >= distributedFailures)
      .flatMap((failures) =>
        burstsOf(
          failures,
          distributedWithinMs,
          ({ count, distinct }) => count >= distributedFailures && distinct >= distributedPrefixes,
          prefixOfSighting,
        ),
      )
      .filter(({ reached }) => person.isJudged(reached.toMs))
      .map((wave) => waveFinding(wave, person));
  },
};

export type DistributedBruteForceEvidence = {
  readonly failures: number;
  readonly networks: readonly string[];
  readonly networkCount: number;
  readonly withinMinutes: number;
  readonly first: SightingEvidence;
  readonly last: SightingEvidence;
};

const MOST_SHOWN = 10;

function waveFinding({ reached, members }: Burst, { facts, baseline, settings }: Case): RuleFinding {
  const [first = reached, last = reached] = [members[0], members.at(-1)];
  const networks = [...new Set(members.map(prefixOfSighting).filter((prefix) => prefix !== null))];
  const evidence: DistributedBruteForceEvidence = {
    failures: members.length,
    networks: networks.slice(0, MOST_SHOWN),
    networkCount: networks.length,
    withinMinutes: settings.volume.distributedWithinMs / 60_000,
    first: sightingEvidence(first),
    last: sightingEvidence(last),
  };
  return findingOf({
    rule: 'distributed-brute-force',
    severity: 'medium',
    about: reached,
    key: [reached.id],
    sessions: [],
    atMs: reached.toMs,
    title: `${plural(members.length, 'failed login')} from ${plural(networks.length, 'network')}`,
    explanation: [
      `${plural(members.length, 'login')} of ${personName(facts, reached)} failed from ${plural(networks.length, 'network')} between ${moment(first.toMs)} and ${moment(last.toMs)}: ` +
        `${networks.slice(0, MOST_SHOWN).join(', ')}. The first came from ${addressName(first)}.`,
      `How sure: people mistype from one network; ${plural(settings.volume.distributedPrefixes, 'network')} within ${duration(settings.volume.distributedWithinMs)} are a spread of guesses.`,
      'What would make it wrong: several devices of the person with an old password, at home, at work and on the road.',
    ],
    evidence,
    isLearning: !baseline.mature(reached.toMs),
    suppressedBy: null,
  });
}
