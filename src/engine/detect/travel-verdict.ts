import type { Severity } from '../../contract/rules.ts';
import type { Baseline } from './baseline.ts';
import { deviceContinuity, deviceKeyOfSighting, isSameNetwork } from './device.ts';
import type { Sighting } from './facts.ts';
import type { DetectSettings } from './settings.ts';
import type { ImpossibleJourney } from './travel.ts';
import type { TravelPair } from './travel-pairs.ts';

/** What becomes of an impossible journey. `doubtful` is told, but worth no more than an info. */
export type TravelVerdict = {
  readonly outcome: 'fires' | 'doubtful' | 'suppressed';
  readonly severity: Severity;
  readonly isNewDevice: boolean;
  readonly suppressedBy: string | null;
};

/**
 * What device continuity and a new device make of an impossible journey (detections 3.6). Without device tokens a
 * device is only recognised on the same network, and is then suppressed.
 */
export function travelVerdict(
  { before, after }: TravelPair,
  { distanceKm }: ImpossibleJourney,
  baseline: Baseline,
  { travel }: DetectSettings,
): TravelVerdict {
  const [a, b] = [before.sighting, after.sighting];
  const isNewDevice = isUnknownDevice(a, baseline) || isUnknownDevice(b, baseline);
  const continuity = deviceContinuity(a, b);
  if (continuity !== null && isSameNetwork(a, b)) {
    const device = continuity === 'token' ? 'The same device' : 'The same kind of device';
    const suppressedBy = `${device} on the same network: operators let traffic out far from the person.`;
    return { outcome: 'suppressed', severity: 'high', isNewDevice, suppressedBy };
  }
  if (continuity !== null && distanceKm < travel.sameDeviceInfoKm) {
    return { outcome: 'doubtful', severity: 'info', isNewDevice, suppressedBy: null };
  }
  return { outcome: 'fires', severity: isNewDevice ? 'critical' : 'high', isNewDevice, suppressedBy: null };
}

/** Before a person is mature every device is new, which says nothing. */
function isUnknownDevice(sighting: Sighting, baseline: Baseline): boolean {
  const key = deviceKeyOfSighting(sighting);
  return key !== null && baseline.mature(sighting.toMs) && !baseline.known('device', key, sighting.toMs);
}
