import type { Db } from '../database.ts';

export type WrongTally = { readonly what: string; readonly rows: number };

/** Tallies that differ from a recount, by kind; none in a healthy database. Reads every session and finding. */
export function wrongTallies(db: Db): readonly WrongTally[] {
  if (!hasTallies(db)) return [];
  return checks
    .map(({ what, wrong }) => ({ what, rows: Number(db.prepare(wrong).pluck().get()) }))
    .filter(({ rows }) => rows > 0);
}

/** Removes the counts of what is no longer there: as many as there ever were places. */
export function forgetEmptyTallies(db: Db): void {
  db.exec('DELETE FROM tally WHERE sessions = 0');
}

/** Counts everything anew, inside the caller's transaction. */
export function recountTallies(db: Db): void {
  if (hasTallies(db)) for (const { recount } of checks) db.exec(recount);
}

/** The first schema counted when it was asked. */
function hasTallies(db: Db): boolean {
  return db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'tally'").get() !== undefined;
}

const tallied = `SELECT source_id, state, ifnull(place_id, 0) AS place_id, count(*) AS sessions
  FROM session GROUP BY 1, 2, 3`;
const byUser =
  'SELECT user_id, count(*) AS sessions, count(*) FILTER (WHERE state < 2) AS live FROM session GROUP BY user_id';
const openByUser = 'SELECT user_id, count(*) AS findings FROM finding WHERE state = 0 GROUP BY user_id';

/** One pass over the sessions for each, whatever the number of users. */
const checks = [
  {
    what: 'sessions by source, state and place',
    wrong: `SELECT count(*) FROM (SELECT * FROM tally WHERE sessions <> 0) AS kept
      FULL JOIN (${tallied}) AS now USING (source_id, state, place_id) WHERE kept.sessions IS NOT now.sessions`,
    recount: `DELETE FROM tally; INSERT INTO tally (source_id, state, place_id, sessions) ${tallied};`,
  },
  {
    what: 'sessions by user',
    wrong: `SELECT count(*) FROM user LEFT JOIN (${byUser}) AS now ON now.user_id = user.id
      WHERE user.sessions <> ifnull(now.sessions, 0) OR user.live_sessions <> ifnull(now.live, 0)`,
    recount: `UPDATE user SET sessions = 0, live_sessions = 0;
      UPDATE user SET sessions = now.sessions, live_sessions = now.live FROM (${byUser}) AS now
      WHERE now.user_id = user.id;`,
  },
  {
    what: 'open findings by user',
    wrong: `SELECT count(*) FROM user LEFT JOIN (${openByUser}) AS now ON now.user_id = user.id
      WHERE user.open_findings <> ifnull(now.findings, 0)`,
    recount: `UPDATE user SET open_findings = 0;
      UPDATE user SET open_findings = now.findings FROM (${openByUser}) AS now WHERE now.user_id = user.id;`,
  },
] as const;
