import type { Case } from '../case.ts';
import type { RuleFinding } from '../facts.ts';
import { findingOf } from '../finding.ts';
import { longestGapMs } from '../moment.ts';
import { isOnNewDevice } from '../device-news.ts';
import { LatestHits } from '../latest-hits.ts';
import type { Rule } from '../rule.ts';
import type { DetectSettings } from '../settings.ts';
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
 * records that name the same country and nothing more. Told once for two ends while they go on being seen. Suppressed: the same device behind a carrier's or the
 * same network's egress, ends that are both familiar, and networks that act like a carrier for the person. Critical with a new device, or with a data centre in the 24 hours before. A cellular line never fires on travel alone, because its cap lies below the threshold.
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
  ],
  settings: ['travel', 'place', 'carrier'],
  judge(person, unjudged) {
    const { settings } = person;
    const hits = new LatestHits<Hit>(settings.travel.maxFindings, ({ pair }) => {
      const reason = `More than ${settings.travel.maxFindings} impossible pairs: the oldest are left out.`;
      unjudged.add(reason, pair.after.sighting);
    });
    // Whose ends were forgotten is told anew.
    const open = new LatestHits<Hit>(settings.travel.maxFindings, () => undefined);
    visitTravelPairs(waypointsOf(person, unjudged), settings, unjudged, (before, after) => {
      if (isSameVagueCountry(before, after)) {
        unjudged.add('Both records name the same country and nothing more.', before.sighting, after.sighting);
      } else if (before.spread !== after.spread) {
        noteJourney({ before, after }, person, open, hits);
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
  /** Later journeys between the same ends, the earliest of them, and how many there are in all. */
  readonly repeats: TravelPair[];
  repeated: number;
  lastMs: number;
};

/**
 * Journeys between the same two ends, each within 24 hours of the last, are one finding: a misplaced network turns up again
 * with every session. An end is a network and a place. What fires does not hide behind what does not, a new device
 * not behind known ones, and what comes after not behind what an analyst called an attack.
 *
 * @param open by ends, the finding that may go on
 */
function noteJourney(pair: TravelPair, person: Case, open: LatestHits<Hit>, hits: LatestHits<Hit>): void {
  const { settings, baseline } = person;
  const { before, after } = pair;
  const [a, b] = [before.sighting, after.sighting];
  const gapMs = longestGapMs(a, b);
  const far = gapMs === null ? null : farJourney(before, after, gapMs, settings);
  const journey = far === null ? null : surprisingJourney(before, after, far, settings);
  if (journey === null) return;
  const outcome = travelOutcome(pair, journey.distanceKm, person);
  const [one, other] = [endKey(before), endKey(after)];
  const ends = one < other ? ([one, other] as const) : ([other, one] as const);
  const isAttack = a.isQuarantined === true || b.isQuarantined === true;
  const isStrange = isOnNewDevice(a, baseline) || isOnNewDevice(b, baseline);
  const kind = JSON.stringify([outcome, ...ends, isAttack, isStrange, baseline.mature(b.toMs)]);
  const hit: Hit = { pair, journey, outcome, ends, repeats: [], repeated: 0, lastMs: b.toMs };
  const key = JSON.stringify(keyOf(hit));
  const last = open.get(kind);
  const isGoingOn = last !== undefined && b.toMs - last.lastMs <= settings.travel.toldAgainAfterMs;
  const known = isGoingOn ? last : hits.get(key);
  if (known === undefined) hits.keep(key, hit);
  else addRepeat(known, pair, settings);
  open.keep(kind, known ?? hit);
}

function addRepeat(hit: Hit, pair: TravelPair, { travel }: DetectSettings): void {
  hit.lastMs = pair.after.sighting.toMs;
  hit.repeated += 1;
  if (hit.repeats.length < travel.maxRepeats) hit.repeats.push(pair);
}

function endKey({ sighting, spot }: Waypoint): string {
  return `AS${sighting.network?.asn ?? '?'}@${spot}`;
}

/** What makes it the same finding next time. */
function keyOf({ outcome, ends, pair }: Hit): readonly string[] {
  const { toMs, sessionKey } = pair.after.sighting;
  return [outcome, ...ends, String(toMs), sessionKey ?? ''];
}

function findingOfHit(hit: Hit, person: Case, hostingMs: readonly number[]): RuleFinding {
  const { facts, baseline, survey } = person;
  const { pair, journey, outcome, repeats } = hit;
  const [a, b] = [pair.before.sighting, pair.after.sighting];
  const verdict = travelVerdict(pair, outcome, person, hostingMs);
  return findingOf({
    rule: 'impossible-travel',
    severity: verdict.severity,
    about: suspectOf(a, b, baseline, survey),
    key: keyOf(hit),
    sessions: [pair, ...repeats].flatMap(({ before, after }) => [
      before.sighting.sessionKey,
      after.sighting.sessionKey,
    ]),
    atMs: b.toMs,
    title: travelTitle(pair, journey),
    explanation: travelExplanation(hit, verdict, facts),
    evidence: travelEvidence(hit, verdict),
    isLearning: !baseline.mature(b.toMs),
    suppressedBy: verdict.suppressedBy,
  });
}
