import type { Case } from '../case.ts';
import type { RuleFinding } from '../facts.ts';
import { findingOf } from '../finding.ts';
import { longestGapMs } from '../moment.ts';
import { LatestHits } from '../latest-hits.ts';
import type { Rule } from '../rule.ts';
import { suspectOf } from '../suspect.ts';
import { farJourney, surprisingJourney, type ImpossibleJourney } from '../travel.ts';
import { visitTravelPairs, type TravelPair } from '../travel-pairs.ts';
import { hostingTimes, travelOutcome, travelVerdict, type TravelVerdict } from '../travel-verdict.ts';
import { travelEvidence, travelExplanation, travelTitle } from '../travel-words.ts';
import { isSameVagueCountry, waypointsOf, type Waypoint } from '../waypoint.ts';

/**
 * Two sightings of one person are farther apart than an honest traveller can have come (detections section 3).
 *
 * Can't judge: no place, addresses that belong to none, networks that hide the person, unknown or wrong times, two
 * records that name the same country and nothing more. Suppressed: the same device behind a carrier's or the
 * same network's egress, and ends that are both familiar. Critical with a new device, or with a data centre in the 24 hours before. A cellular line never fires on travel alone, because its cap lies below the threshold.
 */
export const impossibleTravel: Rule = {
  id: 'impossible-travel',
  cannotJudge: [
    'no place, or an address that belongs to none',
    'networks that hide the person (VPN, hosting, company gateway, relay, satellite)',
    'times that are unknown or known to be wrong',
    'two records that name the same country and nothing more',
  ],
  lowered: [
    'the same device behind a carrier’s or the same network’s egress: suppressed',
    'networks and kinds of device that the person is known for, at both ends: suppressed',
    'the same device less than 1,000 km apart: info',
    'a cellular line on either side: never fires on travel alone',
  ],
  settings: ['travel', 'place'],
  judge(person, unjudged) {
    const { facts, survey, settings } = person;
    const hits = new LatestHits<Hit>(settings.travel.maxFindings, ({ pair }) => {
      const reason = `More than ${settings.travel.maxFindings} impossible pairs: the oldest are left out.`;
      unjudged.add(reason, pair.after.sighting);
    });
    visitTravelPairs(waypointsOf(facts, survey, unjudged), settings, unjudged, (before, after) => {
      if (isSameVagueCountry(before, after)) {
        unjudged.add('Both records name the same country and nothing more.', before.sighting, after.sighting);
      } else if (before.spread !== after.spread) {
        const hit = newHit({ before, after }, person, hits);
        if (hit !== null) hits.keep(hit.key, hit);
      }
    });
    const judged = hits.list().filter(({ pair }) => person.isJudged(pair.after.sighting.toMs));
    const hostingMs = judged.length === 0 ? [] : hostingTimes(person);
    return judged.map((hit) => findingOfHit(hit, person, hostingMs));
  },
};

/** An impossible journey before it is put into words. */
type Hit = {
  readonly pair: TravelPair;
  readonly journey: ImpossibleJourney;
  readonly outcome: TravelVerdict['outcome'];
  readonly ends: readonly [string, string];
  readonly key: string;
};

/** The first of its kind is one: two sessions that are seen by turns in two places are one finding. */
function newHit(pair: TravelPair, person: Case, hits: LatestHits<Hit>): Hit | null {
  const { settings } = person;
  const { before, after } = pair;
  const gapMs = longestGapMs(before.sighting, after.sighting);
  const far = gapMs === null ? null : farJourney(before, after, gapMs, settings);
  if (far === null) return null;
  const outcome = travelOutcome(pair, far.distanceKm, person);
  const [one, other] = [endKey(before), endKey(after)];
  const ends = one < other ? ([one, other] as const) : ([other, one] as const);
  const key = [outcome, ...ends].join(' ');
  if (hits.has(key)) return null;
  const journey = surprisingJourney(before, after, far, settings);
  return journey === null ? null : { pair, journey, outcome, ends, key };
}

function endKey({ sighting, spot }: Waypoint): string {
  return `${sighting.sessionKey ?? sighting.id}@${spot}`;
}

function findingOfHit(
  { pair, journey, outcome, ends }: Hit,
  person: Case,
  hostingMs: readonly number[],
): RuleFinding {
  const { facts, baseline, survey } = person;
  const [a, b] = [pair.before.sighting, pair.after.sighting];
  const verdict = travelVerdict(pair, outcome, person, hostingMs);
  return findingOf({
    rule: 'impossible-travel',
    severity: verdict.severity,
    about: suspectOf(a, b, baseline, survey),
    key: [outcome, ...ends],
    sessions: [a.sessionKey, b.sessionKey],
    atMs: b.toMs,
    title: travelTitle(pair, journey),
    explanation: travelExplanation(pair, journey, verdict, facts),
    evidence: travelEvidence(pair, journey, verdict),
    isLearning: !baseline.mature(b.toMs),
    suppressedBy: verdict.suppressedBy,
  });
}
