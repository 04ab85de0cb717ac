import type { Severity } from '../../contract/rules.ts';
import type { Baseline } from './baseline.ts';
import type { Case } from './case.ts';
import { deviceContinuity, deviceKeyOfSighting, isSameNetwork } from './device.ts';
import { isOnNewDevice } from './device-news.ts';
import { gatewayReason } from './detour-finding.ts';
import type { Sighting } from './facts.ts';
import { lowerBound } from './sorted-times.ts';
import type { TravelPair } from './travel-pairs.ts';

/** What becomes of an impossible journey. `doubtful` is told, but worth no more than an info. */
export type TravelVerdict = {
  readonly outcome: 'fires' | 'doubtful' | 'suppressed' | 'familiar';
  readonly severity: Severity;
  readonly isNewDevice: boolean;
  /** The person came out of a data centre in the 24 hours before: a finding of the same incident. */
  readonly isAfterHosting: boolean;
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
  const isCellular = before.line === 'cellular' || after.line === 'cellular';
  if (isContinued && (isCellular || isSameNetwork(a, b))) return 'suppressed';
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
 * What the circumstances make of it: critical with a new device, or with a data centre in the same incident. Without device
 * tokens a device is only recognised on the same network, and is then suppressed.
 *
 * @param hostingMs see `hostingTimes`
 */
export function travelVerdict(
  { before, after }: TravelPair,
  outcome: TravelVerdict['outcome'],
  { baseline, settings: { travel } }: Case,
  hostingMs: readonly number[],
): TravelVerdict {
  const [a, b] = [before.sighting, after.sighting];
  const isNewDevice = isOnNewDevice(a, baseline) || isOnNewDevice(b, baseline);
  const isAfterHosting = isAnyWithin(hostingMs, b.toMs - travel.incidentGapMs, b.toMs);
  const shared = { outcome, isNewDevice, isAfterHosting, suppressedBy: null };
  switch (outcome) {
    case 'suppressed': {
      const device = deviceContinuity(a, b) === 'token' ? 'The same device' : 'The same kind of device';
      const network = isSameNetwork(a, b) ? 'the same network' : 'a cellular line';
      const suppressedBy = `${device} on ${network}: operators let traffic out far from the person.`;
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
      return { ...shared, severity: isNewDevice || isAfterHosting ? 'critical' : 'high' };
  }
}

/** When the person came out of data centres that speak against him, ascending. */
export function hostingTimes(person: Case): readonly number[] {
  return person
    .detours()
    .filter(({ rule }) => rule === 'hosting-network')
    .filter((detour) => gatewayReason(detour, person) === null)
    .map(({ sighting }) => sighting.toMs);
}

/** Up to the end, but not at it: what comes later is not known yet when a moment is judged. */
function isAnyWithin(times: readonly number[], fromMs: number, beforeMs: number): boolean {
  return lowerBound(times, fromMs) < lowerBound(times, beforeMs);
}
