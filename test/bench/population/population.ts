import { agentOf, type Agent } from './agents.ts';
import { below, chance, hex, pick } from './chance.ts';
import { addressIn, type Neighbourhood } from './neighbourhoods.ts';
import { createPeople, type Person, type Service } from './people.ts';

export type SimulatedSession = {
  readonly id: string;
  /** A live credential, as some APIs use it for an id. */
  readonly token: string;
  readonly startedAtMs: number;
  readonly lastSeenAtMs: number;
  readonly expiresAtMs: number | null;
  readonly ip: string | null;
  readonly agent: Agent;
  readonly impersonatedBy: string | null;
  /** A failed attempt before it, for services that report such things. */
  readonly failedAtMs: number | null;
};

/** A company whose every value follows from its size: nothing is kept in memory but how many sessions each user has. */
export type Population = {
  usersOf(service: Service): Iterable<Person>;
  /** The sessions of a user that the service lists at a moment. */
  sessionsOf(person: Person, moment: number): readonly SimulatedSession[];
};

/** How often the company is polled; between two polls every session gets another address. */
export const MOMENTS = 11;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const FIRST_MOMENT_MS = Date.UTC(2026, 10, 15, 12);
/** Sessions began in this span before the first poll, most of them lately. */
const START_SPAN_MS = 180 * DAY_MS;

/** Shares of sessions. Ours: enough of each that its index matters, little enough to stay the exception. */
const ENDING = 0.2;
const MOVING = 0.25;
const FOREIGN = 0.003;
const ROAMING = 0.005;
const PRIVATE_ADDRESS = 0.02;
const NO_ADDRESS = 0.005;
const NO_EXPIRY = 0.01;
const IMPERSONATED = 0.001;
const FAILED_BEFORE = 0.1;

/** When a poll happens. */
export function momentMs(moment: number): number {
  return FIRST_MOMENT_MS + moment * 12 * HOUR_MS;
}

/** `sessions` of a tenth as many users in `places`; the same every time. */
export function createPopulation(sessions: number, places: readonly Neighbourhood[]): Population {
  const people = createPeople(sessions);
  return {
    usersOf: (service) => people.of(service),
    sessionsOf: (person, moment) => {
      const home = homeOf(person, places);
      return Array.from({ length: person.sessions }, (_, nth) => nth)
        .filter((nth) => moment < endMomentOf(person, nth))
        .map((nth) => sessionOf(person, nth, moment, home, places));
    },
  };
}

type Home = { readonly place: Neighbourhood; readonly prefix: string; readonly office: string };

/** Small place numbers are the big cities. */
function homeOf({ number }: Person, places: readonly Neighbourhood[]): Home {
  const place = places[Math.floor(places.length * chance(4, number) ** 2)];
  if (place === undefined) throw new Error('There are no places.');
  return { place, prefix: pick(place.prefixes, 5, number), office: place.prefixes[0] ?? '' };
}

/** The first moment at which it is no longer listed; beyond the last for those that stay. */
function endMomentOf({ number }: Person, nth: number): number {
  return chance(6, number, nth) < ENDING ? MOMENTS - 5 + below(5, 7, number, nth) : Number.POSITIVE_INFINITY;
}

function sessionOf(
  person: Person,
  nth: number,
  moment: number,
  home: Home,
  places: readonly Neighbourhood[],
): SimulatedSession {
  const { number } = person;
  const startedAtMs = Math.floor(FIRST_MOMENT_MS - MINUTE_MS - START_SPAN_MS * chance(8, number, nth) ** 2);
  const lifeMs = Math.floor((30 + 335 * chance(9, number, nth)) * DAY_MS);
  return {
    // Digits by chance alone repeat a few times in a million.
    id: `${hex(2, 10, number, nth)}${number.toString(36)}x${nth.toString(36)}`,
    token: hex(4, 11, number, nth),
    startedAtMs,
    lastSeenAtMs: momentMs(moment) - below(HOUR_MS, 12, number, nth, moment),
    expiresAtMs: chance(13, number, nth) < NO_EXPIRY ? null : startedAtMs + lifeMs,
    ip: addressOf(number, nth, moment, home, places),
    agent: agentOf(14, number, below(3, 15, number, nth)),
    impersonatedBy:
      chance(16, number, nth) < IMPERSONATED ? `u${hex(2, 3, below(20, 17, number, nth))}` : null,
    failedAtMs:
      chance(18, number, nth) < FAILED_BEFORE ? startedAtMs - below(MINUTE_MS, 19, number, nth) : null,
  };
}

/** From home, the office or on the way; who moves has another host of the same network with each moment. */
function addressOf(
  number: number,
  nth: number,
  moment: number,
  home: Home,
  places: readonly Neighbourhood[],
): string | null {
  const kind = chance(20, number, nth);
  if (kind < NO_ADDRESS) return null;
  const moves = chance(29, number, nth) < MOVING;
  const turn = below(16, 21, number, nth) + (moves ? moment : 0);
  if (kind < NO_ADDRESS + PRIVATE_ADDRESS) return `10.0.${below(16, 22, number)}.${1 + (turn % 4)}`;
  const where = chance(23, number, nth);
  if (where < FOREIGN) {
    return addressIn(pick(pick(places, 24, number, nth).prefixes, 25, number, nth), 1 + (turn % 3));
  }
  if (where < FOREIGN + ROAMING)
    return addressIn(pick(home.place.prefixes, 26, number, moment), 1 + (turn % 16));
  if (where < 0.3) return addressIn(home.office, 1 + (turn % 8));
  if (where < 0.5) return addressIn(pick(home.place.prefixes, 27, number), 200 + (turn % 16));
  return addressIn(home.prefix, 10 + below(60, 28, number) * 3 + (turn % 3));
}
