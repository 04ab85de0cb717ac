import type { Event } from '../../contract/event.ts';
import { eventKinds, eventOrigins, eventOutcomes, valueOf } from '../query/codes.ts';
import { eventFields, tellsLogins, toldEndFields, toldLoginFields } from '../query/fields/events.ts';
import { sessionRow } from '../query/fields/sessions.ts';
import type { Db } from './database.ts';
import { iso } from './instant.ts';
import type { ListSource } from './list.ts';
import { whereColumns, whereJoins, whereOf, type WhereRow } from './where.ts';

type Owner = { source: string; external_id: string; user_name: string | null };

type StoredRow = WhereRow &
  Owner & {
    id: number;
    at: number;
    kind: number;
    outcome: number;
    origin: number;
    session: string | null;
  };

type ToldRow = WhereRow & Owner & { id: number; key: string; at: number };

/** Sources that report their logins: no session of theirs tells of one. */
const silentSources = `SELECT id FROM source WHERE NOT ${tellsLogins('source')}`;

/**
 * Events that are stored, and those that a session's row tells of: a login where nobody reports logins, and the end of
 * what is no longer listed. Those are stored only when the row stops to say so (`ingest.ts`). The most frequent kind is the
 * first: the others have less to look through. The `+` hides from SQLite that the flag is always the same: it would no longer
 * see that the index has the rows in order.
 */
export const eventList: ListSource<Event> = {
  name: 'events',
  kinds: [
    {
      ...sessionRow,
      only: '+s.tells_login = 1',
      others: `SELECT s.id FROM session AS s WHERE s.source_id IN (${silentSources})`,
      cost: 1,
      fields: toldLoginFields,
    },
    { table: 'event', alias: 'e', only: '1', cost: 1, fields: eventFields },
    {
      ...sessionRow,
      only: '+s.tells_end = 1 AND +s.ended_at IS NOT NULL',
      ids: 'SELECT s.id FROM session AS s WHERE s.ended_at IS NOT NULL',
      cost: 1,
      fields: toldEndFields,
    },
  ],
  defaultSort: '-at',
  load: (db, kind, ids) => {
    if (kind === 1) return loadStored(db, ids);
    return kind === 0 ? loadTold(db, ids, 'login', 'started_at') : loadTold(db, ids, 'end', 'ended_at');
  },
};

function loadStored(db: Db, ids: readonly number[]): ReadonlyMap<number, Event> {
  const rows = db
    .prepare<[string], StoredRow>(
      `SELECT e.id, source.name AS source, user.external_id, user.name AS user_name, e.at, e.kind, e.outcome,
         e.origin, coalesce(key_text(s.key), e.session_key) AS session,
         ${whereColumns}
       FROM event AS e JOIN user ON user.id = e.user_id JOIN source ON source.id = user.source_id
       LEFT JOIN session AS s ON s.id = e.session_id ${whereJoins('e')}
       WHERE e.id IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(ids));
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: String(row.id),
        ...ownerOf(row),
        at: iso(row.at),
        kind: valueOf(eventKinds, row.kind),
        outcome: valueOf(eventOutcomes, row.outcome),
        origin: valueOf(eventOrigins, row.origin),
        session: row.session,
        ...whereOf(row),
      },
    ]),
  );
}

function loadTold(
  db: Db,
  ids: readonly number[],
  kind: 'login' | 'end',
  moment: 'started_at' | 'ended_at',
): ReadonlyMap<number, Event> {
  const rows = db
    .prepare<[string], ToldRow>(
      `SELECT s.id, key_text(s.key) AS key, source.name AS source, user.external_id, user.name AS user_name, s.${moment} AS at,
         ${whereColumns}
       FROM session AS s JOIN user ON user.id = s.user_id JOIN source ON source.id = s.source_id ${whereJoins('s')}
       WHERE s.id IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(ids));
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: `${kind}-${row.key}`,
        ...ownerOf(row),
        at: iso(row.at),
        kind,
        outcome: 'success',
        origin: 'synthesised',
        session: row.key,
        ...whereOf(row),
      },
    ]),
  );
}

function ownerOf(row: Owner): Pick<Event, 'source' | 'userId' | 'userName'> {
  return { source: row.source, userId: row.external_id, userName: row.user_name };
}
