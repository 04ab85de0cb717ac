import type { Case } from '../case.ts';
import type { RuleFinding } from '../facts.ts';
import { findingOf } from '../finding.ts';
import { longestGapMs } from '../moment.ts';
import type { Unjudged } from '../not-evaluable.ts';
import type { Rule } from '../rule.ts';
import type { DetectSettings } from '../settings.ts';
import { farJourney, surprisingJourney, type ImpossibleJourney } from '../travel.ts';
import { visitTravelPairs, type TravelPair } from '../travel-pairs.ts';
import { travelOutcome, travelVerdict, type TravelVerdict } from '../travel-verdict.ts';
import { travelEvidence, travelExplanation, travelTitle } from '../travel-words.ts';
import { waypointsOf, type Waypoint } from '../waypoint.ts';

/**
 * Two sightings of one person are farther apart than an honest traveller can have come (detections section 3).
 *
 * Can't judge: no place, addresses that belong to none, networks that hide the person, unknown or wrong times, two
 * records that name the same country and nothing more. Suppressed: the same device behind a carrier's or the
 * same network's egress, and ends that are both familiar. A cellular line never fires on travel alone, because its cap lies below the threshold.
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
    const hits = new Map<string, Hit>();
    visitTravelPairs(waypointsOf(facts, survey, unjudged), settings, unjudged, (before, after) => {
      if (isSameVagueCountry(before, after)) {
        unjudged.add('Both records name the same country and nothing more.', before.sighting, after.sighting);
      } else if (before.spread !== after.spread) {
        const hit = newHit({ before, after }, person, hits);
        if (hit !== null) keep(hit, hits, settings, unjudged);
      }
    });
    dropOldest(hits, settings.travel.maxFindings, unjudged);
    return [...hits.values()]
      .filter(({ pair }) => person.isJudged(pair.after.sighting.toMs))
      .map((hit) => findingOfHit(hit, person));
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
function newHit(pair: TravelPair, person: Case, hits: ReadonlyMap<string, Hit>): Hit | null {
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

function keep(hit: Hit, hits: Map<string, Hit>, { travel }: DetectSettings, unjudged: Unjudged): void {
  hits.set(hit.key, hit);
  // Now and then, because finding a map's oldest entry takes longer the more were deleted before it.
  if (hits.size >= 2 * travel.maxFindings) dropOldest(hits, travel.maxFindings, unjudged);
}

function dropOldest(hits: Map<string, Hit>, maxFindings: number, unjudged: Unjudged): void {
  let excess = hits.size - maxFindings;
  for (const [key, { pair }] of hits) {
    if (excess <= 0) return;
    excess -= 1;
    hits.delete(key);
    unjudged.add(`More than ${maxFindings} impossible pairs: the oldest are left out.`, pair.after.sighting);
  }
}

function isSameVagueCountry(a: Waypoint, b: Waypoint): boolean {
  if (a.spread.level !== 'country' || b.spread.level !== 'country') return false;
  return a.sighting.place?.country === b.sighting.place?.country;
}

function endKey({ sighting, spot }: Waypoint): string {
  return `${sighting.sessionKey ?? sighting.id}@${spot}`;
}

function findingOfHit({ pair, journey, outcome, ends }: Hit, { facts, baseline }: Case): RuleFinding {
  const [a, b] = [pair.before.sighting, pair.after.sighting];
  const verdict = travelVerdict(pair, outcome, baseline);
  return findingOf({
    rule: 'impossible-travel',
    severity: verdict.severity,
    about: b,
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
