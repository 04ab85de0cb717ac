import type { Act, Connection } from './act.ts';
import { assume } from './assumptions.ts';
import { atOwnHome, behindExit, foreignMachine, throughNeighbour } from './attackers.ts';
import { chanceOf, type Chance } from './chance.ts';
import { cities, citiesOf } from './cities.ts';
import { HOUR_MS, MINUTE_MS } from './clock.ts';
import { distanceKm } from './globe.ts';
import type { Attack, AttackKind } from './history.ts';
import type { Networks } from './networks.ts';
import type { Person, Span } from './person.ts';

/** What an attack adds to a life. */
export type Strike = { readonly attack: Attack; readonly acts: readonly Act[] };

/** The victim, what was honestly done so far, and when attacks may happen. */
export type Scene = {
  readonly victim: Person;
  readonly life: readonly Act[];
  readonly span: Span;
  readonly networks: Networks;
  readonly chance: Chance;
};

type SingleKind = Exclude<AttackKind, 'dormant-takeover' | 'slow-spray' | 'stuffing'>;

/** How often each kind is drawn. */
const kinds: readonly (readonly [SingleKind, number])[] = [
  ['impossible-journey', 26],
  ['cookie-theft', 22],
  ['naive', 14],
  ['vpn-in-country', 13],
  ['targeted', 12],
  ['residential-proxy', 13],
];

/** One attack on somebody, 2–72 h after a real login (7.5); null where nothing fits: no login, no session to steal. */
export function strikeOn(scene: Scene): Strike | null {
  const kind = scene.chance.weighted(kinds);
  const attack = { id: `${scene.victim.userId}-${kind}`, kind };
  const acts = kind === 'cookie-theft' ? theft(scene, attack.id) : takeover(scene, kind, attack.id);
  return acts.length === 0 ? null : { attack, acts };
}

function takeover(scene: Scene, kind: Exclude<SingleKind, 'cookie-theft'>, id: string): readonly Act[] {
  const { victim, networks, chance } = scene;
  const machine = foreignMachine(chance);
  if (kind === 'impossible-journey') return impossibleJourney(scene, id);
  const atMs = strikeTime(scene, logins(scene));
  if (atMs === null) return [];
  switch (kind) {
    case 'naive':
      return login(atOwnHome(chance.pick(cities), networks, chance), machine.userAgentAt(atMs), atMs, id);
    case 'vpn-in-country':
      return login(behindExit(victim.home.country, networks, chance), machine.userAgentAt(atMs), atMs, id);
    case 'targeted': {
      const city = chance.pick(citiesOf(victim.home.country));
      const model = chance.pick(scene.life.filter(({ outcome }) => outcome === 'success'));
      return login(atOwnHome(city, networks, chance, victim.isp), model.userAgent, atMs, id);
    }
    case 'residential-proxy':
      return login(throughNeighbour(victim.home, networks, chance), machine.userAgentAt(atMs), atMs, id);
  }
}

/**
 * The attacker signs in at home, so far from where the victim truly is so shortly before or after that no airliner could
 * make it: 500 km at least, at 1,050 to 50,000 km/h.
 */
function impossibleJourney(scene: Scene, id: string): readonly Act[] {
  const { span, networks, chance, life } = scene;
  const near = life.filter(
    ({ atMs, outcome, kind, connection }) =>
      kind === 'login' &&
      outcome === 'success' &&
      connection.isLocal &&
      atMs > span.fromMs &&
      atMs < span.toMs,
  );
  if (near.length === 0) return [];
  const { atMs, connection } = chance.pick(near);
  const city = chance.pick(cities.filter((other) => distanceKm(other, connection.point) >= 500));
  const own = atOwnHome(city, networks, chance);
  const gapMs = (distanceKm(own.point, connection.point) / 1000) * HOUR_MS * chance.between(0.02, 0.95);
  const strikeMs = atMs + (chance.happens(0.5) ? gapMs : -gapMs);
  return login(own, foreignMachine(chance).userAgentAt(strikeMs), strikeMs, id);
}

/** The same session, from another address and machine; half of the time the victim goes on using it. */
function theft(scene: Scene, id: string): readonly Act[] {
  const { victim, life, networks, chance } = scene;
  const starts = life.filter(
    ({ kind, atMs }) => kind === 'start' && atMs > scene.span.fromMs && atMs < scene.span.toMs,
  );
  if (starts.length === 0) return [];
  const stolen = chance.pick(starts);
  const atMs = stolen.atMs + chance.between(...assume.attack.afterHours) * HOUR_MS;
  const country = chance.happens(assume.attack.thiefInCountry)
    ? victim.home.country
    : chance.pick(cities).country;
  const connection = chance.happens(assume.attack.thiefBehindVpn)
    ? behindExit(country, networks, chance)
    : atOwnHome(chance.pick(citiesOf(country)), networks, chance);
  const userAgent = foreignMachine(chance).userAgentAt(atMs);
  if (userAgent === stolen.userAgent) return theft({ ...scene, chance: chance.fork('again') }, id);
  const use = (over: Partial<Act>): Act => ({
    ...stolen,
    kind: 'activity',
    connection,
    userAgent,
    attack: id,
    ...over,
  });
  const acts = [use({ atMs })];
  if (chance.happens(0.5)) {
    for (let turn = 1; turn <= 1 + chance.below(3); turn += 1) {
      acts.push({ ...stolen, kind: 'activity', atMs: atMs + (20 * turn - 10) * MINUTE_MS });
      acts.push(use({ atMs: atMs + 20 * turn * MINUTE_MS }));
    }
  }
  return acts;
}

function logins({ life }: Scene): readonly Act[] {
  return life.filter(({ kind, outcome }) => kind === 'login' && outcome === 'success');
}

/** 2–72 h after one of them, within the span. */
function strikeTime({ span, chance }: Scene, after: readonly Act[]): number | null {
  const [least, most] = assume.attack.afterHours;
  const early = after.filter(
    ({ atMs }) => atMs > span.fromMs - least * HOUR_MS && atMs < span.toMs - most * HOUR_MS,
  );
  if (early.length === 0) return null;
  return Math.max(span.fromMs, chance.pick(early).atMs + chance.between(least, most) * HOUR_MS);
}

/** A login that works, and the session it starts. */
export function login(
  connection: Connection,
  userAgent: string,
  atMs: number,
  attack: string,
): readonly Act[] {
  const act = {
    atMs,
    outcome: 'success',
    sessionKey: opaque(attack),
    connection,
    userAgent,
    attack,
  } as const;
  return [
    { ...act, kind: 'login' },
    { ...act, kind: 'start' },
  ];
}

/** A key that tells nobody what it is of. */
function opaque(text: string): string {
  return Math.floor(chanceOf(text).next() * 2 ** 50).toString(36);
}
