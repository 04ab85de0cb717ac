import type { IpClass, NetworkKind } from '../../contract/place.ts';
import type { RuleId } from '../../contract/rules.ts';
import type { Network } from '../whereabouts.ts';
import type { NotEvaluable, Sighting } from './facts.ts';
import type { DetectSettings } from './settings.ts';

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

/** Why an address of a class has no place; null for the one class that has. */
export const reasonByIpClass: Record<IpClass, string | null> = {
  public: null,
  private: 'The address is private and belongs to no place.',
  loopback: 'The address is the machine itself (loopback) and belongs to no place.',
  'link-local': 'The address is link-local and belongs to no place.',
  'carrier-nat': 'The address is shared inside a carrier (100.64.0.0/10) and belongs to no place.',
  'unique-local': 'The address is private (fc00::/7) and belongs to no place.',
  documentation: 'The address is from a documentation range and belongs to no place.',
  multicast: 'The address is multicast and belongs to no place.',
  reserved: 'The address is reserved and belongs to no place.',
};

/** Why a network hides where the person is; null when it does not. */
export function detourReason({ kinds }: Network): string | null {
  const detour = kinds.find((kind) => notPhysical.has(kind));
  if (detour === undefined) return null;
  return `The network is of the kind “${detour}”: the address is not where the person is.`;
}

/** Why the time of a sighting can't be used by any rule; null when it can. */
export function untimedReason(sighting: Sighting, nowMs: number, settings: DetectSettings): string | null {
  if (sighting.quality === 'untrusted') return 'The source states times that are known to be wrong.';
  if (sighting.toMs > nowMs + settings.time.futureToleranceMs) {
    return 'The time lies in the future: a clock is wrong at the source or here.';
  }
  return null;
}

/** Takes what could not be judged, with a reason that is the same for all sightings of a kind. */
export type Unjudged = { add(reason: string, sighting: Sighting, other?: Sighting): void };

/** For who asks for findings only. */
export const ignored: Unjudged = { add: () => undefined };

/** Whether anybody wants to know, so that reasons are worth going through all sightings for. */
export function isHeard(unjudged: Unjudged): boolean {
  return unjudged !== ignored;
}

/** Tells of each sighting that lacks something; looks at none of them when nobody listens. */
export function tellMissing(
  unjudged: Unjudged,
  sightings: readonly Sighting[],
  isMissing: (sighting: Sighting) => boolean,
  reason: string,
): void {
  if (unjudged === ignored) return;
  for (const sighting of sightings) if (isMissing(sighting)) unjudged.add(reason, sighting);
}

/** Collects what could not be judged, one entry per reason however many sightings share it. */
export function collectUnjudged(rule: RuleId): Unjudged & { list(): readonly NotEvaluable[] } {
  const idsByReason = new Map<string, Set<string>>();
  return {
    add(reason, sighting, other) {
      const ids = idsByReason.get(reason) ?? new Set();
      idsByReason.set(reason, ids);
      ids.add(sighting.id);
      if (other !== undefined) ids.add(other.id);
    },
    list: () => [...idsByReason].map(([reason, ids]) => ({ rule, sightings: [...ids], reason })),
  };
}
