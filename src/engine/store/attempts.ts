import type { Statement } from 'better-sqlite3';
import type { Attempt } from '../detect/days/attempt.ts';
import { defaultSettings } from '../detect/settings.ts';
import { codeOf, eventKinds, eventOrigins, eventOutcomes, timeQualities, valueOf } from '../query/codes.ts';
import { keyText } from '../query/key-bytes.ts';
import type { Db } from './database.ts';
import type { EntryNumbers } from './person-rows.ts';
import { SharedEntries } from './shared-entries.ts';
import { inOrder, StoredSighting, type Who } from './stored-sighting.ts';
import type { UserNumber } from './user-number.ts';

/** A login or a failure as it is stored, with who tried. */
export type StoredAttempt = Attempt & {
  readonly sighting: StoredSighting;
  readonly userName: string | null;
};

type Row = readonly [
  source: number,
  user: UserNumber,
  userId: string,
  userName: string | null,
  number: number,
  at: number,
  outcome: number,
  key: Buffer | null,
  unknownKey: string | null,
  ...where: EntryNumbers,
];

/** A source as the store knows it. */
export type NumberedSource = { readonly id: number; readonly name: string };

type Which = 'all' | 'failures';

const { mostADay: MOST_A_DAY } = defaultSettings.attempts;
/** Of several sources read at once: half of what one source alone may have, some 50 MB. Where there is more, one source at a time is in memory. */
const MOST_AT_ONCE = MOST_A_DAY / 2;
type Asked = [fromMs: number, toMs: number, sources: string, most: number];

const SUCCESS = codeOf(eventOutcomes, 'success');
const FAILURE = codeOf(eventOutcomes, 'failure');
const where = (row: string) =>
  ['ip', 'place', 'network', 'agent', 'device'].map((name) => `${row}.${name}_id`).join(', ');

/**
 * Reads what was tried at a source: reported logins and failures; where the source reports no logins, the starts of
 * sessions that it states, with what was first observed of them. The same sightings as `PersonReader` reads user by user.
 */
export class AttemptReader {
  readonly #reported: Statement<Asked, Row>;
  readonly #failed: Statement<Asked, Row>;
  readonly #started: Statement<Asked, Row>;
  readonly #entries: SharedEntries;
  readonly #mostAtOnce: number;

  constructor(db: Db, mostAtOnce = MOST_AT_ONCE) {
    this.#mostAtOnce = mostAtOnce;
    this.#entries = new SharedEntries(db);
    const reported = (outcomes: string) =>
      db
        .prepare<Asked, Row>(
          `SELECT user.source_id, e.user_id, user.external_id, user.name, e.id, e.at, e.outcome, s.key, e.session_key, ${where('e')}
         FROM event AS e CROSS JOIN user ON user.id = e.user_id LEFT JOIN session AS s ON s.id = e.session_id
         WHERE e.at >= ? AND e.at < ? AND user.source_id IN (SELECT value FROM json_each(?)) AND e.origin = ${codeOf(eventOrigins, 'reported')}
           AND e.kind IN (${codeOf(eventKinds, 'login')}, ${codeOf(eventKinds, 'failure')})
           AND e.outcome IN (${outcomes})
         ORDER BY e.at LIMIT ?`,
        )
        .raw();
    this.#reported = reported(`${SUCCESS}, ${FAILURE}`);
    this.#failed = reported(`${FAILURE}`);
    this.#started = db
      .prepare<Asked, Row>(
        `SELECT s.source_id, s.user_id, user.external_id, user.name, 1, s.started_at, ${SUCCESS}, s.key, NULL, ${where('o')}
         -- + : by time, whatever SQLite thinks of the source's index.
         FROM session AS s CROSS JOIN source ON source.id = s.source_id AND source.reports_events = 0
         CROSS JOIN observation AS o ON o.session_id = s.id AND o.n = 1 CROSS JOIN user ON user.id = s.user_id
         WHERE s.started_at >= ? AND s.started_at < ? AND +s.source_id IN (SELECT value FROM json_each(?))
           AND s.started_quality = ${codeOf(timeQualities, 'reported')} AND o.is_own_poll = 0
         ORDER BY s.started_at LIMIT ?`,
      )
      .raw();
  }

  /** From one moment to before another, in time order, then by id; of too many the earliest. */
  read(source: NumberedSource, fromMs: number, toMs: number): readonly StoredAttempt[] {
    return this.#attempts('all', [source], fromMs, toMs, MOST_A_DAY).get(source.id) ?? [];
  }

  /**
   * The same for each of several sources, by their ids, for the price of one: what is found by its time has to be looked at to see
   * whose it is. Null where that is too much to hold at once.
   */
  readAll(
    sources: readonly NumberedSource[],
    fromMs: number,
    toMs: number,
  ): ReadonlyMap<number, readonly StoredAttempt[]> | null {
    return this.#together('all', sources, fromMs, toMs);
  }

  /** The failures among them, which are few. */
  readFailures(
    sources: readonly NumberedSource[],
    fromMs: number,
    toMs: number,
  ): ReadonlyMap<number, readonly StoredAttempt[]> | null {
    return this.#together('failures', sources, fromMs, toMs);
  }

  #together(
    which: Which,
    sources: readonly NumberedSource[],
    fromMs: number,
    toMs: number,
  ): ReadonlyMap<number, readonly StoredAttempt[]> | null {
    const together = this.#attempts(which, sources, fromMs, toMs, this.#mostAtOnce + 1);
    const count = [...together.values()].reduce((sum, { length }) => sum + length, 0);
    return count <= this.#mostAtOnce ? together : null;
  }

  /** By source, up to `most` altogether: the earliest. */
  #attempts(
    which: Which,
    sources: readonly NumberedSource[],
    fromMs: number,
    toMs: number,
    most: number,
  ): ReadonlyMap<number, readonly StoredAttempt[]> {
    this.#entries.refresh();
    const who = new Map<UserNumber, Who>();
    const names = new Map(sources.map(({ id, name }) => [id, name]));
    const attempts: { readonly source: number; readonly attempt: StoredAttempt }[] = [];
    const asked: Asked = [fromMs, toMs, JSON.stringify([...names.keys()]), most];
    const add = (row: Row, kind: 'login' | 'start') => {
      const [source, user, userId] = row;
      const known = who.get(user) ?? { source: names.get(source) ?? '', userId, idReconnects: false };
      who.set(user, known);
      attempts.push({ source, attempt: this.#attempt(row, kind, known) });
    };
    const told = which === 'all' ? this.#reported : this.#failed;
    for (const row of told.iterate(...asked)) add(row, 'login');
    if (which === 'all') for (const row of this.#started.iterate(...asked)) add(row, 'start');
    attempts.sort((a, b) => inOrder(a.attempt.sighting, b.attempt.sighting));
    const bySource = Map.groupBy(attempts.slice(0, most), ({ source }) => source);
    return new Map([...bySource].map(([source, some]) => [source, some.map(({ attempt }) => attempt)]));
  }

  #attempt(row: Row, kind: 'login' | 'start', who: Who): StoredAttempt {
    const [, user, , userName, number, at, outcome, key, unknownKey, ip, place, network, agent, device] = row;
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
