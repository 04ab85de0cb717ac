import type { IpClass, NetworkKind } from '../../contract/place.ts';
import type { RuleId } from '../../contract/rules.ts';
import type { NotEvaluable, Sighting } from './facts.ts';
import type { DetectSettings } from './settings.ts';
import { isContradictory } from './spread.ts';

/** Behind these networks the address is somewhere else than the person (detections 2.1). */
const notPhysical: ReadonlySet<NetworkKind> = new Set<NetworkKind>([
  'corporate',
  'hosting',
  'vpn',
  'proxy',
  'residential-proxy',
  'tor',
  'relay',
  'satellite',
]);

const reasonByIpClass: Record<Exclude<IpClass, 'public'>, string> = {
  private: 'The address is private and belongs to no place.',
  loopback: 'The address is the machine itself (loopback) and belongs to no place.',
  'link-local': 'The address is link-local and belongs to no place.',
  'carrier-nat': 'The address is shared inside a carrier (100.64.0.0/10) and belongs to no place.',
  'unique-local': 'The address is private (fc00::/7) and belongs to no place.',
  documentation: 'The address is from a documentation range and belongs to no place.',
  multicast: 'The address is multicast and belongs to no place.',
  reserved: 'The address is reserved and belongs to no place.',
};

/**
 * Why the place of a sighting says nothing about where the person was (detections 3.4), as a sentence that is the same for
 * all sightings of a kind; null when it does. Such a sighting is never the reference for another one.
 */
export function unplaceableReason(sighting: Sighting, settings: DetectSettings): string | null {
  const { ipClass, network, place } = sighting;
  const isTolerated = ipClass === 'documentation' && settings.documentationHasPlace;
  if (ipClass !== null && ipClass !== 'public' && !isTolerated) return reasonByIpClass[ipClass];
  const detour = network?.kinds.find((kind) => notPhysical.has(kind));
  if (detour !== undefined) {
    return `The network is of the kind “${detour}”: the address is not where the person is.`;
  }
  if (place === null) return 'No place is known for the address.';
  if (isContradictory(place, settings))
    return 'The coordinates lie far outside the country that the same record names.';
  return null;
}

/** Why the time of a sighting can't be used by any rule; null when it can. */
export function untimedReason(sighting: Sighting, nowMs: number, settings: DetectSettings): string | null {
  if (sighting.quality === 'untrusted') return 'The source states times that are known to be wrong.';
  if (sighting.toMs > nowMs + settings.time.futureToleranceMs) {
    return 'The time lies in the future: a clock is wrong at the source or here.';
  }
  return null;
}

/** Collects what could not be judged, one entry per reason however many sightings share it. */
export type Unjudged = {
  add(reason: string, ...sightings: readonly Sighting[]): void;
  list(): readonly NotEvaluable[];
};

export function collectUnjudged(rule: RuleId): Unjudged {
  const idsByReason = new Map<string, Set<string>>();
  return {
    add(reason, ...sightings) {
      const ids = idsByReason.get(reason) ?? new Set();
      idsByReason.set(reason, ids);
      for (const { id } of sightings) ids.add(id);
    },
    list: () => [...idsByReason].map(([reason, ids]) => ({ rule, sightings: [...ids], reason })),
  };
}
