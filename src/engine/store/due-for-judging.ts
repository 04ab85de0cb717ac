import { z } from 'zod';
import { defaultSettings } from '../detect/settings.ts';
import { codeOf, findingStates, sessionStates } from '../query/codes.ts';
import { readSetting, writeSetting } from './care/settings.ts';
import type { Db } from './database.ts';
import type { UserNumber } from './user-number.ts';

/** Rules whose findings follow from sessions as they stand, and are told again while they do. */
const aboutState = [
  'old-session',
  'never-expiring-session',
  'idle-session',
  'too-many-sessions',
  'session-outlives-user',
  'session-alive-after-revoke',
];
const aboutStateSql = aboutState.map((rule) => `'${rule}'`).join(', ');

const isLive = `s.state < ${codeOf(sessionStates, 'expired')} AND (s.expires_at IS NULL OR s.expires_at > @now)`;
const isTold = `EXISTS (SELECT 1 FROM finding_session AS named JOIN finding ON finding.id = named.finding_id
  WHERE named.session_id = s.id AND finding.rule IN (${aboutStateSql}))`;

/**
 * Users of whom the clock alone makes news, since the last round: a live session came of age (A1, A3, A5), one that a finding names is
 * over, or a finding is to be told again after a month. Each part is a stretch of an index.
 */
export function dueForJudging(db: Db, nowMs: number): { users: readonly UserNumber[]; untilMs: number } {
  const { age, sessionState } = defaultSettings;
  const sinceMs = readSetting(db, 'judged.until', z.number()) ?? 0;
  const users = db
    .prepare<[Record<string, number>], { user: UserNumber }>(
      `SELECT s.user_id AS user FROM session AS s
         WHERE s.started_at > @since - @web AND s.started_at <= @now - @web AND ${isLive}
       UNION SELECT s.user_id FROM session AS s
         WHERE s.started_at > @since - @app AND s.started_at <= @now - @app AND ${isLive}
       UNION SELECT s.user_id FROM session AS s
         WHERE s.last_seen_at > @since - @idle AND s.last_seen_at <= @now - @idle AND ${isLive}
           AND s.source_id IN (SELECT id FROM source WHERE tells_last_seen = 1)
       UNION SELECT s.user_id FROM orphan CROSS JOIN session AS s ON s.id = orphan.session_id
         WHERE orphan.at > @since - @gone AND orphan.at <= @now - @gone AND ${isLive}
       UNION SELECT s.user_id FROM session AS s
         WHERE s.ended_at > @since AND s.ended_at <= @now AND ${isTold}
       UNION SELECT s.user_id FROM session AS s
         WHERE s.expires_at > @since AND s.expires_at <= @now AND ${isTold}
       UNION SELECT user_id FROM finding
         WHERE rule IN (${aboutStateSql}) AND at <= @now - @remind
           AND verdict IS NULL AND state <> ${codeOf(findingStates, 'closed')}`,
    )
    .all({
      since: sinceMs,
      now: nowMs,
      web: age.oldWebMs,
      app: age.oldAppMs,
      idle: age.idleMs,
      gone: sessionState.userGoneGraceMs,
      remind: age.remindMs,
    })
    .map(({ user }) => user);
  return { users, untilMs: nowMs };
}

/** The round is over: whatever came of age by then has been judged. */
export function concludeJudging(db: Db, untilMs: number): void {
  writeSetting(db, 'judged.until', untilMs);
}
