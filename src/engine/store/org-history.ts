import { History, type KeptDay, type Newcomers } from '../detect/days/history.ts';
import { organisationOfDays, shareOf } from '../detect/days/organisation-of-days.ts';
import type { FactsUser } from '../detect/facts.ts';
import type { Organisation } from '../detect/organisation.ts';
import type { Db } from './database.ts';
import { unpackScores, unpackTally } from './org-row.ts';
import type { Member } from './person-facts.ts';

type SourceRow = { id: number; name: string; revision: number };
type DayRow = { day: number; tallies: Buffer; scores: Buffer | null };

const NOTHING = new History([], []);

/** In place of a user's first day. */
const NOT_ASKED = -(2 ** 31);
const NEVER = NOT_ASKED + 1;

/** What everybody did, read once and kept until the writer changed it. Lives as long as its connection. */
export class OrgHistories {
  readonly organisation: Organisation;
  readonly #sources;
  readonly #days;
  readonly #newcomers;
  readonly #firstDay;
  readonly #number;
  /** By the numbers of users, as many as there were when it was made. */
  #firstDays = new Int32Array();
  readonly #lastUser;
  /** Rules ask about the same person many times, and whoever read the person knows the number. */
  readonly #numbers = new WeakMap<FactsUser, number | null>();
  readonly #read = new Map<string, { readonly revision: number; readonly history: History }>();
  #current: readonly SourceRow[] = [];
  #all: ReadonlyMap<string, History> | null = null;

  constructor(db: Db) {
    this.#sources = db.prepare<[], SourceRow>(
      'SELECT id, name, org_revision AS revision FROM source ORDER BY id',
    );
    this.#days = db.prepare<[number], DayRow>(
      'SELECT day, tallies, scores FROM org_day WHERE source_id = ? ORDER BY day',
    );
    this.#newcomers = db
      .prepare<[number], Newcomers>(
        `SELECT first_day, count(*) FROM user WHERE source_id = ? AND first_day IS NOT NULL GROUP BY first_day`,
      )
      .raw();
    this.#firstDay = db.prepare<[number], number | null>('SELECT first_day FROM user WHERE id = ?').pluck();
    this.#lastUser = db.prepare<[], number | null>('SELECT max(id) FROM user').pluck();
    this.#number = db
      .prepare<[string, string], number>(
        `SELECT user.id FROM source CROSS JOIN user ON user.source_id = source.id AND user.external_id = ?
         WHERE source.name = ?`,
      )
      .pluck();
    this.organisation = organisationOfDays({
      histories: () => this.#histories(),
      historyOf: (source) => this.of(source),
      numberOf: (user) => this.#numberOf(user),
      firstDayOf: (user) => this.#firstDayOf(user),
    });
  }

  /** To be called in each read transaction, before anything is asked. */
  refresh(): void {
    const sources = this.#sources.all();
    const isSame =
      sources.length === this.#current.length &&
      sources.every(({ name, revision }, at) => {
        const known = this.#current[at];
        return known?.name === name && known.revision === revision;
      });
    if (isSame) return;
    this.#current = sources;
    this.#all = null;
    this.#firstDays = new Int32Array((this.#lastUser.get() ?? 0) + 1).fill(NOT_ASKED);
    const names = new Set(sources.map(({ name }) => name));
    for (const name of this.#read.keys()) if (!names.has(name)) this.#read.delete(name);
  }

  /** Says which numbers users have who will be asked about. */
  know(users: readonly Member[]): void {
    for (const each of users) this.#numbers.set(each, each.user);
  }

  /** See `DayGlance`. */
  clientShare(mark: string, day: number): number | null {
    return shareOf(this.#histories(), 'client', mark, day);
  }

  /** The days of a source; none of one that nobody knows. */
  of(source: string): History {
    const row = this.#current.find(({ name }) => name === source);
    if (row === undefined) return NOTHING;
    const read = this.#read.get(source);
    if (read?.revision === row.revision) return read.history;
    const history = new History(this.#keptDays(row.id), this.#newcomers.all(row.id));
    this.#read.set(source, { revision: row.revision, history });
    return history;
  }

  #histories(): ReadonlyMap<string, History> {
    return (this.#all ??= new Map(this.#current.map(({ name }) => [name, this.of(name)])));
  }

  *#keptDays(source: number): Generator<KeptDay> {
    for (const { day, tallies, scores } of this.#days.all(source))
      yield { day, tally: unpackTally(tallies), scores: scores === null ? null : unpackScores(scores) };
  }

  #numberOf(user: FactsUser): number | null {
    const known = this.#numbers.get(user);
    if (known !== undefined) return known;
    const number = this.#number.get(user.userId, user.source) ?? null;
    this.#numbers.set(user, number);
    return number;
  }

  #firstDayOf(user: number): number | null {
    const known = this.#firstDays[user] ?? NOT_ASKED;
    if (known !== NOT_ASKED) return known === NEVER ? null : known;
    const day = this.#firstDay.get(user) ?? null;
    this.#firstDays[user] = day ?? NEVER;
    return day;
  }
}
