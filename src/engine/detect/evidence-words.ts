import type { SightingEvidence } from './evidence.ts';
import { addressName, deviceName, moment, networkName, placeName } from './words.ts';

/** Where, when and with what somebody was seen, in the words of `words.ts`, for rules that tell from evidence. */
type SightingWords = Readonly<Record<'at' | 'address' | 'network' | 'place' | 'device', string>>;

export function sightingWords(sighting: SightingEvidence): SightingWords {
  const { ip, at, browser, os, deviceKind } = sighting;
  return {
    at: momentOf(at),
    address: addressName({ ip, network: sighting }),
    network: networkName(sighting),
    place: placeName(sighting),
    device: deviceName({ browser, os, kind: deviceKind ?? 'unknown' }),
  };
}

/** `2026-11-20 12:00 UTC` of an instant in ISO 8601. */
export function momentOf(iso: string | null): string {
  return moment(iso === null ? Number.NaN : Date.parse(iso));
}
