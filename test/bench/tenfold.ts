import { createHash } from 'node:crypto';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { openWriter, type Db } from '../../src/engine/store/database.ts';
import { refreshStatistics } from '../../src/engine/store/statistics.ts';
import { ipSortKey } from '../../src/engine/query/ip-range.ts';

/**
 * Between a row and its copy in the next company, in milliseconds: two hours and some minutes. The companies share networks: minutes
 * apart, each login would be a crowd on its network, which no company of ten times as many people is.
 */
const APART_MS = 7_999_000;
const COPIES = 9;

/**
 * Ten companies in one file: a database that the write path made, and nine copies of its rows under other names, keys,
 * addresses of the same networks and moments some hours earlier, observations in the order of the polls that made them. The
 * triggers of the schema keep their tallies. Eleven polls of a million sessions would take the write path most of an hour.
 */
export function tenfold(from: string, to: string, say: (text: string) => void): void {
  cpSync(from, to, { recursive: true });
  const db = openWriter(join(to, 'sessionscope.db'));
  try {
    db.pragma('synchronous = OFF');
    db.pragma('foreign_keys = OFF');
    db.pragma('cache_size = -1048576');
    db.function('renamed', (text: string, copy: number) => renamed(text, copy));
    db.function('another_id', (id: Buffer, copy: number) => anotherId(id, copy));
    db.function('moved', (address: string, copy: number) => moved(address, copy));
    db.function('sort_key', (address: string) => ipSortKey(address));
    const step = stepOf(db);
    for (let copy = 1; copy <= COPIES; copy += 1) {
      say(`copy ${copy} of ${COPIES}`);
      db.transaction(() => copyAll(db, step, copy))();
    }
    // What everybody did on a day is counted anew from ten times the logins.
    db.exec('INSERT INTO org_due SELECT source_id, day FROM org_day WHERE true ON CONFLICT DO NOTHING');
    refreshStatistics(db);
    db.exec('ANALYZE');
    db.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    db.close();
  }
}

type Step = { readonly users: number; readonly sessions: number; readonly findings: number };

function stepOf(db: Db): Step {
  const last = (table: string) => db.prepare<[], number>(`SELECT max(id) FROM ${table}`).pluck().get() ?? 0;
  return { users: last('user'), sessions: last('session'), findings: last('finding') };
}

/** 26 characters that look as chosen by chance as those of the original. */
function renamed(text: string, copy: number): string {
  const digest = createHash('sha256').update(`${copy} ${text}`).digest();
  return Array.from(digest.subarray(0, 26), (byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte & 31]).join('');
}

/** As many bytes, as good as by chance as those of the original. */
function anotherId(id: Buffer, copy: number): Buffer {
  return createHash('sha256').update(id).update(String(copy)).digest().subarray(0, id.length);
}

/** Another address of the same network. */
function moved(address: string, copy: number): string {
  const at = Math.max(address.lastIndexOf('.'), address.lastIndexOf(':')) + 1;
  if (!address.includes('.')) return `${address.slice(0, at)}${(copy * 4_096 + at).toString(16)}`;
  return `${address.slice(0, at)}${(Number(address.slice(at)) + copy * 27) % 256}`;
}

function copyAll(db: Db, { users, sessions, findings }: Step, copy: number): void {
  const run = (sql: string) =>
    db.prepare(sql).run({
      copy,
      users,
      sessions,
      findings,
      addUsers: copy * users,
      addSessions: copy * sessions,
      addFindings: copy * findings,
      earlier: copy * APART_MS,
    });
  run(`INSERT INTO ip (address, sort_key, class)
    SELECT moved(address, @copy), sort_key(moved(address, @copy)), class FROM ip
    WHERE id IN (SELECT ip_id FROM session WHERE id <= @sessions UNION SELECT ip_id FROM event WHERE user_id <= @users
      UNION SELECT ip_id FROM finding WHERE id <= @findings)
    ON CONFLICT DO NOTHING`);
  db.exec('DROP TABLE IF EXISTS temp.other; CREATE TEMP TABLE other (id INTEGER PRIMARY KEY, now INTEGER)');
  run(
    `INSERT INTO other SELECT old.id, new.id FROM ip AS old JOIN ip AS new ON new.sort_key = sort_key(moved(old.address, @copy))`,
  );
  run(`INSERT INTO user (id, source_id, external_id, external_id_folded, name, name_folded, email, email_folded)
    SELECT id + @addUsers, source_id, external_id || '-' || @copy, external_id_folded || '-' || @copy, name, name_folded,
      @copy || email, @copy || email_folded FROM user WHERE id <= @users`);
  run(`INSERT INTO session (id, key, source_id, listing_id, user_id, state, is_current, started_at, started_quality,
      last_seen_at, expires_at, first_observed_at, last_observed_at, ended_at, ip_id, place_id, network_id, agent_id,
      device_id, is_own_poll, is_user_gone, impersonated_by, hint, observations, tells_login, tells_end)
    SELECT s.id + @addSessions, key_bytes(renamed(key_text(key), @copy)), source_id, listing_id, user_id + @addUsers, state, is_current,
      started_at - @earlier, started_quality, last_seen_at - @earlier, expires_at, first_observed_at,
      last_observed_at, ended_at, ifnull(other.now, ip_id), place_id, network_id, agent_id, device_id, is_own_poll,
      is_user_gone, impersonated_by, substr(renamed(key_text(key), @copy), 1, 4), observations, tells_login, tells_end
    FROM session AS s LEFT JOIN other ON other.id = s.ip_id WHERE s.id <= @sessions`);
  run(`INSERT INTO observation (session_id, n, at, not_before, state, last_seen_at, expires_at, ip_id, place_id,
      network_id, agent_id, device_id, is_own_poll, repeats)
    SELECT session_id + @addSessions, n, at, not_before, state, last_seen_at - @earlier, expires_at,
      ifnull(other.now, ip_id), place_id, network_id, agent_id, device_id, is_own_poll, repeats
    FROM observation AS o LEFT JOIN other ON other.id = o.ip_id WHERE session_id <= @sessions ORDER BY n, session_id`);
  run(`INSERT INTO event (user_id, at, kind, outcome, origin, session_id, ip_id, place_id, network_id, agent_id, device_id)
    SELECT user_id + @addUsers, at - @earlier, kind, outcome, origin, session_id + @addSessions, ifnull(other.now, ip_id),
      place_id, network_id, agent_id, device_id
    FROM event AS e LEFT JOIN other ON other.id = e.ip_id WHERE user_id <= @users`);
  run(`INSERT INTO finding (id, public_id, user_id, rule, severity, at, telling, state, said_state,
      verdict, suppressed_by, content, prefix, asn, client, ip_id, place_id, network_id, agent_id, device_id)
    SELECT f.id + @addFindings, another_id(public_id, @copy), user_id + @addUsers, rule, severity, at - @earlier, telling,
      state, said_state, verdict, suppressed_by, content, prefix, asn, client, ifnull(other.now, ip_id), place_id, network_id,
      agent_id, device_id
    FROM finding AS f LEFT JOIN other ON other.id = f.ip_id WHERE f.id <= @findings`);
  run(`INSERT INTO finding_session (finding_id, session_id)
    SELECT finding_id + @addFindings, session_id + @addSessions FROM finding_session WHERE finding_id <= @findings`);
}
