import type { TimeQuality } from '../../contract/instant.ts';
import type { FactsUser, PersonFacts } from '../detect/facts.ts';
import { eventOutcomes, timeQualities, valueOf } from '../query/codes.ts';
import { keyText } from '../query/key-bytes.ts';
import type { Db } from './database.ts';
import { preparePersonRows, type ObservationRow, type PersonRows, type SessionRow } from './person-rows.ts';
import { SharedEntries } from './shared-entries.ts';
import type { UserNumber } from './store.ts';
import { Sightings } from './sightings.ts';
import { compareText, StoredSighting, type SessionOf, type Who } from './stored-sighting.ts';

export type Reach = {
  readonly sinceMs: number;
  readonly nowMs: number;
  /** What is older may have been removed; null: nothing was. */
  readonly forgottenBeforeMs?: number | null;
};

/** A user of the person, as the store numbers it. */
export type Member = FactsUser & { readonly user: UserNumber };

export type StoredPerson = Omit<PersonFacts, 'users'> & { readonly users: readonly Member[] };

/** A person whose facts are being read. */
type Person = { readonly members: Member[]; readonly sightings: Sightings };

/** A user of such a person. */
type Subject = { readonly person: Person; readonly who: Who };

type Subjects = ReadonlyMap<UserNumber, Subject>;

type SubjectSession = {
  readonly subject: Subject;
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

  /** The facts of the people behind users, each person once, with all its users; who does not exist has none. */
  read(
    users: readonly UserNumber[],
    { sinceMs, nowMs, forgottenBeforeMs = null }: Reach,
  ): readonly StoredPerson[] {
    this.#entries.refresh();
    const subjects = this.#subjects(users, sinceMs);
    this.#addObserved(subjects, sinceMs);
    this.#addLogins(subjects, sinceMs);
    const people = new Set([...subjects.values()].map(({ person }) => person));
    return [...people].map(({ members, sightings }) => {
      const isForgotten = forgottenBeforeMs !== null && forgottenBeforeMs > sinceMs;
      const forgotten = isForgotten ? { cutBeforeMs: forgottenBeforeMs } : {};
      return { users: members.sort(bySourceThenId), nowMs, ...forgotten, ...sightings.inOrder() };
    });
  }

  #subjects(users: readonly UserNumber[], sinceMs: number): Subjects {
    const people = new Map<string, Person>();
    const rows = this.#rows.users.all(JSON.stringify(users));
    return new Map(
      rows.map(([user, source, userId, userName, idReconnects, personId, reportsEvents]) => {
        const known = personId === null ? undefined : people.get(personId);
        const person = known ?? { members: [], sightings: new Sightings(sinceMs) };
        if (personId !== null) people.set(personId, person);
        const telling = reportsEvents === 1 ? { tellsLogins: true } : {};
        person.members.push({ user, source, userId, userName, tags: [], ...telling });
        return [user, { person, who: { source, userId, idReconnects: idReconnects === 1 } }];
      }),
    );
  }

  /** Session by session, in portions: what a user has many of is never in memory as rows. */
  #addObserved(subjects: Subjects, sinceMs: number): void {
    let portion = new Map<number, SubjectSession>();
    let observations = 0;
    for (const row of this.#rows.sessions.iterate(JSON.stringify([...subjects.keys()]), sinceMs)) {
      const [user, id, , , , more] = row;
      const subject = subjects.get(user);
      if (subject === undefined) continue;
      portion.set(id, sessionOf(row, subject));
      observations += more;
      if (observations < OBSERVATIONS_A_READ) continue;
      this.#addObservations(portion, sinceMs);
      portion = new Map();
      observations = 0;
    }
    this.#addObservations(portion, sinceMs);
  }

  #addObservations(sessions: ReadonlyMap<number, SubjectSession>, sinceMs: number): void {
    const ids = JSON.stringify([...sessions.keys()]);
    for (const row of this.#rows.observations.all(ids, sinceMs)) {
      const session = sessions.get(row[0]);
      if (session !== undefined) session.subject.person.sightings.add(this.#observed(row, session));
    }
  }

  /** The first observation of a session whose start is known stands for that start; every other one is activity. */
  #observed(row: ObservationRow, { startMs, quality, shared }: SubjectSession): StoredSighting {
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

  #addLogins(subjects: Subjects, sinceMs: number): void {
    for (const row of this.#rows.logins.iterate(JSON.stringify([...subjects.keys()]), sinceMs)) {
      const [user, number, at, code, key, ip, place, network, agent, device] = row;
      const subject = subjects.get(user);
      if (subject === undefined) continue;
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
      subject.person.sightings.add(new StoredSighting(moment, { who: subject.who, key }, where));
    }
  }
}

function sessionOf([, , key, startedAt, code]: SessionRow, subject: Subject): SubjectSession {
  const quality = valueOf(timeQualities, code);
  const startMs = believable.has(quality) ? startedAt : null;
  return { subject, shared: { who: subject.who, key: keyText(key) }, startMs, quality };
}

function bySourceThenId(a: Member, b: Member): number {
  return compareText(a.source, b.source) || compareText(a.userId, b.userId);
}
