import type { Baseline } from './baseline.ts';
import { deviceKeyOfSighting } from './device.ts';
import type { Sighting } from './facts.ts';

/** Why sightings of one person that don't go together are no news (detections 3.6); it begins as a finding's key does. */
export type Familiarity = 'familiar' | 'carrier';

/** What the analyst is told. */
export const familiarityWords: Readonly<Record<Familiarity, string>> = {
  familiar:
    'The person is known for every one of these networks and kinds of device: databases misplace networks, and carriers ' +
    'and offices let traffic out far from the person.',
  carrier:
    'The person’s phones use one of these networks and other devices don’t, as with a mobile carrier, and carriers let ' +
    'traffic out far from the person.',
};

/**
 * Whether sightings at most one of which is the person's doing by their places all look like the person otherwise: an attacker is
 * a stranger at one end at least, while misplaced networks and far gateways are met every day.
 *
 * @param atMs the moment that is judged: only what was known by then counts
 */
export function familiarityOf(
  sightings: readonly Sighting[],
  atMs: number,
  baseline: Baseline,
): Familiarity | null {
  if (sightings.every((sighting) => isFamiliar(sighting, atMs, baseline))) return 'familiar';
  return sightings.some((sighting) => baseline.isCarrier(sighting)) ? 'carrier' : null;
}

/** Whether the person was known for the network and for the kind of device at that moment. */
function isFamiliar(sighting: Sighting, atMs: number, baseline: Baseline): boolean {
  const device = deviceKeyOfSighting(sighting);
  const asn = sighting.network?.asn ?? null;
  if (device === null || asn === null) return false;
  return baseline.known('asn', String(asn), atMs) && baseline.known('device', device, atMs);
}
