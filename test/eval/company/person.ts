import { machineOf, type Hardware, type Machine } from './agents.ts';
import { assume } from './assumptions.ts';
import type { Chance } from './chance.ts';
import { cities, citiesOf, type City } from './cities.ts';
import { DAY_MS } from './clock.ts';
import { pointAt, type Point } from './globe.ts';
import { tripsOf, type Trip } from './journeys.ts';
import type { Networks, Provider } from './networks.ts';

export type Office = { readonly city: City; readonly point: Point; readonly provider: Provider };

/** Which of the VPN providers, and the exits that somebody likes. */
export type Vpn = { readonly at: number; readonly exitAtHome: City; readonly exitAbroad: City };

export type Profile = 'employee' | 'consumer';

/** The span of time that a company is made for. */
export type Span = { readonly fromMs: number; readonly toMs: number };

/** Who somebody is, before they do anything. */
export type Person = {
  readonly number: number;
  /** One of its kind among all companies. */
  readonly userId: string;
  readonly userName: string;
  readonly profile: Profile;
  readonly home: City & { readonly point: Point };
  readonly isp: Provider;
  readonly carrier: Provider;
  /** Null: works at home, or is nobody's employee. */
  readonly office: Office | null;
  readonly vpn: Vpn | null;
  readonly usesRelay: boolean;
  readonly trips: readonly Trip[];
  /** The hardware in use, the one used most first; several machines in a row where one was replaced. */
  readonly machines: readonly (readonly [Hardware, readonly Owned[]])[];
  readonly chance: Chance;
};

/** A machine from a moment on. */
export type Owned = { readonly fromMs: number; readonly machine: Machine };

export function personOf(
  number: number,
  profile: Profile,
  setting: { company: string; country: string; offices: readonly Office[]; networks: Networks; span: Span },
  seed: Chance,
): Person {
  const { company, country, offices, networks, span } = setting;
  const chance = seed.fork('person', number);
  const { people } = assume;
  const employer = profile === 'employee' ? chance.pick(offices) : null;
  const isRemote = chance.happens(people.remoteWorkers);
  const city = employer === null || isRemote ? chance.pick(citiesOf(country)) : employer.city;
  const home = { ...city, point: pointAt(city, chance.between(0, 2 * Math.PI), chance.between(0, 15)) };
  const isBySatellite = chance.happens(people.satelliteHomes);
  const wish = {
    isTraveller: chance.happens(people.travellers),
    isHolidayMaker: chance.happens(people.holidayMakers),
  };
  return {
    number,
    userId: `${company}-${String(number).padStart(6, '0')}`,
    userName: `person-${number}`,
    profile,
    home,
    isp: networks.provider(city.country, isBySatellite ? 'satellite' : 'fixed', chance.below(4)),
    carrier: networks.provider(city.country, 'cellular', chance.below(3)),
    office: isRemote ? null : employer,
    vpn: chance.happens(people.vpnUsers) ? vpnOf(city.country, chance) : null,
    usesRelay: chance.happens(people.relayUsers),
    trips: tripsOf(home, wish, span, chance.fork('trips')),
    machines: hardwareOf(profile, chance).map((hardware) => [hardware, owned(hardware, span, chance)]),
    chance,
  };
}

function vpnOf(country: string, chance: Chance): Vpn {
  const exitAtHome = chance.pick(citiesOf(country));
  return { at: chance.below(3), exitAtHome, exitAbroad: chance.pick(cities) };
}

/** The machine somebody uses at a moment. */
export function machineAt(machines: readonly Owned[], ms: number): Machine {
  const current = machines.findLast(({ fromMs }) => fromMs <= ms) ?? machines[0];
  if (current === undefined) throw new Error('A person without a machine.');
  return current.machine;
}

function hardwareOf(profile: Profile, chance: Chance): readonly Hardware[] {
  if (profile === 'employee') return ['desktop', 'mobile'];
  const first = chance.weighted<Hardware>(assume.people.consumerDevices);
  const second = first === 'mobile' ? 'desktop' : 'mobile';
  return chance.happens(0.4) ? [first, second] : [first];
}

function owned(hardware: Hardware, { fromMs, toMs }: Span, chance: Chance): readonly Owned[] {
  const meanMs = assume.people.deviceMonths * 30.4 * DAY_MS;
  const machines: Owned[] = [{ fromMs: -Infinity, machine: machineOf(hardware, chance) }];
  for (let ms = fromMs + chance.exponential(meanMs); ms < toMs; ms += chance.exponential(meanMs)) {
    machines.push({ fromMs: ms, machine: machineOf(hardware, chance) });
  }
  return machines;
}
