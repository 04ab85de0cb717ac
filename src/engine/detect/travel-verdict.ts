import type { Severity } from '../../contract/rules.ts';
import type { Case } from './case.ts';
import { deviceContinuity, isSameNetwork } from './device.ts';
import { isOnNewDevice } from './device-news.ts';
import { gatewayReason } from './detour-finding.ts';
import { familiarityOf, familiarityWords, type Familiarity } from './familiarity.ts';
import { lowerBound } from './sorted-times.ts';
import type { TravelPair } from './travel-pairs.ts';

/**
 * What becomes of an impossible journey. `doubtful` is told, but worth no more than an info; `likely` is not beyond doubt, but a
 * stranger's; `strayed` would be suppressed if the person's own line had not stayed where it was.
 */
export type TravelVerdict = {
  readonly outcome: 'fires' | 'likely' | 'strayed' | 'doubtful' | 'suppressed' | Familiarity;
  readonly severity: Severity;
  readonly isNewDevice: boolean;
  /** The person came out of a data centre in the 24 hours before: a finding of the same incident. */
  readonly isAfterHosting: boolean;
  readonly suppressedBy: string | null;
};

/**
 * What device continuity makes of an impossible journey of that length (detections 3.6), and what the person is known for.
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
  const familiarity = familiarityOf([a, b], b.toMs, baseline);
  if (familiarity !== null) return familiarity;
  return isContinued && distanceKm < travel.sameDeviceInfoKm ? 'doubtful' : 'fires';
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
    case 'carrier':
      return { ...shared, severity: 'high', suppressedBy: familiarityWords[outcome] };
    case 'doubtful':
      return { ...shared, severity: 'info' };
    case 'likely':
    case 'strayed':
      return { ...shared, severity: 'medium' };
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
