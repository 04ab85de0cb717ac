import type { Statement } from 'better-sqlite3';
import type { Attempt } from '../detect/days/attempt.ts';
import { defaultSettings } from '../detect/settings.ts';
import { codeOf, eventKinds, eventOrigins, eventOutcomes, timeQualities, valueOf } from '../query/codes.ts';
import { keyText } from '../query/key-bytes.ts';
import type { Db } from './database.ts';
import type { WhereRow } from './person-rows.ts';
import { SharedEntries } from './shared-entries.ts';
import { inOrder, StoredSighting, type Who } from './stored-sighting.ts';
import type { UserNumber } from './user-number.ts';

/** A login or a failure as it is stored, with who tried. */
export type StoredAttempt = Attempt & {
  readonly sighting: StoredSighting;
  readonly userName: string | null;
};

type Row = readonly [
  user: UserNumber,
  userId: string,
  userName: string | null,
  number: number,
  at: number,
  outcome: number,
  key: Buffer | null,
  unknownKey: string | null,
  ...where: WhereRow,
];

const { mostADay: MOST_A_DAY } = defaultSettings.attempts;
const SUCCESS = codeOf(eventOutcomes, 'success');
const FAILURE = codeOf(eventOutcomes, 'failure');
const where = (row: string) =>
  ['ip', 'place', 'network', 'agent', 'device'].map((name) => `${row}.${name}_id`).join(', ');

/**
 * Reads what was tried at a source: reported logins and failures; where the source reports no logins, the starts of
 * sessions that it states, with what was first observed of them. The same sightings as `PersonReader` reads user by user.
 */
export class AttemptReader {
  readonly #reported: Statement<[number, number, number, number], Row>;
  readonly #started: Statement<[number, number, number, number], Row>;
  readonly #entries: SharedEntries;

  constructor(db: Db) {
    this.#entries = new SharedEntries(db);
    this.#reported = db
      .prepare<[number, number, number, number], Row>(
        `SELECT e.user_id, user.external_id, user.name, e.id, e.at, e.outcome, s.key, e.session_key, ${where('e')}
         FROM event AS e CROSS JOIN user ON user.id = e.user_id LEFT JOIN session AS s ON s.id = e.session_id
         WHERE e.at >= ? AND e.at < ? AND user.source_id = ? AND e.origin = ${codeOf(eventOrigins, 'reported')}
           AND e.kind IN (${codeOf(eventKinds, 'login')}, ${codeOf(eventKinds, 'failure')})
           AND e.outcome IN (${SUCCESS}, ${FAILURE})
         ORDER BY e.at LIMIT ?`,
      )
      .raw();
    this.#started = db
      .prepare<[number, number, number, number], Row>(
        `SELECT s.user_id, user.external_id, user.name, 1, s.started_at, ${SUCCESS}, s.key, NULL, ${where('o')}
         -- + : by time, whatever SQLite thinks of the source's index.
         FROM session AS s CROSS JOIN source ON source.id = s.source_id AND source.reports_events = 0
         CROSS JOIN observation AS o ON o.session_id = s.id AND o.n = 1 CROSS JOIN user ON user.id = s.user_id
         WHERE s.started_at >= ? AND s.started_at < ? AND +s.source_id = ?
           AND s.started_quality = ${codeOf(timeQualities, 'reported')} AND o.is_own_poll = 0
         ORDER BY s.started_at LIMIT ?`,
      )
      .raw();
  }

  /** From one moment to before another, in time order, then by id; of too many the earliest. */
  read(
    source: { readonly id: number; readonly name: string },
    fromMs: number,
    toMs: number,
  ): readonly StoredAttempt[] {
    this.#entries.refresh();
    const who = new Map<UserNumber, Who>();
    const whoOf = (user: UserNumber, userId: string) => {
      const known = who.get(user) ?? { source: source.name, userId, idReconnects: false };
      who.set(user, known);
      return known;
    };
    const attempts: StoredAttempt[] = [];
    for (const row of this.#reported.iterate(fromMs, toMs, source.id, MOST_A_DAY))
      attempts.push(this.#attempt(row, 'login', whoOf(row[0], row[1])));
    for (const row of this.#started.iterate(fromMs, toMs, source.id, MOST_A_DAY))
      attempts.push(this.#attempt(row, 'start', whoOf(row[0], row[1])));
    return attempts.sort((a, b) => inOrder(a.sighting, b.sighting)).slice(0, MOST_A_DAY);
  }

  #attempt(row: Row, kind: 'login' | 'start', who: Who): StoredAttempt {
    const [user, , userName, number, at, outcome, key, unknownKey, ip, place, network, agent, device] = row;
    const moment = {
      kind,
      fromMs: at,
      toMs: at,
      quality: 'reported',
      outcome: valueOf(eventOutcomes, outcome),
      isOwnPoll: false,
      number,
    } as const;
    const session = { who, key: key === null ? unknownKey : keyText(key) };
    return {
      user,
      userName,
      sighting: new StoredSighting(moment, session, this.#entries.where(ip, place, network, agent, device)),
    };
  }
}
