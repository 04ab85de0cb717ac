import { countScores } from '../detect/days/score-counts.ts';
import { History, type KeptDay, type Newcomers } from '../detect/days/history.ts';
import { scoresOf } from '../detect/days/score-logins.ts';
import { isFailure } from '../detect/days/attempt.ts';
import { sampledUsers } from '../detect/days/sampled-users.ts';
import { tallyOf } from '../detect/days/tally.ts';
import { DAY_MS, dayStartMs, lastSettledDay, utcDay } from '../detect/days/utc-day.ts';
import { defaultSettings } from '../detect/settings.ts';
import { AttemptReader, type StoredAttempt } from './attempts.ts';
import { cutoffMs, readRetention } from './care/retention.ts';
import type { Db } from './database.ts';
import type { SettledDays } from './judgement.ts';
import { packScores, packTally, unpackTally } from './org-row.ts';
import { PersonReader } from './person-facts.ts';
import { SampledLogins } from './sampled-logins.ts';
import type { UserNumber } from './user-number.ts';

/** What scoring one day of a source after another goes by. */
type Scoring = {
  readonly source: number;
  readonly firstDay: number;
  readonly history: History;
  readonly logins: SampledLogins;
};

type SourceDay = { readonly id: number; readonly name: string; readonly day: number };

const { judgedMs, learning, organisation } = defaultSettings;
/** Days whose scores may be part of a threshold: those of the oldest moment that is judged, and some for time zones of clocks. */
const SCORED_DAYS = judgedMs / DAY_MS + organisation.normDays + 4;
/** Days that are kept: the oldest of these scores needs its own whole look-back. */
const KEPT_DAYS = SCORED_DAYS + learning.lookBackMs / DAY_MS + 2;
/** Logins and failures read in one transaction, unless one day alone has more: some 50 ms, for which a page may have to wait. */
const ATTEMPTS_A_STEP = 3_000;

/**
 * Keeps what everybody did by whole days. A day's row is computed from what is stored of that day and replaced whole, never
 * added to: any order of arrival gives the same rows. Writer's side; inside the caller's transactions.
 */
export class OrgDays {
  readonly #db: Db;
  readonly #attempts: AttemptReader;
  readonly #people: PersonReader;
  #scoring: Scoring | null = null;
  /** Whose logins are to be scored, of days counted since all was last done: so that these days are not read again for that. */
  readonly #sampled = new Map<string, readonly UserNumber[]>();

  constructor(db: Db) {
    this.#db = db;
    this.#attempts = new AttemptReader(db);
    this.#people = new PersonReader(db);
  }

  /**
   * Does some of what is due: counts days that are settled and have logins their rows do not tell of, and when there is none,
   * scores samples of the logins of days.
   */
  settle(nowMs: number): SettledDays {
    const today = utcDay(nowMs);
    for (let read = 0; read < ATTEMPTS_A_STEP;) {
      const due = this.#nextDue(lastSettledDay(today));
      const unscored = due.length === 0 ? this.#nextUnscored(today - SCORED_DAYS) : undefined;
      if (due.length > 0) {
        this.#scoring = null;
        read += this.#countAll(due, today);
      } else if (unscored !== undefined) {
        read += this.#score(unscored, today);
      } else {
        this.#scoring = null;
        this.#sampled.clear();
        this.#db.prepare('DELETE FROM org_day WHERE day < ?').run(today - KEPT_DAYS);
        return { done: true };
      }
    }
    return { done: false };
  }

  /** The earliest day that is due, of all sources of which it is. */
  #nextDue(until: number): readonly SourceDay[] {
    return this.#db
      .prepare<[number], SourceDay>(
        `SELECT source.id, source.name, org_due.day FROM org_due JOIN source ON source.id = org_due.source_id
         WHERE org_due.day = (SELECT min(day) FROM org_due WHERE day <= ?) ORDER BY source.id`,
      )
      .all(until);
  }

  #nextUnscored(from: number): SourceDay | undefined {
    return this.#db
      .prepare<[number], SourceDay>(
        `SELECT source.id, source.name, org_day.day FROM org_day JOIN source ON source.id = org_day.source_id
         WHERE org_day.day >= ? AND org_day.scores IS NULL ORDER BY source.id, org_day.day LIMIT 1`,
      )
      .get(from);
  }

  /** Counts one day of sources; answers how many attempts it read. */
  #countAll(due: readonly SourceDay[], today: number): number {
    const [{ day } = { day: today }] = due;
    const [fromMs, toMs] = [dayStartMs(day), dayStartMs(day + 1)];
    const all = this.#attempts.readAll(due, fromMs, toMs);
    let read = 0;
    for (const each of due) {
      const attempts = all === null ? this.#attempts.read(each, fromMs, toMs) : (all.get(each.id) ?? []);
      this.#count(each, attempts, today);
      read += attempts.length;
    }
    return read;
  }

  #count(due: SourceDay, attempts: readonly StoredAttempt[], today: number): void {
    const { id, day } = due;
    this.#db.prepare('DELETE FROM org_due WHERE source_id = ? AND day = ?').run(id, day);
    const forgottenBefore = cutoffMs(readRetention(this.#db).days, dayStartMs(today));
    // Of a day that retention has begun to remove, what was counted before is more than what is left.
    if (forgottenBefore !== null && dayStartMs(day) < forgottenBefore && this.#row(due) !== undefined) return;
    this.#rememberFirstDays(attempts, day);
    if (day < today - KEPT_DAYS) return;
    if (day >= today - SCORED_DAYS) this.#sampled.set(nameOf(due), sampledUsers(attempts));
    const tallies = packTally(tallyOf(attempts));
    const before = this.#row(due);
    if (attempts.length === 0) this.#remove(due);
    else if (before?.equals(tallies) !== true) this.#replace(due, tallies);
    else return;
    // Later scores rest on this day.
    this.#db
      .prepare('UPDATE org_day SET scores = NULL WHERE source_id = ? AND day >= ? AND day >= ?')
      .run(id, day, today - SCORED_DAYS);
    this.#changed(id, day);
  }

  #row({ id, day }: SourceDay): Buffer | undefined {
    return this.#db
      .prepare<[number, number], Buffer>('SELECT tallies FROM org_day WHERE source_id = ? AND day = ?')
      .pluck()
      .get(id, day);
  }

  #replace({ id, day }: SourceDay, tallies: Buffer): void {
    this.#db
      .prepare(
        `INSERT INTO org_day (source_id, day, tallies) VALUES (?, ?, ?)
         ON CONFLICT DO UPDATE SET tallies = excluded.tallies`,
      )
      .run(id, day, tallies);
  }

  #remove({ id, day }: SourceDay): void {
    this.#db.prepare('DELETE FROM org_day WHERE source_id = ? AND day = ?').run(id, day);
  }

  /** Only ever earlier: whatever comes in which order, it ends as the first day of all. */
  #rememberFirstDays(attempts: readonly StoredAttempt[], day: number): void {
    const users = new Set(attempts.filter(({ sighting }) => !isFailure(sighting)).map(({ user }) => user));
    const remember = this.#db.prepare<[number, UserNumber, number]>(
      'UPDATE user SET first_day = ? WHERE id = ? AND ifnull(first_day, 1e9) > ?',
    );
    for (const user of users) remember.run(day, user, day);
  }

  /** Answers of how many logins it read what came before them. */
  #score(unscored: SourceDay, today: number): number {
    const { id, day } = unscored;
    const [fromMs, toMs] = [dayStartMs(day), dayStartMs(day + 1)];
    const users =
      this.#sampled.get(nameOf(unscored)) ?? sampledUsers(this.#attempts.read(unscored, fromMs, toMs));
    const { history, logins } = this.#scoringOf(unscored, today);
    const background = history.background(day);
    const scores =
      background === null
        ? []
        : logins.before(toMs, users).flatMap((own) => scoresOf(own, fromMs, background));
    this.#db
      .prepare('UPDATE org_day SET scores = ? WHERE source_id = ? AND day = ?')
      .run(packScores(countScores(scores)), id, day);
    this.#changed(id, day);
    return users.length;
  }

  /** Days of a source are scored in their order, so what the first one needs is enough for all. */
  #scoringOf({ id, day }: SourceDay, today: number): Scoring {
    const known = this.#scoring;
    if (known?.source === id && known.firstDay <= day) return known;
    const reach = { sinceMs: dayStartMs(day) - learning.lookBackMs, nowMs: dayStartMs(today + 1) };
    const logins = new SampledLogins(this.#people, reach);
    this.#scoring = { source: id, firstDay: day, history: this.#historyOf(id), logins };
    return this.#scoring;
  }

  #historyOf(source: number): History {
    const days = this.#db
      .prepare<[number], { day: number; tallies: Buffer }>(
        'SELECT day, tallies FROM org_day WHERE source_id = ? ORDER BY day',
      )
      .all(source)
      .map(({ day, tallies }): KeptDay => ({ day, tally: unpackTally(tallies), scores: null }));
    const newcomers = this.#db
      .prepare<[number], Newcomers>(
        'SELECT first_day, count(*) FROM user WHERE source_id = ? AND first_day IS NOT NULL GROUP BY first_day',
      )
      .raw()
      .all(source);
    return new History(days, newcomers);
  }

  /** What rests on the day is to be judged again, and what readers remember of the source is stale. */
  #changed(source: number, day: number): void {
    this.#db
      .prepare(
        `UPDATE source SET org_revision = abs(random() >> 11),
           rejudge_from = min(ifnull(rejudge_from, @from), @from) WHERE id = @source`,
      )
      .run({ source, from: day + 2 });
  }
}

function nameOf({ id, day }: SourceDay): string {
  return `${id}/${day}`;
}
