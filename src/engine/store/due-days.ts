import { utcDay } from '../detect/days/utc-day.ts';
import type { Db } from './database.ts';

/** A clock that is farther ahead makes no day due: nobody lives to see it settled. */
const DAYS_AHEAD = 366;

/** All days of a source, when it begins or ceases to count as one that reports logins. */
export function markEveryDay(db: Db, source: number): void {
  db.prepare(
    `INSERT INTO org_due (source_id, day)
     SELECT source_id, started_at / 86400000 FROM session WHERE source_id = @source AND started_at >= 0
     UNION SELECT source_id, event.at / 86400000 FROM user JOIN event ON event.user_id = user.id
       WHERE source_id = @source AND event.at >= 0
     UNION SELECT source_id, day FROM org_day WHERE source_id = @source
     ON CONFLICT DO NOTHING`,
  ).run({ source });
}

/** Remembers days whose row in `org_day` does not tell of all their logins any more. Writer's side. */
export class DueDays {
  readonly #mark;

  constructor(db: Db) {
    this.#mark = db.prepare<[number, number]>(
      'INSERT INTO org_due (source_id, day) VALUES (?, ?) ON CONFLICT DO NOTHING',
    );
  }

  /** Inside the transaction that writes the logins. Answers the days, ascending. */
  mark(source: number, logins: ReadonlySet<number>, nowMs: number): readonly number[] {
    const last = utcDay(nowMs) + DAYS_AHEAD;
    const days = [...logins].filter((day) => day >= 0 && day <= last).sort((a, b) => a - b);
    for (const day of days) this.#mark.run(source, day);
    return days;
  }
}
