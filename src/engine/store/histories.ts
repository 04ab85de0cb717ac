import type { Db } from './database.ts';
import type { UserNumber } from './user-number.ts';

/** Sources that are histories from files. There are few sources, so their configuration is asked. */
const files = `SELECT id FROM source WHERE json_extract(config, '$.kind') = 'file'`;

/** Tells who is known from imported files only. Lives as long as its connection. */
export class Histories {
  readonly #any;
  readonly #among;

  constructor(db: Db) {
    this.#any = db.prepare<[], number>(files).pluck();
    this.#among = db
      .prepare<[string], UserNumber>(
        `SELECT user.id FROM json_each(?) AS asked CROSS JOIN user ON user.id = asked.value
         WHERE user.source_id IN (${files}) AND NOT EXISTS (SELECT 1 FROM user AS other
           WHERE other.person_id = user.person_id AND other.source_id NOT IN (${files}))`,
      )
      .pluck();
  }

  among(users: readonly UserNumber[]): ReadonlySet<UserNumber> {
    if (this.#any.get() === undefined) return new Set();
    return new Set(this.#among.all(JSON.stringify(users)));
  }
}
