import type { Event } from '../../contract/event.ts';
import { eventKinds, eventOrigins, eventOutcomes, valueOf } from '../query/codes.ts';
import type { Db } from './database.ts';
import { iso } from './instant.ts';
import type { ListSource } from './list.ts';
import { whereColumns, whereJoins, whereOf, type WhereRow } from './where.ts';

type EventRow = WhereRow & {
  id: number;
  source: string;
  external_id: string;
  user_name: string | null;
  at: number;
  kind: number;
  outcome: number;
  origin: number;
  session: string | null;
};

export const eventList: ListSource<Event> = {
  name: 'events',
  from: 'event AS e',
  id: 'e.id',
  defaultSort: '-at',
  load: loadEvents,
};

function loadEvents(db: Db, ids: readonly number[]): ReadonlyMap<number, Event> {
  const rows = db
    .prepare<[string], EventRow>(
      `SELECT e.id, source.name AS source, user.external_id, user.name AS user_name, e.at, e.kind, e.outcome,
         e.origin, coalesce(s.key, e.session_key) AS session,
         ${whereColumns}
       FROM event AS e JOIN user ON user.id = e.user_id JOIN source ON source.id = user.source_id
       LEFT JOIN session AS s ON s.id = e.session_id ${whereJoins('e')}
       WHERE e.id IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(ids));
  return new Map(rows.map((row) => [row.id, eventOf(row)]));
}

function eventOf(row: EventRow): Event {
  return {
    id: String(row.id),
    source: row.source,
    userId: row.external_id,
    userName: row.user_name,
    at: iso(row.at),
    kind: valueOf(eventKinds, row.kind),
    outcome: valueOf(eventOutcomes, row.outcome),
    origin: valueOf(eventOrigins, row.origin),
    session: row.session,
    ...whereOf(row),
  };
}
