import { dayStartMs } from '../detect/days/utc-day.ts';
import { codeOf, eventOrigins } from '../query/codes.ts';
import type { Db } from './database.ts';
import type { Reconsidered } from './judgement.ts';
import type { UserNumber } from './user-number.ts';

/** See `StoreReader.reconsidered`. */
export function readReconsidered(db: Db): Reconsidered {
  const days = db
    .prepare<[], Reconsidered['days'][number]>(
      `SELECT name AS source, rejudge_from AS fromDay, org_revision AS revision FROM source
       WHERE rejudge_from IS NOT NULL ORDER BY id`,
    )
    .all();
  return { days, fromDay: days.length === 0 ? null : Math.min(...days.map(({ fromDay }) => fromDay)) };
}

/** Inside the caller's transaction; days that were counted meanwhile stay to be judged. */
export function concludeReconsidered(db: Db, { days }: Reconsidered): void {
  const conclude = db.prepare<[string, number]>(
    'UPDATE source SET rejudge_from = NULL WHERE name = ? AND org_revision = ?',
  );
  for (const { source, revision } of days) conclude.run(source, revision);
}

/** See `StoreReader.usersSince`. No index knows when sessions were last observed: half a second for a million. */
export function readUsersSince(db: Db, day: number): readonly UserNumber[] {
  return db
    .prepare<{ since: number }, UserNumber>(
      `SELECT user_id FROM session WHERE last_observed_at >= @since
       UNION SELECT user_id FROM session WHERE started_at >= @since
       UNION SELECT user_id FROM event WHERE at >= @since AND origin = ${codeOf(eventOrigins, 'reported')}`,
    )
    .pluck()
    .all({ since: dayStartMs(day) });
}
