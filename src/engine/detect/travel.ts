import type { Network } from '../whereabouts.ts';
import { haversineKm, isWithinKm } from './geodesy.ts';
import { marcumQ1 } from './marcum-q.ts';
import type { DetectSettings } from './settings.ts';
import type { Spread } from './spread.ts';

const HOUR_MS = 3_600_000;

/** What is known of the line an address belongs to. */
export type Line = 'fixed' | 'unknown' | 'cellular';

export type Stop = { readonly spread: Spread; readonly line: Line };

/** A journey no honest person makes, with every number the verdict rests on. */
export type ImpossibleJourney = {
  readonly distanceKm: number;
  readonly gapMs: number;
  /** Deviation of both places together, along each axis. */
  readonly sigmaKm: number;
  /** How far an honest person can have come in the gap. */
  readonly reachKm: number;
  /** What counts: `uncapped`, but at most `cap`. */
  readonly probability: number;
  readonly uncapped: number;
  readonly cap: number;
  /** What of the gap nobody can have travelled in. */
  readonly groundMs: number;
  /** How long the fastest honest trip takes, the time on the ground included. */
  readonly fastestMs: number;
};

/** Half the way round the Earth, and some for rounding. */
const FARTHEST_KM = 20_016;

/** A journey farther than the time allows, before anybody asked how sure the two places are. */
export type FarJourney = Pick<ImpossibleJourney, 'distanceKm' | 'gapMs' | 'groundMs' | 'reachKm' | 'cap'>;

/**
 * The first half of judging a pair of places (detections 3.3): null where an honest traveller can have made it, where it
 * is too short to tell, or where the addresses prove too little. It leaves next to nothing for the second half, which
 * costs a hundred times as much.
 *
 * @param gapMs the longest time that can lie between the two moments; its sign does not matter, so late events count
 * @param groundMs how much of the gap is spent on the ground; default: nothing, as detections 3.3 has it
 */
export function farJourney(
  a: Stop,
  b: Stop,
  gapMs: number,
  settings: DetectSettings,
  groundMs = 0,
): FarJourney | null {
  const { slackKm, speedKmPerHour, minDistanceKm, minProbability } = settings.travel;
  const reachKm = slackKm + (speedKmPerHour * Math.max(0, Math.abs(gapMs) - groundMs)) / HOUR_MS;
  if (reachKm >= FARTHEST_KM || isWithinKm(a.spread, b.spread, minDistanceKm)) return null;
  const distanceKm = haversineKm(a.spread, b.spread);
  // Up to the reach the probability stays below one half.
  if (distanceKm < minDistanceKm || distanceKm <= reachKm) return null;
  const cap = certaintyCap(a.line, b.line, settings);
  return cap < minProbability ? null : { distanceKm, gapMs: Math.abs(gapMs), groundMs, reachKm, cap };
}

/**
 * The second half: null where the databases are too unsure of the places for the distance to surprise.
 *
 * @param minProbability how surprising it must be; default: beyond doubt, as detections 3.3 has it
 */
export function surprisingJourney(
  a: Stop,
  b: Stop,
  journey: FarJourney,
  { travel }: DetectSettings,
  minProbability = travel.minProbability,
): ImpossibleJourney | null {
  const { distanceKm, reachKm, groundMs, cap } = journey;
  const sigmaKm = Math.hypot(a.spread.sigmaKm, b.spread.sigmaKm);
  const uncapped = distanceSurprise(distanceKm, sigmaKm, reachKm);
  const probability = Math.min(uncapped, cap);
  if (probability < minProbability) return null;
  const fastestMs = groundMs + ((distanceKm - travel.slackKm) / travel.speedKmPerHour) * HOUR_MS;
  return { ...journey, sigmaKm, probability, uncapped, fastestMs };
}

/**
 * How surprising a distance is for an honest person who is as far away as the fastest airliner allows: the share of such
 * people whose two records lie closer together than these do. 1 − Q1(reach/σ, distance/σ).
 *
 * Not the probability that the true distance exceeds the reach, which is near 1 for two records of one place when
 * both radii are large.
 */
export function distanceSurprise(distanceKm: number, sigmaKm: number, reachKm: number): number {
  if (sigmaKm === 0) return distanceKm > reachKm ? 1 : 0;
  return 1 - marcumQ1(reachKm / sigmaKm, distanceKm / sigmaKm);
}

/** The most that two addresses can prove: either may be somewhere else altogether, a cellular one often. */
export function certaintyCap(a: Line, b: Line, { travel }: DetectSettings): number {
  return (1 - travel.lineError[a]) * (1 - travel.lineError[b]);
}

/** The line of a network; only the network makes a login cellular, never the user agent. */
export function lineOf(network: Network | null): Line {
  if (network?.kinds.includes('cellular')) return 'cellular';
  return network?.kinds.includes('fixed') ? 'fixed' : 'unknown';
}
