import type { Db } from '../database.ts';

export type WrongTally = { readonly what: string; readonly rows: number; readonly harm: string };

/**
 * What is kept beside the rows and differs from them, by kind; none in a healthy database. Reads every session and finding.
 */
export function wrongTallies(db: Db): readonly WrongTally[] {
  return checksOf(db)
    .map(({ what, wrong, harm }) => ({ what, harm, rows: Number(db.prepare(wrong).pluck().get()) }))
    .filter(({ rows }) => rows > 0);
}

/** Removes the counts of what is no longer there: as many as there ever were places and devices. */
export function forgetEmptyTallies(db: Db): void {
  db.exec('DELETE FROM session_tally WHERE sessions = 0');
}

/** Counts everything anew, inside the caller's transaction. */
export function recountTallies(db: Db): void {
  for (const { recount } of checksOf(db)) db.exec(recount);
  if (hasTable(db, 'org_day')) {
    db.exec(
      'INSERT INTO org_due (source_id, day) SELECT source_id, day FROM org_day WHERE true ON CONFLICT DO NOTHING',
    );
  }
}

function hasTable(db: Db, name: string): boolean {
  return db.prepare<[string]>('SELECT 1 FROM sqlite_schema WHERE name = ?').get(name) !== undefined;
}

/** Earlier schemas counted otherwise, and are counted anew on the way to this one. */
function checksOf(db: Db): readonly Check[] {
  return checks.filter(({ since }) => hasTable(db, since));
}

type Check = {
  /** The table that came with what is checked. */
  readonly since: 'setting' | 'arrival' | 'session_tally';
  readonly what: string;
  readonly harm: string;
  readonly wrong: string;
  readonly recount: string;
};

const tallied = `SELECT source_id, state, ifnull(place_id, 0) AS place_id, device_id, count(*) AS sessions
  FROM session GROUP BY 1, 2, 3, 4`;
const byUser =
  'SELECT user_id, count(*) AS sessions, count(*) FILTER (WHERE state < 2) AS live FROM session GROUP BY user_id';
const openByUser = 'SELECT user_id, count(*) AS findings FROM finding WHERE state = 0 GROUP BY user_id';

const onlyOverview = 'Lists and reports are right; the overview is not.';

/** One pass over the sessions for each, whatever the number of users. */
const checks: readonly Check[] = [
  {
    since: 'session_tally',
    what: 'counts of sessions by source, state, place and device',
    harm: onlyOverview,
    wrong: `SELECT count(*) FROM (SELECT * FROM session_tally WHERE sessions <> 0) AS kept
      FULL JOIN (${tallied}) AS now USING (source_id, state, place_id, device_id) WHERE kept.sessions IS NOT now.sessions`,
    recount: `DELETE FROM session_tally;
      INSERT INTO session_tally (source_id, state, place_id, device_id, sessions) ${tallied};`,
  },
  {
    since: 'setting',
    what: 'counts of sessions by user',
    harm: onlyOverview,
    wrong: `SELECT count(*) FROM user LEFT JOIN (${byUser}) AS now ON now.user_id = user.id
      WHERE user.sessions <> ifnull(now.sessions, 0) OR user.live_sessions <> ifnull(now.live, 0)`,
    recount: `UPDATE user SET sessions = 0, live_sessions = 0;
      UPDATE user SET sessions = now.sessions, live_sessions = now.live FROM (${byUser}) AS now
      WHERE now.user_id = user.id;`,
  },
  {
    since: 'setting',
    what: 'counts of open findings by user',
    harm: onlyOverview,
    wrong: `SELECT count(*) FROM user LEFT JOIN (${openByUser}) AS now ON now.user_id = user.id
      WHERE user.open_findings <> ifnull(now.findings, 0)`,
    recount: `UPDATE user SET open_findings = 0;
      UPDATE user SET open_findings = now.findings FROM (${openByUser}) AS now WHERE now.user_id = user.id;`,
  },
  {
    since: 'arrival',
    what: 'moments at which sessions were first observed',
    harm: 'Filters by firstObservedAt may leave sessions out; everything else is right.',
    wrong: `SELECT count(*) FROM session AS s LEFT JOIN arrival ON arrival.thousand = s.id / 1000
      WHERE (s.first_observed_at BETWEEN first_at AND last_at) IS NOT TRUE`,
    recount: `DELETE FROM arrival; INSERT INTO arrival (thousand, first_at, last_at)
      SELECT id / 1000, min(first_observed_at), max(first_observed_at) FROM session GROUP BY 1;`,
  },
];
