import type { Baseline } from '../baseline.ts';
import type { PersonFacts, RuleFinding } from '../facts.ts';
import { findingOf } from '../finding.ts';
import { longestGapMs } from '../moment.ts';
import { collectUnjudged, type Unjudged } from '../not-evaluable.ts';
import type { Rule } from '../rule.ts';
import type { DetectSettings } from '../settings.ts';
import { impossibleJourney, type ImpossibleJourney } from '../travel.ts';
import { travelPairs, type TravelPair } from '../travel-pairs.ts';
import { travelVerdict, type TravelVerdict } from '../travel-verdict.ts';
import { travelEvidence, travelExplanation, travelTitle } from '../travel-words.ts';
import { waypointsOf, type Waypoint } from '../waypoint.ts';

/**
 * Two sightings of one person are farther apart than an honest traveller can have come (detections section 3).
 *
 * Can't judge: no place, addresses that belong to none, networks that hide the person, unknown or wrong times, two
 * records that name the same country and nothing more. Suppressed: the same device behind a carrier's or the
 * same network's egress. A cellular line never fires on travel alone, because its cap lies below the threshold.
 */
export const impossibleTravel: Rule = {
  id: 'impossible-travel',
  letter: 'T1',
  severity: 'high',
  title: 'Impossible travel',
  needs: ['place', 'accuracy radius or level', 'times'],
  judge(facts, baseline, settings) {
    const unjudged = collectUnjudged('impossible-travel');
    const hits = new Map<string, Hit>();
    const waypoints = waypointsOf(facts, settings, unjudged);
    for (const pair of travelPairs(waypoints, settings, unjudged)) {
      const hit = hitOf(pair, baseline, settings, unjudged);
      if (hit !== null) keep(hit, hits, settings, unjudged);
    }
    dropOldest(hits, settings.travel.maxFindings, unjudged);
    const findings = [...hits.values()].map((hit) => findingOfHit(hit, facts, baseline));
    return { findings, notEvaluable: unjudged.list() };
  },
};

/** An impossible journey before it is put into words. */
type Hit = {
  readonly pair: TravelPair;
  readonly journey: ImpossibleJourney;
  readonly verdict: TravelVerdict;
  readonly key: readonly [outcome: string, oneEnd: string, otherEnd: string];
};

function hitOf(
  pair: TravelPair,
  baseline: Baseline,
  settings: DetectSettings,
  unjudged: Unjudged,
): Hit | null {
  const { before, after } = pair;
  if (isSameVagueCountry(before, after)) {
    unjudged.add('Both records name the same country and nothing more.', before.sighting, after.sighting);
    return null;
  }
  const gapMs = longestGapMs(before.sighting, after.sighting);
  const journey = gapMs === null ? null : impossibleJourney(before, after, gapMs, settings);
  if (journey === null) return null;
  const verdict = travelVerdict(pair, journey, baseline, settings);
  const [one, other] = [endKey(before), endKey(after)];
  const key =
    one < other ? ([verdict.outcome, one, other] as const) : ([verdict.outcome, other, one] as const);
  return { pair, journey, verdict, key };
}

/** The first of its kind stays: two sessions that are seen by turns in two places are one finding. */
function keep(hit: Hit, hits: Map<string, Hit>, { travel }: DetectSettings, unjudged: Unjudged): void {
  const key = hit.key.join(' ');
  if (hits.has(key)) return;
  hits.set(key, hit);
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

function findingOfHit(
  { pair, journey, verdict, key }: Hit,
  facts: PersonFacts,
  baseline: Baseline,
): RuleFinding {
  const [a, b] = [pair.before.sighting, pair.after.sighting];
  return findingOf(
    {
      rule: 'impossible-travel',
      severity: verdict.severity,
      key,
      sessions: [a.sessionKey, b.sessionKey],
      atMs: b.toMs,
      title: travelTitle(pair, journey),
      explanation: travelExplanation(pair, journey, verdict, facts),
      evidence: travelEvidence(pair, journey, verdict),
      isLearning: !baseline.mature(b.toMs),
      suppressedBy: verdict.suppressedBy,
    },
    facts,
  );
}
