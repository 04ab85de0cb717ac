import type { SightingEnd } from './sighting-end.ts';

export type SightingPart = 'country' | 'ip' | 'network' | 'device' | 'userAgent';

/** What differs between two ends. What is unknown at one of them hasn't changed. */
export function sightingDifference(a: SightingEnd, b: SightingEnd): ReadonlySet<SightingPart> {
  const isDifferent = (name: keyof SightingEnd) =>
    a[name] !== null && b[name] !== null && a[name] !== b[name];
  const parts: SightingPart[] = [];
  if (isDifferent('country')) parts.push('country');
  if (isDifferent('ip')) parts.push('ip');
  if (isDifferent('asn')) parts.push('network');
  if (isDifferent('os') || isDifferent('browser') || isDifferent('deviceKind')) parts.push('device');
  if (isDifferent('userAgent')) parts.push('userAgent');
  return new Set(parts);
}
