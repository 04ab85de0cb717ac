import { fileSources } from '../query/fields/imported-logins.ts';
import type { Db } from './database.ts';
import type { UserNumber } from './user-number.ts';

/** Tells who is known from imported files only. Lives as long as its connection. */
export class Histories {
  readonly #any;
  readonly #among;

  constructor(db: Db) {
    this.#any = db.prepare<[], number>(fileSources).pluck();
    this.#among = db
      .prepare<[string], UserNumber>(
        `SELECT user.id FROM json_each(?) AS asked CROSS JOIN user ON user.id = asked.value
         WHERE user.source_id IN (${fileSources}) AND NOT EXISTS (SELECT 1 FROM user AS other
           WHERE other.person_id = user.person_id AND other.source_id NOT IN (${fileSources}))`,
      )
      .pluck();
  }

  among(users: readonly UserNumber[]): ReadonlySet<UserNumber> {
    if (this.#any.get() === undefined) return new Set();
    return new Set(this.#among.all(JSON.stringify(users)));
  }
}
