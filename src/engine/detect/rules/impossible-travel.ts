import type { Baseline } from '../baseline.ts';
import type { PersonFacts, RuleFinding } from '../facts.ts';
import { findingOf } from '../finding.ts';
import { longestGapMs } from '../moment.ts';
import { collectUnjudged } from '../not-evaluable.ts';
import type { Rule } from '../rule.ts';
import { impossibleJourney, type ImpossibleJourney } from '../travel.ts';
import { spotOf, travelPairs, type TravelPair } from '../travel-pairs.ts';
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
    const findings = new Map<string, RuleFinding>();
    const waypoints = waypointsOf(facts, settings, unjudged);
    for (const pair of travelPairs(waypoints, settings, unjudged)) {
      const { before, after } = pair;
      if (isSameVagueCountry(before, after)) {
        unjudged.add('Both records name the same country and nothing more.', before.sighting, after.sighting);
        continue;
      }
      const gapMs = longestGapMs(before.sighting, after.sighting);
      const journey = gapMs === null ? null : impossibleJourney(before, after, gapMs, settings);
      if (journey === null) continue;
      const verdict = travelVerdict(pair, journey, baseline, settings);
      const key = [verdict.outcome, ...[endKey(before), endKey(after)].sort()];
      const text = key.join(' ');
      if (!findings.has(text))
        findings.set(text, travelFinding(pair, journey, verdict, key, facts, baseline));
    }
    return { findings: [...findings.values()], notEvaluable: unjudged.list() };
  },
};

function isSameVagueCountry(a: Waypoint, b: Waypoint): boolean {
  if (a.spread.level !== 'country' || b.spread.level !== 'country') return false;
  return a.sighting.place?.country === b.sighting.place?.country;
}

/** Two sessions that are seen by turns in two places are one finding, however often they are seen. */
function endKey(waypoint: Waypoint): string {
  const { id, sessionKey } = waypoint.sighting;
  return `${sessionKey ?? id}@${spotOf(waypoint)}`;
}

function travelFinding(
  pair: TravelPair,
  journey: ImpossibleJourney,
  verdict: TravelVerdict,
  key: readonly string[],
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
