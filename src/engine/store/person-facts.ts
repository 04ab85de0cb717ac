import { userTag, type UserTag } from '../../contract/person.ts';
import type { TimeQuality } from '../../contract/instant.ts';
import type { FactsUser, PersonFacts } from '../detect/facts.ts';
import { defaultSettings, factsReachMs } from '../detect/settings.ts';
import { eventOutcomes, timeQualities, valueOf } from '../query/codes.ts';
import { keyText } from '../query/key-bytes.ts';
import type { Db } from './database.ts';
import { isLive, LiveSessions, type SourceTells } from './live-sessions.ts';
import { isOfAttacker, type AttackTrace } from '../detect/quarantine.ts';
import { prepareDecidedFacts } from './decided-facts.ts';
import { ObservationClocks, type Clocks } from './observation-clocks.ts';
import { preparePersonRows, type ObservationRow, type PersonRows, type SessionRow } from './person-rows.ts';
import { SharedEntries } from './shared-entries.ts';
import { Sightings } from './sightings.ts';
import { StoredSighting, type Moment, type SessionOf, type Who } from './stored-sighting.ts';
import type { UserNumber } from './user-number.ts';
import { compareText } from '../text-order.ts';

export type Reach = {
  readonly sinceMs: number;
  readonly nowMs: number;
  /** What is older may have been removed; null: nothing was. */
  readonly forgottenBeforeMs?: number | null;
  /** All of them are known from imported files only. */
  readonly isHistory?: boolean;
};

/** A user of the person, as the store numbers it. */
export type Member = FactsUser & { readonly user: UserNumber };

export type StoredPerson = Omit<PersonFacts, 'users' | 'sightings'> & {
  readonly users: readonly Member[];
  readonly sightings: readonly StoredSighting[];
};

/** A person whose facts are being read. */
type Person = { readonly members: Member[]; readonly sightings: Sightings; readonly live: LiveSessions };

/** A user of such a person. */
type Subject = { readonly person: Person; readonly who: Who; readonly tells: SourceTells };

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

/** Who was seen so soon after the facts begin is known well enough by them: nobody wakes from a longer sleep within what is judged. */
const LONG_KNOWN_MS = factsReachMs - defaultSettings.judgedMs;

/** Observations that are read at once, unless one session alone has more. */
const OBSERVATIONS_A_READ = 4_000;

/**
 * Reads what the rules may know of users: session starts, activity that polls saw, and reported logins. Every sighting
 * comes from what is written once and never changed, so the same moment keeps its id, its times and its place
 * across polls and restarts. Lives as long as its connection; each call is one read transaction.
 */
export class PersonReader {
  readonly #rows: PersonRows;
  readonly #entries: SharedEntries;
  readonly #decided;

  constructor(db: Db) {
    this.#rows = preparePersonRows(db);
    this.#entries = new SharedEntries(db);
    this.#decided = prepareDecidedFacts(db);
  }

  /** The facts of the people behind users, each person once, with all its users; who does not exist has none. */
  read(
    users: readonly UserNumber[],
    { sinceMs, nowMs, forgottenBeforeMs = null, isHistory = false }: Reach,
  ): readonly StoredPerson[] {
    this.#entries.refresh();
    const subjects = this.#subjects(users, sinceMs);
    this.#addObserved(subjects, sinceMs, nowMs);
    this.#addLogins(subjects, sinceMs);
    const before = this.#seenBefore(subjects, sinceMs);
    const people = new Set([...subjects.values()].map(({ person }) => person));
    const decidedOf = this.#decided([...subjects.keys()]);
    return [...people].map(({ members, sightings, live }) => {
      const decided = members.map(({ user }) => decidedOf(user));
      const facts = sightings.inOrder();
      quarantine(
        facts.sightings,
        decided.flatMap(({ attacks }) => attacks),
      );
      const learned = decided.flatMap((each) => each.learned);
      const isForgotten = forgottenBeforeMs !== null && forgottenBeforeMs > sinceMs;
      const known = members.map((each) => ({ ...each, seenBeforeMs: before.get(each.user) ?? null }));
      return {
        users: known.sort(bySourceThenId),
        nowMs,
        ...(isHistory ? { isHistory } : {}),
        ...(isForgotten ? { cutBeforeMs: forgottenBeforeMs } : {}),
        ...(learned.length > 0 ? { learned } : {}),
        ...(live.list().length > 0 ? { sessions: live.list() } : {}),
        ...facts,
      };
    });
  }

  #subjects(users: readonly UserNumber[], sinceMs: number): Subjects {
    const people = new Map<string, Person>();
    const rows = this.#rows.users.all(JSON.stringify(users));
    return new Map(
      rows.map(([user, source, userId, userName, idReconnects, personId, tags, ...tells]) => {
        const [tellsExpiry, tellsLastSeen, pollEveryMs, sourceSinceMs, reportsEvents] = tells;
        const telling = reportsEvents === 1 ? { tellsLogins: true } : {};
        const known = personId === null ? undefined : people.get(personId);
        const person = known ?? { members: [], sightings: new Sightings(sinceMs), live: new LiveSessions() };
        if (personId !== null) people.set(personId, person);
        person.members.push({
          user,
          source,
          userId,
          userName,
          tags: tagsOf(tags),
          sourceSinceMs,
          ...telling,
        });
        const who = { source, userId, idReconnects: idReconnects === 1 };
        const told = { expiry: tellsExpiry === 1, lastSeen: tellsLastSeen === 1, pollEveryMs };
        return [user, { person, who, tells: told }];
      }),
    );
  }

  /** Session by session, in portions: what a user has many of is never in memory as rows. */
  #addObserved(subjects: Subjects, sinceMs: number, nowMs: number): void {
    const users = JSON.stringify([...subjects.keys()]);
    const revoked = new Map(this.#rows.revoked.all(users));
    let portion = new Map<number, SubjectSession>();
    let observations = 0;
    for (const row of this.#rows.sessions.iterate(users, sinceMs)) {
      const [user, id, , , , more] = row;
      const subject = subjects.get(user);
      if (subject === undefined) continue;
      const session = sessionOf(row, subject);
      if (isLive(row, nowMs)) this.#addLive(row, session, revoked);
      portion.set(id, session);
      observations += more;
      if (observations < OBSERVATIONS_A_READ) continue;
      this.#addObservations(portion, sinceMs);
      portion = new Map();
      observations = 0;
    }
    this.#addObservations(portion, sinceMs);
  }

  #addLive(row: SessionRow, { subject, shared }: SubjectSession, revoked: ReadonlyMap<string, number>): void {
    const { person, who, tells } = subject;
    const key = shared.key ?? '';
    const device = this.#entries.device(row[13]);
    person.live.add(row, { key, who, tells, device, revokedAtMs: revoked.get(key) ?? null });
  }

  /** Of those who are new as far as the facts tell: everybody else's past is in the facts. */
  #seenBefore(subjects: Subjects, sinceMs: number): ReadonlyMap<UserNumber, number> {
    const users = [...subjects].filter(
      ([, { person }]) =>
        person.members.length > 1 || !person.sightings.reachesBackTo(sinceMs + LONG_KNOWN_MS),
    );
    const rows = this.#rows.before.all({
      users: JSON.stringify(users.map(([user]) => user)),
      since: sinceMs,
    });
    return new Map(
      rows.flatMap(([user, session, login]) =>
        session === null && login === null
          ? []
          : [[user, Math.max(session ?? -Infinity, login ?? -Infinity)] as const],
      ),
    );
  }

  #addObservations(sessions: ReadonlyMap<number, SubjectSession>, sinceMs: number): void {
    const ids = JSON.stringify([...sessions.keys()]);
    const rows = this.#rows.observations.all(ids);
    this.#entries.expectAddresses(rows.map(([, , , , , , ip]) => ip));
    for (const row of rows) {
      const session = sessions.get(row[0]);
      if (session !== undefined) this.#addRow(row, session, sinceMs);
    }
  }

  #addRow(row: ObservationRow, session: SubjectSession, sinceMs: number): void {
    const [, first, at, notBefore, ownPoll, repeats, ip, place, network, agent, device] = row;
    const where = this.#entries.where(ip, place, network, agent, device);
    const { sightings } = session.subject.person;
    const add = (observed: Pick<Clocks, 'at' | 'notBefore'>, number: number) => {
      if (observed.at < sinceMs) return;
      const moment = momentOf(observed, number, session, ownPoll === 1);
      sightings.add(new StoredSighting(moment, session.shared, where));
    };
    add({ at, notBefore }, first);
    if (repeats === null) return;
    const clocks = new ObservationClocks({ at, notBefore, lastSeenAt: null, expiresAt: null, repeats });
    for (let number = first + 1; clocks.next(); number += 1) add(clocks, number);
  }

  #addLogins(subjects: Subjects, sinceMs: number): void {
    for (const row of this.#rows.logins.iterate(JSON.stringify([...subjects.keys()]), sinceMs)) {
      const [user, number, at, code, key, deviceToken, content, ip, place, network, agent, device] = row;
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
      const shared = { who: subject.who, key, deviceToken, content };
      subject.person.sightings.add(new StoredSighting(moment, shared, where));
    }
  }
}

const tagsOf = (tags: string | null): readonly UserTag[] =>
  tags === null ? NO_TAGS : userTag.array().parse(tags.split(' '));
const NO_TAGS: readonly UserTag[] = [];

/** Marks what an attacker left, so that it teaches nothing. */
function quarantine(sightings: readonly StoredSighting[], attacks: readonly AttackTrace[]): void {
  if (attacks.length === 0) return;
  for (const sighting of sightings)
    sighting.isQuarantined = attacks.some((attack) => isOfAttacker(sighting, attack, defaultSettings));
}

/** The first observation of a session whose start is known stands for that start; every other one is activity. */
function momentOf(
  { at, notBefore }: Pick<Clocks, 'at' | 'notBefore'>,
  number: number,
  { startMs, quality }: SubjectSession,
  isOwnPoll: boolean,
): Moment {
  const isStart = number === 1 && startMs !== null;
  return {
    kind: isStart ? 'start' : 'activity',
    fromMs: isStart ? startMs : notBefore,
    toMs: isStart ? startMs : at,
    quality: isStart ? quality : 'derived',
    outcome: 'success',
    isOwnPoll,
    number,
  };
}

function sessionOf([, , key, startedAt, code]: SessionRow, subject: Subject): SubjectSession {
  const quality = valueOf(timeQualities, code);
  const startMs = believable.has(quality) ? startedAt : null;
  return { subject, shared: { who: subject.who, key: keyText(key) }, startMs, quality };
}

function bySourceThenId(a: Member, b: Member): number {
  return compareText(a.source, b.source) || compareText(a.userId, b.userId);
}
