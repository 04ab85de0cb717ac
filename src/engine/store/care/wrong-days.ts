import { tallyOf } from '../../detect/days/tally.ts';
import { dayStartMs, utcDay } from '../../detect/days/utc-day.ts';
import { AttemptReader } from '../attempts.ts';
import type { Db } from '../database.ts';
import { packTally } from '../org-row.ts';
import { readRetention } from './retention.ts';
import type { WrongTally } from './tallies.ts';

/** Days counted again: a second for the largest companies. */
const SAMPLED_DAYS = 12;

/**
 * Whether a sample of days says something else than the logins that are stored of them; none in a healthy database.
 * Counting all of them anew takes as long as counting them did.
 */
export function wrongDays(db: Db): readonly WrongTally[] {
  const hasDays = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'org_day'").get() !== undefined;
  if (!hasDays) return [];
  const reader = new AttemptReader(db);
  const wrong = sampledDays(db).filter(({ id, name, day, tallies }) => {
    const attempts = reader.read({ id, name }, dayStartMs(day), dayStartMs(day + 1));
    return !packTally(tallyOf(attempts)).equals(tallies);
  });
  if (wrong.length === 0) return [];
  return [
    {
      what: 'counts of what everybody did on a day (a sample of them)',
      harm: 'Findings may call something unusual that is usual, or the other way round.',
      rows: wrong.length,
    },
  ];
}

type SampledDay = { id: number; name: string; day: number; tallies: Buffer };

/** Only days after retention last removed anything: what is left of an earlier one may be less than was counted. */
function sampledDays(db: Db): readonly SampledDay[] {
  const { lastRun } = readRetention(db);
  return db
    .prepare<[number, number], SampledDay>(
      `SELECT source.id, source.name, org_day.day, org_day.tallies FROM org_day JOIN source ON source.id = source_id
       WHERE day > ? AND NOT EXISTS (
         SELECT 1 FROM org_due WHERE org_due.source_id = org_day.source_id AND org_due.day = org_day.day)
       ORDER BY (day * 7919 + source_id) % 101, day, source_id LIMIT ?`,
    )
    .all(lastRun === null ? -1 : utcDay(Date.parse(lastRun.at)), SAMPLED_DAYS);
}
