import type { Arrival } from './arrivals.ts';
import type { Baseline } from './baseline.ts';
import type { Case } from './case.ts';
import { deviceKeyOfSighting } from './device.ts';
import type { Feature, Sighting } from './facts.ts';
import { featureOf } from './features.ts';

/** Where values of a feature turn up that are news: not the first of all, not known, and in the time that is judged. */
export function newsOf(feature: Feature, person: Case): readonly Arrival[] {
  const { baseline } = person;
  return baseline
    .arrivals(feature)
    .filter(
      ({ sighting, value, others }) =>
        others.length > 0 && person.isJudged(sighting.toMs) && !baseline.known(feature, value, sighting.toMs),
    );
}

/** Whether the value that a sighting has of a feature is not known of the person; false where it has none. */
export function isNew(feature: Feature, sighting: Sighting, { baseline, survey }: Case): boolean {
  const value = featureOf(feature, sighting, survey);
  return value !== null && !baseline.known(feature, value, sighting.toMs);
}

/** Whether a person who is known by now came with an unknown device. Before that every device is new, which says nothing. */
export function isOnNewDevice(sighting: Sighting, baseline: Baseline): boolean {
  const key = deviceKeyOfSighting(sighting);
  return key !== null && baseline.mature(sighting.toMs) && !baseline.known('device', key, sighting.toMs);
}

/** Whether the device is one that was known for the person at that time. */
export function isOnKnownDevice(sighting: Sighting, baseline: Baseline): boolean {
  const key = deviceKeyOfSighting(sighting);
  return key !== null && baseline.known('device', key, sighting.toMs);
}
