import type { Case } from './case.ts';
import type { Detour, DetourRule } from './detours.ts';
import { latestArrivals } from './latest-arrivals.ts';
import { tellNetworkless } from './networkless.ts';
import type { Unjudged } from './not-evaluable.ts';

/**
 * The detours that a rule makes findings of: not those by a provider that an analyst called known, except for Tor, whose exits
 * are nobody's own. Tells of what can't be judged.
 */
export function toldDetours(rule: DetourRule, person: Case, unjudged: Unjudged): readonly Detour[] {
  tellNetworkless(person, unjudged);
  const { baseline } = person;
  const told = person
    .detours()
    .filter((detour) => detour.rule === rule)
    .filter(({ sighting }) => rule === 'tor-exit' || !baseline.learned('asn', String(sighting.network?.asn)));
  return latestArrivals(told, person, unjudged);
}
