import type { Db } from './database.ts';
import { utcDay } from '../detect/days/utc-day.ts';
import { seenUntil, type Ingest } from './ingest.ts';
import { isActivityStep } from './observations.ts';
import type { OpenSweep } from './open-sweep.ts';
import { unlistedSessions, type SeenSessions } from './seen-sessions.ts';
import type { UserNumber } from './user-number.ts';

type Pair = { readonly oldKey: string; readonly newKey: string };

/**
 * Where a reconnect gives a session a new id, a session that vanished and one that appeared in the same sweep, of the
 * same user, device and address, are one. The old one goes on under its public key and the new id becomes an alias of
 * it, so that findings, jobs and links keep meaning the session they meant. Each is joined at most once, the most
 * recently observed first.
 */
export function joinReconnects(
  db: Db,
  ingest: Ingest,
  sweep: OpenSweep,
  atMs: number,
): {
  keys: ReadonlyMap<string, string>;
  users: readonly UserNumber[];
  touchedDays: readonly number[];
} {
  const keys = new Map<string, string>();
  const users = new Set<UserNumber>();
  const days = new Set<number>();
  const joinedOld = new Set<string>();
  for (const { oldKey, newKey } of findPairs(db, ingest.seen, sweep)) {
    if (keys.has(newKey) || joinedOld.has(oldKey)) continue;
    const { user, startedAt } = join(db, ingest, sweep, { oldKey, newKey }, atMs);
    users.add(user);
    if (startedAt !== null) days.add(utcDay(startedAt));
    keys.set(newKey, oldKey);
    joinedOld.add(oldKey);
  }
  return { keys, users: [...users], touchedDays: ingest.days.mark(sweep.sourceId, days, atMs) };
}

/** Begins with what vanished: of a first sweep that is nothing, and new is everything. */
function findPairs(db: Db, seen: SeenSessions, sweep: OpenSweep): readonly Pair[] {
  const vanished = unlistedSessions(db, seen, sweep);
  return db
    .prepare<[string], Pair & { came: number }>(
      `SELECT key_text(gone.key) AS oldKey, key_text(came.key) AS newKey, came.id AS came
       FROM json_each(?) AS asked
       CROSS JOIN session AS gone ON gone.id = asked.value
       CROSS JOIN session AS came ON came.user_id = gone.user_id AND came.id <> gone.id
         AND came.ip_id = gone.ip_id AND came.device_id = gone.device_id AND came.agent_id IS gone.agent_id
       ORDER BY gone.last_observed_at DESC, gone.id DESC, came.id`,
    )
    .all(JSON.stringify(vanished))
    .filter(({ came }) => seen.isNew(sweep.id, came));
}

function join(
  db: Db,
  ingest: Ingest,
  sweep: OpenSweep,
  pair: Pair,
  atMs: number,
): { user: UserNumber; /** The start that turned out to be none. */ startedAt: number | null } {
  const before = ingest.sessions.find(pair.oldKey);
  const after = ingest.sessions.find(pair.newKey);
  if (before === undefined || after === undefined) throw new Error('a session vanished while it was joined');

  // A reconnect is a sign of life, whatever else stayed the same.
  const latest = ingest.observations.latest(before.id);
  const isNews = isActivityStep(latest?.clocks, atMs);
  const observations = before.observations + Number(isNews);
  const moment = { at: atMs, notBefore: seenUntil(sweep, before) };
  if (isNews) ingest.observations.add(before.id, observations, moment, after, latest);

  db.prepare('DELETE FROM observation WHERE session_id = ?').run(after.id);
  ingest.events.move(after.id, before.id);
  db.prepare('DELETE FROM session WHERE id = ?').run(after.id);
  db.prepare('INSERT INTO session_alias (key, session_id) VALUES (key_bytes(?), ?)').run(
    after.key,
    before.id,
  );
  ingest.seen.add(sweep.id, before.id, false);
  const { startedAt, startedQuality } = before;
  ingest.rewrite(before, { ...after, startedAt, startedQuality, observedAt: atMs }, observations);
  return { user: before.userId, startedAt: after.startedAt };
}
