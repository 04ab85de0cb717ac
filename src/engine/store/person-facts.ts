import type { TimeQuality } from '../../contract/instant.ts';
import type { PersonFacts } from '../detect/facts.ts';
import { eventOutcomes, timeQualities, valueOf } from '../query/codes.ts';
import type { Db } from './database.ts';
import { preparePersonRows, type ObservationRow, type PersonRows, type SessionRow } from './person-rows.ts';
import { SharedEntries } from './shared-entries.ts';
import type { UserNumber } from './store.ts';
import { Sightings } from './sightings.ts';
import { StoredSighting, type SessionOf, type Who } from './stored-sighting.ts';

export type FactsRequest = {
  /** How far back. */
  readonly sinceMs: number;
  readonly nowMs: number;
  /** No further user is read once those before have so many observations. */
  readonly enough: number;
};

export type UserFacts = PersonFacts & { readonly user: UserNumber };

/** A user whose facts are being read. */
type Person = {
  readonly user: UserNumber;
  readonly userName: string | null;
  readonly who: Who;
  readonly sightings: Sightings;
};

type PersonSession = {
  readonly person: Person;
  readonly shared: SessionOf;
  /** Null when it is not known or not to be believed. */
  readonly startMs: number | null;
  readonly quality: TimeQuality;
};

/** Starts that the rules may use: `untrusted` ones are shown and never believed. */
const believable: ReadonlySet<TimeQuality> = new Set<TimeQuality>(['reported', 'derived']);

/** Observations that are read at once, unless one session alone has more. */
const OBSERVATIONS_A_READ = 4_000;

/**
 * Reads what the rules may know of users: session starts, activity that polls saw, and reported logins. Every sighting
 * comes from a row that is written once and never changed, so the same moment keeps its id, its times and its place
 * across polls and restarts. Lives as long as its connection; each call is one read transaction.
 */
export class PersonReader {
  readonly #rows: PersonRows;
  readonly #entries: SharedEntries;

  constructor(db: Db) {
    this.#rows = preparePersonRows(db);
    this.#entries = new SharedEntries(db);
  }

  /** Facts of as many users from the front as are enough, one at least; `users` is how many. Who does not exist has none. */
  read(
    users: readonly UserNumber[],
    request: FactsRequest,
  ): { readonly users: number; readonly facts: readonly UserFacts[] } {
    this.#entries.refresh();
    const people = this.#people(users, request);
    const count = this.#addObserved(users, people, request);
    const read = users.slice(0, count).flatMap((user) => people.get(user) ?? []);
    this.#addLogins(read, request);
    const facts = read.map(({ user, userName, who: { source, userId }, sightings }) => {
      return { user, source, userId, userName, nowMs: request.nowMs, ...sightings.inOrder() };
    });
    return { users: count, facts };
  }

  #people(users: readonly UserNumber[], { sinceMs }: FactsRequest): ReadonlyMap<UserNumber, Person> {
    const rows = this.#rows.users.all(JSON.stringify(users));
    return new Map(
      rows.map(([user, source, userId, userName, idReconnects]) => {
        const who = { source, userId, idReconnects: idReconnects === 1 };
        return [user, { user, userName, who, sightings: new Sightings(sinceMs) }];
      }),
    );
  }

  /** Answers for how many users, from the front, everything was read. */
  #addObserved(
    users: readonly UserNumber[],
    people: ReadonlyMap<UserNumber, Person>,
    { sinceMs, enough }: FactsRequest,
  ): number {
    let portion = new Map<number, PersonSession>();
    let [total, inPortion] = [0, 0];
    let last: UserNumber | null = null;
    const flush = () => {
      this.#addObservations(portion, sinceMs);
      portion = new Map();
      inPortion = 0;
    };
    for (const row of this.#rows.sessions.iterate(JSON.stringify(users), sinceMs)) {
      const [user, id, , , , observations] = row;
      if (user !== last && total >= enough) {
        flush();
        return users.indexOf(user);
      }
      last = user;
      const person = people.get(user);
      if (person === undefined) continue;
      portion.set(id, sessionOf(row, person));
      total += observations;
      inPortion += observations;
      if (inPortion >= OBSERVATIONS_A_READ) flush();
    }
    flush();
    return users.length;
  }

  #addObservations(sessions: ReadonlyMap<number, PersonSession>, sinceMs: number): void {
    const ids = JSON.stringify([...sessions.keys()]);
    for (const row of this.#rows.observations.all(ids, sinceMs)) {
      const session = sessions.get(row[0]);
      if (session !== undefined) session.person.sightings.add(this.#observed(row, session));
    }
  }

  /** The first observation of a session whose start is known stands for that start; every other one is activity. */
  #observed(row: ObservationRow, { startMs, quality, shared }: PersonSession): StoredSighting {
    const [, number, at, notBefore, ownPoll, ip, place, network, agent, device] = row;
    const where = this.#entries.where(ip, place, network, agent, device);
    const seen = { outcome: 'success', isOwnPoll: ownPoll === 1, number } as const;
    const moment =
      number === 1 && startMs !== null
        ? ({ ...seen, kind: 'start', fromMs: startMs, toMs: startMs, quality } as const)
        : ({ ...seen, kind: 'activity', fromMs: notBefore, toMs: at, quality: 'derived' } as const);
    return new StoredSighting(moment, shared, where);
  }

  #addLogins(people: readonly Person[], { sinceMs }: FactsRequest): void {
    const byUser = new Map(people.map((person) => [person.user, person]));
    for (const row of this.#rows.logins.iterate(JSON.stringify([...byUser.keys()]), sinceMs)) {
      const [user, number, at, code, key, ip, place, network, agent, device] = row;
      const person = byUser.get(user);
      if (person === undefined) continue;
      const where = this.#entries.where(ip, place, network, agent, device);
      const seen = { kind: 'login', quality: 'reported', isOwnPoll: false, number } as const;
      const moment = { ...seen, fromMs: at, toMs: at, outcome: valueOf(eventOutcomes, code) };
      person.sightings.add(new StoredSighting(moment, { who: person.who, key }, where));
    }
  }
}

function sessionOf([, , key, startedAt, code]: SessionRow, person: Person): PersonSession {
  const quality = valueOf(timeQualities, code);
  const startMs = believable.has(quality) ? startedAt : null;
  return { person, shared: { who: person.who, key }, startMs, quality };
}
