import { userTag, type PersonOrigin } from '../../contract/person.ts';
import type { User } from '../../contract/user.ts';
import {
  unsettledByUser,
  unsettledUserFields,
  userFields,
  userFigures,
  userLastObserved,
} from '../query/fields/users.ts';
import type { Db } from './database.ts';
import { isoOrNull } from './instant.ts';
import type { ListSource } from './list.ts';

type UserRow = {
  id: number;
  source: string;
  external_id: string;
  name: string | null;
  email: string | null;
  person_id: string | null;
  is_person_by_hand: number;
  person_by: string | null;
  person_at: number | null;
  tags: string;
  told_tags: string;
  live_sessions: number;
  sessions: number;
  open_findings: number;
  countries: string;
  last_observed_at: number | null;
};

/** Most questions about a user go through some ten sessions. */
const userRow = { table: 'user', alias: 'u', cost: 2, with: unsettledByUser };

export const userList: ListSource<User> = {
  name: 'users',
  kinds: [
    { ...userRow, only: 'u.id NOT IN (SELECT user_id FROM unsettled)', fields: userFields },
    {
      ...userRow,
      only: 'u.id IN (SELECT user_id FROM unsettled)',
      ids: 'SELECT user_id FROM unsettled',
      fields: unsettledUserFields,
      join: 'LEFT JOIN unsettled ON unsettled.user_id = u.id',
    },
  ],
  defaultSort: 'userName',
  load: (db, _kind, ids, nowMs) => loadUsers(db, ids, nowMs),
};

function loadUsers(db: Db, ids: readonly number[], nowMs: number): ReadonlyMap<number, User> {
  const rows = db
    .prepare<unknown[], UserRow>(
      `WITH ${unsettledByUser}
       SELECT u.id, source.name AS source, u.external_id, u.name, u.email, u.person_id,
         u.is_person_by_hand, u.person_by, u.person_at,
         (SELECT json_group_array(tag ORDER BY tag) FROM user_tag_word WHERE user_id = u.id AND is_told = 1) AS told_tags,
         (SELECT json_group_array(tag ORDER BY tag) FROM user_tag WHERE user_id = u.id) AS tags,
         ${userFigures.liveSessions} AS live_sessions, ${userFigures.sessions} AS sessions,
         ${userFigures.openFindings} AS open_findings, ${userLastObserved} AS last_observed_at,
         (SELECT json_group_array(DISTINCT place.country ORDER BY place.country)
          FROM session AS s JOIN place ON place.id = s.place_id
          WHERE s.user_id = u.id AND s.state < 2 AND (s.expires_at IS NULL OR s.expires_at > @now)
            AND place.country IS NOT NULL) AS countries
       FROM user AS u JOIN source ON source.id = u.source_id LEFT JOIN unsettled ON unsettled.user_id = u.id
       WHERE u.id IN (SELECT value FROM json_each(@ids))`,
    )
    .all({ ids: JSON.stringify(ids), now: nowMs });
  return new Map(rows.map((row) => [row.id, userOf(row)]));
}

function userOf(row: UserRow): User {
  return {
    source: row.source,
    userId: row.external_id,
    userName: row.name,
    email: row.email,
    personId: row.person_id,
    personFrom: originOf(row),
    personBy: row.person_by,
    personAt: isoOrNull(row.person_at),
    tags: userTag.array().parse(JSON.parse(row.tags)),
    toldTags: userTag.array().parse(JSON.parse(row.told_tags)),
    liveSessions: row.live_sessions,
    sessions: row.sessions,
    openFindings: row.open_findings,
    countries: JSON.parse(row.countries) as string[],
    lastObservedAt: isoOrNull(row.last_observed_at),
  };
}

function originOf({ person_id, is_person_by_hand }: UserRow): PersonOrigin | null {
  if (is_person_by_hand === 0) return person_id === null ? null : 'email';
  return person_id === null ? 'parted' : 'hand';
}
