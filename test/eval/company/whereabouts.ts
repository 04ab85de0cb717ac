import type { Connection } from './act.ts';
import type { Machine } from './agents.ts';
import { assume } from './assumptions.ts';
import type { Chance } from './chance.ts';
import { citiesOf, type City } from './cities.ts';
import { DAY_MS, HOUR_MS, isWeekend, localHour } from './clock.ts';
import type { Point } from './globe.ts';
import { isLocal, type Access, type Networks } from './networks.ts';
import type { Person } from './person.ts';

/** Where somebody is at a moment. */
export type Whereabouts =
  | { readonly kind: 'home' | 'office' | 'way-to-work' | 'away'; readonly city: City; readonly point: Point }
  | { readonly kind: 'travelling'; readonly isFlight: boolean };

const OFFICE_HOURS = [9, 17.5] as const;
const WAY_HOURS = 0.75;
const SWITCH_MS = 4 * HOUR_MS;

export function whereIs({ trips, home, office, chance }: Person, ms: number): Whereabouts {
  const trip = trips.find(({ departMs, backMs }) => departMs <= ms && ms < backMs);
  if (trip !== undefined) {
    const isThere = trip.arriveMs <= ms && ms < trip.leaveMs;
    return isThere
      ? { kind: 'away', city: trip.to, point: trip.point }
      : { kind: 'travelling', isFlight: trip.isFlight };
  }
  const atHome = { kind: 'home', city: home, point: home.point } as const;
  if (office === null || isWeekend(ms)) return atHome;
  const day = Math.floor(ms / DAY_MS);
  if (!chance.fork('office-day', day).happens(assume.people.officeDaysShare)) return atHome;
  const hour = localHour(ms, home.zone);
  if (hour >= OFFICE_HOURS[0] && hour < OFFICE_HOURS[1]) return { kind: 'office', ...office };
  const isOnTheWay = hour >= OFFICE_HOURS[0] - WAY_HOURS && hour < OFFICE_HOURS[1] + WAY_HOURS;
  return isOnTheWay ? { kind: 'way-to-work', city: home, point: home.point } : atHome;
}

/** How a machine of somebody gets to the Internet from there; null: not at all. */
export function connect(
  person: Person,
  machine: Machine,
  where: Whereabouts,
  ms: number,
  networks: Networks,
  chance: Chance,
): Connection | null {
  if (where.kind === 'travelling') return null;
  const { vpn, usesRelay, home, carrier } = person;
  const { people } = assume;
  const isPhone = machine.hardware === 'mobile';
  const { point } = where;
  if (vpn !== null && isOn(person, 'vpn', people.vpnUse, ms)) {
    const exit = isOn(person, 'exit', people.vpnExitAtHome, ms) ? vpn.exitAtHome : vpn.exitAbroad;
    const provider = networks.provider(exit.country, 'vpn', vpn.at);
    return {
      access: networks.access(provider, exit, chance.below(8)),
      host: chance.below(20),
      point,
      isLocal: false,
    };
  }
  if (usesRelay && machine.isApple && isOn(person, 'relay', people.relayUse, ms)) {
    const exit = chance.pick(citiesOf(where.city.country));
    const provider = networks.provider(exit.country, 'relay', 0);
    return {
      access: networks.access(provider, exit, chance.below(16)),
      host: chance.below(250),
      point,
      isLocal: false,
    };
  }
  const isOnCarrier = where.kind === 'way-to-work' || (isPhone && !chance.happens(people.phoneOnWifi));
  if (isOnCarrier) {
    // Abroad it roams, and its traffic still leaves at home.
    const access = networks.access(carrier, home, chance.below(12));
    return { access, host: chance.below(250), point, isLocal: false };
  }
  return { ...wired(person, where, ms, networks, chance), point };
}

/** What somebody switches on stays on for some hours. */
function isOn({ chance }: Person, what: string, share: number, ms: number): boolean {
  return chance.fork(what, Math.floor(ms / SWITCH_MS)).happens(share);
}

/** The line of the building. */
function wired(
  { isp, office, number, chance: own }: Person,
  where: Exclude<Whereabouts, { kind: 'travelling' }>,
  ms: number,
  networks: Networks,
  chance: Chance,
): Omit<Connection, 'point'> {
  if (where.kind === 'office' && office !== null) {
    const access = networks.access(office.provider, office.city, 0);
    return { access, host: chance.below(4), isLocal: isLocal(office.provider.line) };
  }
  const lease = own.fork('lease', where.kind, where.city.name, Math.floor(ms / (isp.rotationDays * DAY_MS)));
  const provider =
    where.kind === 'away' ? networks.provider(where.city.country, 'fixed', lease.below(4)) : isp;
  const [slot, host] = [lease.below(64), lease.below(250)];
  const version = provider.isDualStack && chance.happens(assume.network.ipv6Share) ? 6 : 4;
  const access: Access = networks.access(provider, where.city, slot, version);
  return { access, host: host + number, isLocal: isLocal(provider.line) };
}
