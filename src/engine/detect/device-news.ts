import type { Baseline } from './baseline.ts';
import { deviceKeyOfSighting } from './device.ts';
import type { Sighting } from './facts.ts';

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
