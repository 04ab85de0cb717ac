import type { Case } from '../case.ts';
import type { RuleFinding } from '../facts.ts';
import { findingOf } from '../finding.ts';
import { LatestHits } from '../latest-hits.ts';
import { isHeard } from '../not-evaluable.ts';
import type { Rule } from '../rule.ts';
import { suspectOf } from '../suspect.ts';
import { keyOf, knownAtMs, noteJourney, strayedHits, type TravelHit } from '../travel-hits.ts';
import { visitTravelPairs } from '../travel-pairs.ts';
import { hostingTimes, travelVerdict } from '../travel-verdict.ts';
import { travelEvidence, travelExplanation, travelTitle } from '../travel-words.ts';
import { isSameVagueCountry, waypointsOf } from '../waypoint.ts';

/**
 * Two sightings of one person are farther apart than an honest traveller can have come (detections section 3).
 *
 * Can't judge: no place, addresses that belong to none, networks that hide the person, unknown or wrong times, two
 * records that name the same country and nothing more. Told once for two ends while they go on being seen.
 *
 * Suppressed: the same device behind a carrier's or the same network's egress, ends that are both familiar, and networks that act
 * like a carrier for the person. Medium: what is likely rather than beyond doubt, by a stranger (`likelyJourney`), and what was put
 * down to a network until the person's line on it was seen never to have moved (`strayedHits`). Critical with a new device,
 * or with a data centre in the 24 hours before. A cellular line never fires on travel alone, because its cap lies below the threshold.
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
    'a network that the person’s phones use and other devices don’t, as with a carrier: suppressed',
    'the same device less than 1,000 km apart: info',
    'the same networks and places again within 24 hours: listed in the same finding',
    'a cellular line on either side: never fires on travel alone',
    'likelier impossible than not, by who is strange in everything else (network, and device or country): medium',
    'the same network by another line, while the person’s own is back where it was: medium, when it is back',
  ],
  settings: ['travel', 'place', 'carrier'],
  judge(person, unjudged) {
    const { settings } = person;
    if (!isHeard(unjudged) && !person.isEverFar()) return [];
    const hits = new LatestHits<TravelHit>(settings.travel.maxFindings, ({ pair }) => {
      const reason = `More than ${settings.travel.maxFindings} impossible pairs: the oldest are left out.`;
      unjudged.add(reason, pair.after.sighting);
    });
    // Whose ends were forgotten is told anew.
    const open = new LatestHits<TravelHit>(settings.travel.maxFindings, () => undefined);
    visitTravelPairs(waypointsOf(person, unjudged), settings, unjudged, (before, after) => {
      if (isSameVagueCountry(before, after)) {
        unjudged.add('Both records name the same country and nothing more.', before.sighting, after.sighting);
      } else if (before.spread !== after.spread) {
        noteJourney({ before, after }, person, open, hits);
      }
    });
    const told = hits.list();
    const judged = [...told, ...strayedHits(told, person)].filter((hit) => person.isJudged(knownAtMs(hit)));
    const hostingMs = judged.length === 0 ? [] : hostingTimes(person);
    return judged.map((hit) => findingOfHit(hit, person, hostingMs));
  },
};

function findingOfHit(hit: TravelHit, person: Case, hostingMs: readonly number[]): RuleFinding {
  const { facts, baseline, survey } = person;
  const { pair, journey, outcome, repeats } = hit;
  const [a, b] = [pair.before.sighting, pair.after.sighting];
  const verdict = travelVerdict(pair, outcome, person, hostingMs);
  return findingOf({
    rule: 'impossible-travel',
    severity: verdict.severity,
    about: hit.stray?.sighting ?? suspectOf(a, b, baseline, survey),
    key: keyOf(hit),
    sessions: [pair, ...repeats].flatMap(({ before, after }) => [
      before.sighting.sessionKey,
      after.sighting.sessionKey,
    ]),
    atMs: knownAtMs(hit),
    title: travelTitle(pair, journey, verdict),
    explanation: travelExplanation(hit, verdict, facts),
    evidence: travelEvidence(hit, verdict),
    isLearning: !baseline.mature(b.toMs),
    suppressedBy: verdict.suppressedBy,
  });
}
