import type { Severity } from '../../contract/rules.ts';
import type { Baseline } from './baseline.ts';
import type { Case } from './case.ts';
import { deviceContinuity, deviceKeyOfSighting, isSameNetwork } from './device.ts';
import type { Sighting } from './facts.ts';
import type { TravelPair } from './travel-pairs.ts';

/** What becomes of an impossible journey. `doubtful` is told, but worth no more than an info. */
export type TravelVerdict = {
  readonly outcome: 'fires' | 'doubtful' | 'suppressed' | 'familiar';
  readonly severity: Severity;
  readonly isNewDevice: boolean;
  readonly suppressedBy: string | null;
};

/**
 * What device continuity makes of an impossible journey of that length (detections 3.6), and what the person is known for:
 * an attacker is a stranger at one end at least, while misplaced networks and far gateways are met every day.
 */
export function travelOutcome(
  { before, after }: TravelPair,
  distanceKm: number,
  { baseline, settings: { travel } }: Pick<Case, 'baseline' | 'settings'>,
): TravelVerdict['outcome'] {
  const [a, b] = [before.sighting, after.sighting];
  const isContinued = deviceContinuity(a, b) !== null;
  if (isContinued && isSameNetwork(a, b)) return 'suppressed';
  if (isFamiliar(a, b.toMs, baseline) && isFamiliar(b, b.toMs, baseline)) return 'familiar';
  return isContinued && distanceKm < travel.sameDeviceInfoKm ? 'doubtful' : 'fires';
}

/** Whether the person was known for the network and for the kind of device at that moment. */
function isFamiliar(sighting: Sighting, atMs: number, baseline: Baseline): boolean {
  const device = deviceKeyOfSighting(sighting);
  const asn = sighting.network?.asn ?? null;
  if (device === null || asn === null) return false;
  return baseline.known('asn', String(asn), atMs) && baseline.known('device', device, atMs);
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
    case 'familiar':
      return {
        ...shared,
        severity: 'high',
        suppressedBy:
          'The person is known for both networks and both kinds of device: databases misplace networks, and carriers ' +
          'and offices let traffic out far from the person.',
      };
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
