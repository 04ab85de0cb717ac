import type { Case } from './case.ts';
import { deviceContinuity } from './device.ts';
import { isOnNewDevice } from './device-news.ts';
import type { Sighting } from './facts.ts';
import { prefixOfSighting } from './features.ts';
import { haversineKm } from './geodesy.ts';
import type { LatestHits } from './latest-hits.ts';
import { likelyJourney } from './likely-journey.ts';
import { longestGapMs } from './moment.ts';
import type { DetectSettings } from './settings.ts';
import { strayedLines } from './strayed-lines.ts';
import { farJourney, surprisingJourney, type ImpossibleJourney } from './travel.ts';
import type { TravelPair } from './travel-pairs.ts';
import { travelOutcome, type TravelVerdict } from './travel-verdict.ts';
import type { Waypoint } from './waypoint.ts';

/** A stranger on a network of the person's, and the sighting by which the person's own line turned out never to have moved. */
export type StrayEnd = { readonly sighting: Sighting; readonly back: Sighting };

/** An impossible journey before it is put into words. */
export type TravelHit = {
  readonly pair: TravelPair;
  readonly journey: ImpossibleJourney;
  readonly outcome: TravelVerdict['outcome'];
  readonly ends: readonly [string, string];
  /** Which end is on a line that is not the person's; null where nothing says so, or nobody asked. */
  readonly stray: StrayEnd | null;
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
export function noteJourney(
  pair: TravelPair,
  person: Case,
  open: LatestHits<TravelHit>,
  hits: LatestHits<TravelHit>,
): void {
  const { settings, baseline } = person;
  const [a, b] = [pair.before.sighting, pair.after.sighting];
  const judged = judgedJourney(pair, person);
  if (judged === null) return;
  const { outcome } = judged;
  const [one, other] = [endKey(pair.before), endKey(pair.after)];
  const ends = one < other ? ([one, other] as const) : ([other, one] as const);
  const isAttack = a.isQuarantined === true || b.isQuarantined === true;
  const isStrange = isOnNewDevice(a, baseline) || isOnNewDevice(b, baseline);
  const kind = JSON.stringify([outcome, ...ends, isAttack, isStrange, baseline.mature(b.toMs)]);
  const hit: TravelHit = { pair, ...judged, ends, stray: null, repeats: [], repeated: 0, lastMs: b.toMs };
  const key = JSON.stringify(keyOf(hit));
  const last = open.get(kind);
  const isGoingOn = last !== undefined && b.toMs - last.lastMs <= settings.travel.toldAgainAfterMs;
  const known = isGoingOn ? last : hits.get(key);
  if (known === undefined) hits.keep(key, hit);
  else addRepeat(known, pair, settings);
  open.keep(kind, known ?? hit);
}

/** Beyond doubt; or likely, which is told only where nothing speaks for the person. */
function judgedJourney(pair: TravelPair, person: Case): Pick<TravelHit, 'journey' | 'outcome'> | null {
  const { before, after } = pair;
  const gapMs = longestGapMs(before.sighting, after.sighting);
  if (gapMs === null) return null;
  const far = farJourney(before, after, gapMs, person.settings);
  const sure = far === null ? null : surprisingJourney(before, after, far, person.settings);
  if (sure !== null) return { journey: sure, outcome: travelOutcome(pair, sure.distanceKm, person) };
  const likely = likelyJourney(pair, gapMs, person);
  const isTold = likely !== null && travelOutcome(pair, likely.distanceKm, person) === 'fires';
  return isTold ? { journey: likely, outcome: 'likely' } : null;
}

/**
 * What was put down to a network that lets its traffic out elsewhere, and can't have been: the person's own line on it, far
 * from there, never moved. Told once for a stray block, when the line is back; what was suppressed stays as it is. A device
 * token and a carrier speak louder than addresses.
 */
export function strayedHits(hits: readonly TravelHit[], person: Case): readonly TravelHit[] {
  const doubted = hits.filter(({ outcome, pair: { before, after } }) => {
    const isPutDownToNetwork = outcome === 'suppressed' || outcome === 'familiar';
    return isPutDownToNetwork && deviceContinuity(before.sighting, after.sighting) !== 'token';
  });
  if (doubted.length === 0) return [];
  const backOf = strayedLines(person.baseline.proven(), person.settings);
  const strayed = new Map<string, TravelHit>();
  for (const hit of doubted) {
    for (const end of [hit.pair.after, hit.pair.before]) {
      const back = end.line === 'cellular' || end.isCarrier ? null : backOf(end.sighting);
      if (back === null || !isFar(end, back, person)) continue;
      const key = `${prefixOfSighting(end.sighting) ?? ''} ${back.toMs}`;
      if (strayed.has(key)) continue;
      strayed.set(key, { ...hit, outcome: 'strayed', stray: { sighting: end.sighting, back } });
    }
  }
  return [...strayed.values()];
}

function isFar({ spread }: Waypoint, { place, ip }: Sighting, { survey, settings }: Case): boolean {
  const position = place === null ? null : survey.position(place, ip);
  return position !== null && haversineKm(spread, position.spread) >= settings.travel.minDistanceKm;
}

/** When the last thing happened that it rests on. */
export function knownAtMs({ pair, stray }: TravelHit): number {
  return Math.max(pair.after.sighting.toMs, stray?.back.toMs ?? -Infinity);
}

/** What makes it the same finding next time. */
export function keyOf({ outcome, ends, pair }: TravelHit): readonly string[] {
  const { toMs, sessionKey } = pair.after.sighting;
  return [outcome, ...ends, String(toMs), sessionKey ?? ''];
}

function addRepeat(hit: TravelHit, pair: TravelPair, { travel }: DetectSettings): void {
  hit.lastMs = pair.after.sighting.toMs;
  hit.repeated += 1;
  if (hit.repeats.length < travel.maxRepeats) hit.repeats.push(pair);
}

function endKey({ sighting, spot }: Waypoint): string {
  return `AS${sighting.network?.asn ?? '?'}@${spot}`;
}
