import type { Act } from './act.ts';
import { robotAgents } from './agents.ts';
import type { Chance } from './chance.ts';
import { cities } from './cities.ts';
import { HOUR_MS } from './clock.ts';
import type { Networks } from './networks.ts';
import type { Span } from './person.ts';

/** A robot that builds and deploys: every hour or so from one of three regions of a cloud. */
export function robotLife({ fromMs, toMs }: Span, networks: Networks, chance: Chance): readonly Act[] {
  const userAgent = chance.pick(robotAgents);
  const cloud = chance.below(2);
  const regions = [0, 1, 2].map(() => chance.pick(cities));
  const acts: Act[] = [];
  for (let atMs = fromMs; atMs < toMs; atMs += chance.between(0.7, 1.5) * HOUR_MS) {
    const region = chance.pick(regions);
    const access = networks.access(
      networks.provider(region.country, 'hosting', cloud),
      region,
      chance.below(6),
    );
    const connection = { access, host: chance.below(250), point: region, isLocal: false };
    acts.push({
      kind: 'login',
      atMs,
      outcome: 'success',
      sessionKey: null,
      connection,
      userAgent,
      attack: null,
    });
  }
  return acts;
}
