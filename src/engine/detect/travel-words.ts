import { rounded, sightingEvidence, type SightingEvidence } from './evidence.ts';
import type { PersonFacts } from './facts.ts';
import type { Spread } from './spread.ts';
import type { ImpossibleJourney, Line } from './travel.ts';
import type { StrayEnd, TravelHit } from './travel-hits.ts';
import type { TravelPair } from './travel-pairs.ts';
import type { Waypoint } from './waypoint.ts';
import {
  addressName,
  deviceName,
  duration,
  kilometres,
  moment,
  numberName,
  percent,
  personName,
  placeName,
} from './words.ts';
import type { TravelVerdict } from './travel-verdict.ts';

const HOUR_MS = 3_600_000;

/** What the analyst is shown (detections 3.7). Distances in kilometres, times in hours. */
export type TravelEvidence = {
  readonly from: TravelEnd;
  readonly to: TravelEnd;
  readonly distanceKm: number;
  /** The longest gap that both times allow. */
  readonly gapHours: number;
  readonly sigmaKm: number;
  readonly reachKm: number;
  readonly probability: number;
  readonly probabilityBeforeCap: number;
  readonly cap: number;
  readonly fastestTripHours: number;
  /** What of the gap is taken to be spent on the ground: 0 where the journey is beyond doubt. */
  readonly groundHours: number;
  readonly newDevice: boolean;
  /** The person came out of a data centre in the 24 hours before. */
  readonly afterHosting: boolean;
  readonly suppression: string | null;
  /** By what the person's own line turned out never to have moved; null where it may have. */
  readonly lineBack: SightingEvidence | null;
  /** Journeys between the same ends that followed, each within 24 hours of the last, and the earliest of their sightings. */
  readonly repeated: number;
  readonly sightings: readonly string[];
};

/** A journey to tell of, and those between the same ends that followed. */
export type ToldJourney = Pick<TravelHit, 'pair' | 'journey' | 'stray' | 'repeats' | 'repeated'>;

type TravelEnd = SightingEvidence & Spread & { readonly line: Line };

export function travelEvidence(
  { pair: { before, after }, journey, stray, repeats, repeated }: ToldJourney,
  verdict: TravelVerdict,
): TravelEvidence {
  const later = repeats.flatMap((each) => [each.before.sighting.id, each.after.sighting.id]);
  return {
    from: travelEnd(before),
    to: travelEnd(after),
    distanceKm: rounded(journey.distanceKm, 1),
    gapHours: rounded(journey.gapMs / HOUR_MS, 4),
    sigmaKm: rounded(journey.sigmaKm, 2),
    reachKm: rounded(journey.reachKm, 1),
    probability: rounded(journey.probability, 4),
    probabilityBeforeCap: rounded(journey.uncapped, 4),
    cap: rounded(journey.cap, 4),
    fastestTripHours: rounded(journey.fastestMs / HOUR_MS, 2),
    groundHours: rounded(journey.groundMs / HOUR_MS, 2),
    newDevice: verdict.isNewDevice,
    afterHosting: verdict.isAfterHosting,
    suppression: verdict.suppressedBy,
    lineBack: stray === null ? null : sightingEvidence(stray.back),
    repeated,
    sightings: [...new Set(later)],
  };
}

function travelEnd({ sighting, spread, line }: Waypoint): TravelEnd {
  const sigmaKm = rounded(spread.sigmaKm, 2);
  return { ...sightingEvidence(sighting), ...spread, radiusKm: rounded(spread.radiusKm, 1), sigmaKm, line };
}

export function travelTitle(
  { before, after }: TravelPair,
  { distanceKm, gapMs }: ImpossibleJourney,
  { outcome }: TravelVerdict,
): string {
  const [from, to] = [placeName(before.sighting.place), placeName(after.sighting.place)];
  const what = outcome === 'likely' ? 'Hardly possible travel' : 'Impossible travel';
  return `${what}: ${from} to ${to}, ${kilometres(distanceKm)} in ${duration(gapMs)}`;
}

export function travelExplanation(
  { pair: { before, after }, journey, stray, repeated }: ToldJourney,
  verdict: TravelVerdict,
  facts: PersonFacts,
): readonly string[] {
  const { distanceKm, gapMs, groundMs, reachKm, probability, uncapped, cap, fastestMs } = journey;
  const isCapped = uncapped > cap;
  return [
    `${personName(facts, after.sighting)} was seen ${endWords(before)}; and ${endWords(after)}.`,
    `The places are ${kilometres(distanceKm)} apart and the times at most ${duration(gapMs)}.`,
    `By the fastest honest trip a person gets ${kilometres(reachKm)} far in that time${
      groundMs === 0 ? '' : `, ${duration(groundMs)} of it on the ground`
    }; this one takes ${duration(fastestMs)}.`,
    `How sure: ${percent(probability)} of honest people on such a trip would have been placed closer together${
      isCapped ? ', cut to the share of addresses that are placed right at all' : ''
    }.`,
    ...(repeated === 0
      ? []
      : [`${repeatWords(repeated)} between the same ends, each within 24 hours of the last.`]),
    ...(verdict.outcome === 'likely' ? [strangerWords] : []),
    ...(stray === null ? [] : [strayWords(stray)]),
    ...(verdict.isNewDevice ? ['One of the two devices is new for this person.'] : []),
    ...(verdict.isAfterHosting ? ['In the 24 hours before, the person came out of a data centre too.'] : []),
    ...(verdict.outcome === 'doubtful'
      ? ['It is the same device, and the distance may be an error of the database.']
      : []),
    ...(verdict.suppressedBy === null ? [] : [`Not alerted. ${verdict.suppressedBy}`]),
    'What would make it wrong: a VPN, proxy or company gateway that is not known as one, an address the database misplaces, ' +
      'a remote desktop, or two people who share the account.',
  ];
}

const strangerWords =
  'That is not beyond doubt; it is told because one end is on a network that the person is not known for, with a kind of device or ' +
  'in a country that is as new, and the other end on a known one.';

function strayWords({ sighting, back }: StrayEnd): string {
  return (
    `The person is known for the network, which may let traffic out elsewhere; but ${addressName(sighting)} is of a block that was ` +
    `never seen before, and at ${moment(back.toMs)} the line was back at ${addressName(back)}, where it had been before. In the ` +
    'time that is looked back on it never moved there and back.'
  );
}

function repeatWords(repeated: number): string {
  return repeated === 1
    ? 'One more such journey followed'
    : `${numberName(repeated)} more such journeys followed`;
}

function endWords({ sighting, spread }: Waypoint): string {
  const { place, source, device } = sighting;
  return (
    `near ${placeName(place)} (${circleWords(spread)}) at ${moment(sighting.toMs)} from ${addressName(sighting)} ` +
    `with ${deviceName(device)}, reported by ${source}`
  );
}

function circleWords({ level, radiusKm, radiusFrom }: Spread): string {
  if (level === 'country') return `somewhere in the country, up to ${kilometres(radiusKm)} from its middle`;
  return `within ${kilometres(radiusKm)}, ${radiusFrom === 'record' ? 'as the database says' : `assumed for a ${level}`}`;
}
