import type { DeviceKind, NetworkKind } from '../../contract/place.ts';
import type { Sighting } from './facts.ts';
import { isoTime } from './moment.ts';

/** Longer user agents are cut in evidence; the session keeps the whole text. */
const LONGEST_USER_AGENT = 512;

/** One end of a comparison as evidence shows it: plain JSON values, unknown is null. */
export type SightingEvidence = {
  readonly sighting: string;
  readonly kind: Sighting['kind'];
  readonly source: string;
  readonly session: string | null;
  /** ISO 8601; the moment lies between the two. */
  readonly notBefore: string | null;
  readonly at: string | null;
  readonly ip: string | null;
  readonly country: string | null;
  readonly region: string | null;
  readonly city: string | null;
  readonly asn: number | null;
  readonly org: string | null;
  readonly networkKinds: readonly NetworkKind[];
  readonly browser: string | null;
  readonly os: string | null;
  readonly deviceKind: DeviceKind | null;
  readonly userAgent: string | null;
};

/** What is known of a sighting, for the analyst who checks a finding. */
export function sightingEvidence(sighting: Sighting): SightingEvidence {
  const { place, network, device, userAgent } = sighting;
  return {
    sighting: sighting.id,
    kind: sighting.kind,
    source: sighting.source,
    session: sighting.sessionKey,
    notBefore: isoTime(sighting.fromMs),
    at: isoTime(sighting.toMs),
    ip: sighting.ip,
    country: place?.country ?? null,
    region: place?.region ?? null,
    city: place?.city ?? null,
    asn: network?.asn ?? null,
    org: network?.org ?? null,
    networkKinds: [...(network?.kinds ?? [])],
    browser: device?.browser ?? null,
    os: device?.os ?? null,
    deviceKind: device?.kind ?? null,
    userAgent: userAgent === null ? null : userAgent.slice(0, LONGEST_USER_AGENT),
  };
}

/** Rounds for reading; evidence needs no more digits than an analyst does. */
export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
