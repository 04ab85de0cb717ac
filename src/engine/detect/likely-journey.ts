import type { Case } from './case.ts';
import { deviceContinuity } from './device.ts';
import type { Feature } from './facts.ts';
import { featureOf } from './features.ts';
import { farJourney, surprisingJourney, type ImpossibleJourney } from './travel.ts';
import type { TravelPair } from './travel-pairs.ts';
import type { Waypoint } from './waypoint.ts';

/**
 * A journey that is likelier impossible than not, and a stranger's by everything else; null where it is neither.
 *
 * The test of detections 3.3 asks whether anybody at all could have made it, of people of whom nothing else is known. Where one end
 * is on a network that the person never used, with a kind of device or in a country that is as new, while the other end is where
 * the person always is, another person is the plain explanation, and the distance need only agree with it: more surprising than
 * not for who takes the fastest airliner, and needs half an hour for boarding and taxiing. The caps of the lines stay as they
 * are, so that a cellular one never fires.
 *
 * @param gapMs the longest time that can lie between the two moments
 */
export function likelyJourney(
  { before, after }: TravelPair,
  gapMs: number,
  person: Pick<Case, 'baseline' | 'survey' | 'settings'>,
): ImpossibleJourney | null {
  const { settings } = person;
  const far = farJourney(before, after, gapMs, settings, settings.travel.groundMs);
  if (far === null || !isOneStrange(before, after, person)) return null;
  return surprisingJourney(before, after, far, settings, settings.travel.strangerProbability);
}

type Person = Pick<Case, 'baseline' | 'survey'>;

function isOneStrange(a: Waypoint, b: Waypoint, person: Person): boolean {
  const [isNewA, isNewB] = [isNew('asn', a, person), isNew('asn', b, person)];
  if (isNewA === null || isNewB === null || isNewA === isNewB) return false;
  if (deviceContinuity(a.sighting, b.sighting) === 'token') return false;
  const stranger = isNewA ? a : b;
  return isNew('device', stranger, person) === true || isNew('country', stranger, person) === true;
}

/** Null where the value is not known. */
function isNew(feature: Feature, { sighting }: Waypoint, { baseline, survey }: Person): boolean | null {
  const value = featureOf(feature, sighting, survey);
  return value === null ? null : !baseline.known(feature, value, sighting.toMs);
}
