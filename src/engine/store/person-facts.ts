import type { TimeQuality } from '../../contract/instant.ts';
import type { PersonFacts } from '../detect/facts.ts';
import { eventOutcomes, timeQualities, valueOf } from '../query/codes.ts';
import { keyText } from '../query/key-bytes.ts';
import type { Db } from './database.ts';
import { preparePersonRows, type ObservationRow, type PersonRows, type SessionRow } from './person-rows.ts';
import { SharedEntries } from './shared-entries.ts';
import type { UserNumber } from './store.ts';
import { Sightings } from './sightings.ts';
import { StoredSighting, type SessionOf, type Who } from './stored-sighting.ts';

export type Reach = { readonly sinceMs: number; readonly nowMs: number };

export type UserFacts = PersonFacts & { readonly user: UserNumber };

/** A user whose facts are being read. */
type Person = {
  readonly user: UserNumber;
  readonly userName: string | null;
  readonly who: Who;
  readonly sightings: Sightings;
};

type People = ReadonlyMap<UserNumber, Person>;

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

  /** The facts of users, in their order; who does not exist has none. */
  read(users: readonly UserNumber[], { sinceMs, nowMs }: Reach): readonly UserFacts[] {
    this.#entries.refresh();
    const people = this.#people(users, sinceMs);
    this.#addObserved(people, sinceMs);
    this.#addLogins(people, sinceMs);
    return [...people.values()].map(({ user, userName, who: { source, userId }, sightings }) => {
      return { user, source, userId, userName, nowMs, ...sightings.inOrder() };
    });
  }

  #people(users: readonly UserNumber[], sinceMs: number): People {
    const rows = this.#rows.users.all(JSON.stringify(users));
    return new Map(
      rows.map(([user, source, userId, userName, idReconnects]) => {
        const who = { source, userId, idReconnects: idReconnects === 1 };
        return [user, { user, userName, who, sightings: new Sightings(sinceMs) }];
      }),
    );
  }

  /** Session by session, in portions: what a user has many of is never in memory as rows. */
  #addObserved(people: People, sinceMs: number): void {
    let portion = new Map<number, PersonSession>();
    let observations = 0;
    for (const row of this.#rows.sessions.iterate(JSON.stringify([...people.keys()]), sinceMs)) {
      const [user, id, , , , more] = row;
      const person = people.get(user);
      if (person === undefined) continue;
      portion.set(id, sessionOf(row, person));
      observations += more;
      if (observations < OBSERVATIONS_A_READ) continue;
      this.#addObservations(portion, sinceMs);
      portion = new Map();
      observations = 0;
    }
    this.#addObservations(portion, sinceMs);
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
    const isStart = number === 1 && startMs !== null;
    const moment = {
      kind: isStart ? 'start' : 'activity',
      fromMs: isStart ? startMs : notBefore,
      toMs: isStart ? startMs : at,
      quality: isStart ? quality : 'derived',
      outcome: 'success',
      isOwnPoll: ownPoll === 1,
      number,
    } as const;
    return new StoredSighting(moment, shared, where);
  }

  #addLogins(people: People, sinceMs: number): void {
    for (const row of this.#rows.logins.iterate(JSON.stringify([...people.keys()]), sinceMs)) {
      const [user, number, at, code, key, ip, place, network, agent, device] = row;
      const person = people.get(user);
      if (person === undefined) continue;
      const where = this.#entries.where(ip, place, network, agent, device);
      const moment = {
        kind: 'login',
        fromMs: at,
        toMs: at,
        quality: 'reported',
        outcome: valueOf(eventOutcomes, code),
        isOwnPoll: false,
        number,
      } as const;
      person.sightings.add(new StoredSighting(moment, { who: person.who, key }, where));
    }
  }
}

function sessionOf([, , key, startedAt, code]: SessionRow, person: Person): PersonSession {
  const quality = valueOf(timeQualities, code);
  const startMs = believable.has(quality) ? startedAt : null;
  return { person, shared: { who: person.who, key: keyText(key) }, startMs, quality };
}
