import type { Act } from './act.ts';
import { assume } from './assumptions.ts';
import { behindExit, foreignMachine } from './attackers.ts';
import { login } from './attacks.ts';
import type { Chance } from './chance.ts';
import { cities } from './cities.ts';
import { HOUR_MS, MINUTE_MS } from './clock.ts';
import type { Attack } from './history.ts';
import type { Networks } from './networks.ts';
import type { Span } from './person.ts';

/** An attack on many accounts at once: by account number what it does there. */
export type Campaign = { readonly attack: Attack; readonly acts: ReadonlyMap<number, readonly Act[]> };

type Setting = { readonly users: number; readonly span: Span; readonly networks: Networks };

/** One prefix tries two passwords on each of many accounts within two days; one of them fits. */
export function slowSpray(name: string, setting: Setting, chance: Chance): Campaign {
  const startMs = chance.between(setting.span.fromMs, setting.span.toMs - 60 * HOUR_MS);
  const times = () => [startMs + chance.between(0, 46) * HOUR_MS, startMs + chance.between(46, 48) * HOUR_MS];
  const attack = { id: `${name}-slow-spray`, kind: 'slow-spray' } as const;
  return campaign(attack, assume.attack.sprayedAccounts, times, setting, chance);
}

/** One address tries passwords of a leak on some accounts within minutes; one of them fits. */
export function stuffing(name: string, setting: Setting, chance: Chance): Campaign {
  const startMs = chance.between(setting.span.fromMs, setting.span.toMs - 60 * HOUR_MS);
  const times = () => [startMs + chance.between(0, 4) * MINUTE_MS];
  const attack = { id: `${name}-stuffing`, kind: 'stuffing' } as const;
  return campaign(attack, assume.attack.stuffedAccounts, times, setting, chance);
}

function campaign(
  attack: Attack,
  accounts: number,
  times: () => readonly number[],
  { users, networks }: Setting,
  chance: Chance,
): Campaign {
  const base = behindExit(chance.pick(cities).country, networks, chance);
  const machine = foreignMachine(chance);
  const victims = new Set(Array.from({ length: Math.min(accounts, users) }, () => chance.below(users)));
  const lucky = chance.pick([...victims]);
  const acts = [...victims].map((victim): [number, readonly Act[]] => {
    const host = attack.kind === 'slow-spray' ? chance.below(4) : base.host;
    const tries = times().map((atMs): Act => {
      const userAgent = machine.userAgentAt(atMs);
      const connection = { ...base, host };
      return {
        kind: 'login',
        atMs,
        outcome: 'failure',
        sessionKey: null,
        connection,
        userAgent,
        attack: attack.id,
      };
    });
    const last = tries.at(-1);
    if (victim !== lucky || last === undefined) return [victim, tries];
    const hit = login(last.connection, last.userAgent, last.atMs + 20_000, attack.id);
    return [victim, [...tries, ...hit]];
  });
  return { attack, acts: new Map(acts) };
}
