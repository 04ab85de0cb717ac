import { seen, type Act } from './act.ts';
import { assume } from './assumptions.ts';
import { atOwnHome, foreignMachine } from './attackers.ts';
import { login, strikeOn, type Strike } from './attacks.ts';
import { slowSpray, stuffing, type Campaign } from './campaigns.ts';
import { chanceOf, type Chance } from './chance.ts';
import { cities, citiesOf, countries } from './cities.ts';
import { DAY_MS, END_MS } from './clock.ts';
import { pointAt } from './globe.ts';
import type { History } from './history.ts';
import { leavingOf, type Leaving } from './leaving.ts';
import { lifeOf } from './life.ts';
import { liveSessionsOf, sessionPolicyOf } from './live-sessions.ts';
import { createNetworks, type Networks } from './networks.ts';
import { personOf, type Office, type Person, type Profile, type Span } from './person.ts';
import { robotLife } from './robot.ts';

export type CompanyWish = {
  readonly seed: number;
  readonly profile: Profile;
  readonly users: number;
  readonly days: number;
  /** Share of accounts that are attacked once. */
  readonly attacked: number;
};

/** A made-up company, or a public service: accounts with what was seen of them, and the truth about it apart. */
export type Company = {
  readonly nowMs: number;
  /** Attacks and what is counted lie behind this moment; what was before is history to learn from. */
  readonly measuredFromMs: number;
  /** One account after the other, made when it is asked for: the same each time. */
  histories(): Generator<History>;
};

/** Days of an employee's life before anything is counted. */
const WARM_UP_DAYS = 16;
/** A company of a thousand sees about this many of each. */
const CAMPAIGNS_PER_THOUSAND = 4;
/** Accounts that were given up three to five months ago, and are taken over now. */
const DORMANT_SHARE = 0.03;

export function createCompany(wish: CompanyWish): Company {
  const seed = chanceOf(`sessionscope/${wish.profile}/${wish.seed}`);
  const networks = createNetworks(String(wish.seed), wish.seed % 2 === 0 ? 'with-radius' : 'without-radius');
  const span = { fromMs: END_MS - wish.days * DAY_MS, toMs: END_MS };
  const warmUpDays = wish.profile === 'employee' ? Math.min(WARM_UP_DAYS, wish.days / 2) : 0;
  const measured = { fromMs: span.fromMs + warmUpDays * DAY_MS, toMs: span.toMs };
  const country = seed.fork('country').pick(countries.filter((code) => citiesOf(code).length >= 4));
  const scene: Scene = {
    company: `${wish.profile.charAt(0)}${wish.seed}`,
    wish,
    seed,
    networks,
    span,
    measured,
    country,
    offices: officesOf(country, networks, seed),
  };
  const campaigns = campaignsOf(scene);
  return {
    nowMs: END_MS,
    measuredFromMs: measured.fromMs,
    *histories() {
      for (let number = 0; number < wish.users; number += 1) yield historyOf(number, scene, campaigns);
    },
  };
}

type Scene = {
  /** A short name that no other company has. */
  readonly company: string;
  readonly wish: CompanyWish;
  readonly seed: Chance;
  readonly networks: Networks;
  readonly span: Span;
  readonly measured: Span;
  readonly country: string;
  readonly offices: readonly Office[];
};

function officesOf(country: string, networks: Networks, seed: Chance): readonly Office[] {
  const chance = seed.fork('offices');
  return Array.from({ length: 6 }, () => {
    const city = chance.pick(chance.happens(0.7) ? citiesOf(country) : cities);
    const line = chance.happens(assume.network.officeGatewayShare) ? 'gateway' : 'office';
    const point = pointAt(city, chance.between(0, 2 * Math.PI), chance.between(0, 10));
    return { city, point, provider: networks.provider(city.country, line, 0) };
  });
}

function campaignsOf({ company, wish, seed, networks, measured }: Scene): readonly Campaign[] {
  const chance = seed.fork('campaigns');
  const setting = { users: wish.users, span: measured, networks };
  const count = Math.round((CAMPAIGNS_PER_THOUSAND * Math.min(wish.users, 5_000)) / 1_000);
  return Array.from({ length: count }, (_, number) => [
    slowSpray(`${company}-${number}`, setting, chance.fork('spray', number)),
    stuffing(`${company}-${number}`, setting, chance.fork('stuffing', number)),
  ]).flat();
}

function historyOf(number: number, scene: Scene, campaigns: readonly Campaign[]): History {
  const chance = scene.seed.fork('account', number);
  const person = personOf(number, scene.wish.profile, scene, scene.seed);
  const isEmployee = person.profile === 'employee';
  if (isEmployee && chance.happens(assume.people.robots)) {
    const life = robotLife(scene.span, scene.networks, chance);
    return historyFrom(person, scene, { traits: ['robot'], life, strikes: [], leaving: null });
  }
  const isDormant = chance.happens(DORMANT_SHARE);
  const whole = lifeOf(person, isDormant ? longAgo(scene.measured) : scene.span, scene.networks);
  const leaving = isDormant ? null : leavingOf(person, scene.measured);
  const life = leaving === null ? whole : whole.filter(({ atMs }) => atMs < leaving.atMs);
  const strikes = isDormant
    ? [dormantTakeover(person, scene, chance)]
    : chance.happens(scene.wish.attacked) && leaving === null
      ? [strikeOn({ victim: person, life, span: scene.measured, networks: scene.networks, chance })]
      : [];
  const campaignStrikes = campaigns.flatMap(({ attack, acts }) => {
    const own = acts.get(number);
    return own === undefined ? [] : [{ attack, acts: own }];
  });
  const all = [...strikes.filter((strike) => strike !== null), ...campaignStrikes];
  return historyFrom(person, scene, { traits: traitsOf(person), life, strikes: all, leaving });
}

type Past = {
  readonly traits: readonly string[];
  readonly life: readonly Act[];
  readonly strikes: readonly Strike[];
  readonly leaving: Leaving | null;
};

function historyFrom({ userId, userName, profile }: Person, { wish, span }: Scene, past: Past): History {
  const { traits, life, strikes, leaving } = past;
  const known = seen(userId, [...life, ...strikes.flatMap(({ acts }) => acts)]);
  const policy = sessionPolicyOf(wish.seed);
  return {
    userId,
    userName,
    traits,
    ...known,
    sessions: liveSessionsOf({ userId, ...known, profile, policy, nowMs: span.toMs, leaving }),
    attacks: strikes.map(({ attack }) => attack),
  };
}

/** Late enough for the product to read it still, early enough for three months of silence before the last thirty days. */
function longAgo({ toMs }: Span): Span {
  return { fromMs: toMs - 170 * DAY_MS, toMs: toMs - 125 * DAY_MS };
}

function dormantTakeover(person: Person, { measured, networks }: Scene, chance: Chance): Strike {
  const attack = { id: `${person.userId}-dormant`, kind: 'dormant-takeover' } as const;
  const atMs = chance.between(Math.max(measured.fromMs, measured.toMs - 30 * DAY_MS), measured.toMs);
  const city = chance.pick(chance.happens(0.5) ? citiesOf(person.home.country) : cities);
  const connection = atOwnHome(city, networks, chance);
  return { attack, acts: login(connection, foreignMachine(chance).userAgentAt(atMs), atMs, attack.id) };
}

function traitsOf({ vpn, usesRelay, trips, isp, office, profile, machines }: Person): readonly string[] {
  return [
    ...(vpn === null ? [] : ['VPN user']),
    ...(usesRelay ? ['relay user'] : []),
    ...(trips.some(({ isHoliday }) => !isHoliday) ? ['traveller'] : []),
    ...(trips.some(({ isHoliday }) => isHoliday) ? ['on holiday'] : []),
    ...(machines.some(([, owned]) => owned.length > 1) ? ['new machine'] : []),
    ...(isp.line === 'satellite' ? ['satellite home'] : []),
    ...(office?.provider.line === 'gateway' ? ['office behind a gateway elsewhere'] : []),
    ...(profile === 'employee' && office === null ? ['remote worker'] : []),
  ];
}
