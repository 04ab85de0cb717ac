import type { Severity } from '../../contract/rules.ts';
import type { Baseline } from './baseline.ts';
import { deviceContinuity, deviceKeyOfSighting, isSameNetwork } from './device.ts';
import type { Sighting } from './facts.ts';
import type { DetectSettings } from './settings.ts';
import type { TravelPair } from './travel-pairs.ts';

/** What becomes of an impossible journey. `doubtful` is told, but worth no more than an info. */
export type TravelVerdict = {
  readonly outcome: 'fires' | 'doubtful' | 'suppressed';
  readonly severity: Severity;
  readonly isNewDevice: boolean;
  readonly suppressedBy: string | null;
};

/** What device continuity makes of an impossible journey of that length (detections 3.6). */
export function travelOutcome(
  { before, after }: TravelPair,
  distanceKm: number,
  { travel }: DetectSettings,
): TravelVerdict['outcome'] {
  const [a, b] = [before.sighting, after.sighting];
  if (deviceContinuity(a, b) === null) return 'fires';
  if (isSameNetwork(a, b)) return 'suppressed';
  return distanceKm < travel.sameDeviceInfoKm ? 'doubtful' : 'fires';
}

/**
 * What a new device makes of it. Without device tokens a device is only recognised on the same network, and is then
 * suppressed.
 */
export function travelVerdict(
  { before, after }: TravelPair,
  outcome: TravelVerdict['outcome'],
  baseline: Baseline,
): TravelVerdict {
  const [a, b] = [before.sighting, after.sighting];
  const isNewDevice = isUnknownDevice(a, baseline) || isUnknownDevice(b, baseline);
  const shared = { outcome, isNewDevice, suppressedBy: null };
  switch (outcome) {
    case 'suppressed': {
      const device = deviceContinuity(a, b) === 'token' ? 'The same device' : 'The same kind of device';
      const suppressedBy = `${device} on the same network: operators let traffic out far from the person.`;
      return { ...shared, severity: 'high', suppressedBy };
    }
    case 'doubtful':
      return { ...shared, severity: 'info' };
    case 'fires':
      return { ...shared, severity: isNewDevice ? 'critical' : 'high' };
  }
}

/** Before a person is mature every device is new, which says nothing. */
function isUnknownDevice(sighting: Sighting, baseline: Baseline): boolean {
  const key = deviceKeyOfSighting(sighting);
  return key !== null && baseline.mature(sighting.toMs) && !baseline.known('device', key, sighting.toMs);
}
