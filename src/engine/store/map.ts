import type { MapAnswer, MapPlace } from '../../contract/map.ts';
import { cleanUpRules } from '../detect/clean-up.ts';
import { codeOf, findingStates, severities, valueOf } from '../query/codes.ts';
import { countedSessions } from './counted.ts';
import type { Db } from './database.ts';
import { filterOf } from './filter.ts';

type PlaceRow = {
  id: number;
  lat: number;
  lon: number;
  country: string | null;
  region: string | null;
  city: string | null;
  accuracy_km: number | null;
};

/**
 * Sessions that match the query by place, the fullest first; `flagged` and `worst` look at findings that alert. Several
 * stored places that differ in nothing that is shown are one.
 */
export function readMap(db: Db, query: string, nowMs: number): MapAnswer {
  const sessions = sessionsByPlace(db, query, nowMs);
  const flags = flagsByPlace(db, query, nowMs);
  const places = new Map<string, MapPlace>();
  let located = 0;
  for (const { id, lat, lon, country, region, city, accuracy_km: accuracyKm } of readPlaces(db)) {
    const here = sessions.get(id) ?? 0;
    if (here === 0) continue;
    located += here;
    const name = JSON.stringify([lat, lon, country, region, city]);
    const place = places.get(name) ?? {
      ...{ lat, lon, country, region, city, accuracyKm },
      sessions: 0,
      flagged: 0,
      worst: null,
    };
    const flag = flags.get(id);
    places.set(name, {
      ...place,
      accuracyKm: largest(place.accuracyKm, accuracyKm),
      sessions: place.sessions + here,
      flagged: place.flagged + (flag?.sessions ?? 0),
      worst: worse(place.worst, flag === undefined ? null : valueOf(severities, flag.worst)),
    });
  }
  const all = [...sessions.values()].reduce((sum, here) => sum + here, 0);
  return {
    places: [...places.values()].sort((a, b) => b.sessions - a.sessions || a.lat - b.lat || a.lon - b.lon),
    located,
    unlocated: all - located,
  };
}

/** By place, 0 for none. Counted here: a GROUP BY would sort all sessions, and a row for each would take as long. */
function sessionsByPlace(db: Db, query: string, nowMs: number): ReadonlyMap<number, number> {
  const counted = countedSessions(db, query, nowMs);
  const columns = db
    .prepare<[typeof counted.values], readonly [places: string, sessions: string]>(
      `SELECT json_group_array(ifnull(s.place_id, 0)), json_group_array(s.sessions) FROM ${counted.from} WHERE ${counted.sql}`,
    )
    .raw()
    .get(counted.values);
  const [places = [], sessions = []] = (columns ?? []).map((column) => JSON.parse(column) as number[]);
  const byPlace = new Map<number, number>();
  for (const [at, place] of places.entries())
    byPlace.set(place, (byPlace.get(place) ?? 0) + (sessions[at] ?? 0));
  return byPlace;
}

type Flag = { place: number; sessions: number; worst: number };

/** Ids of rules are words of ours. */
const cleanUp = cleanUpRules.map((rule) => `'${rule}'`).join(', ');

/** As `detect/incident.ts` says what is worth an alert: few sessions are, so they lead. */
function flagsByPlace(db: Db, query: string, nowMs: number): ReadonlyMap<number, Flag> {
  const filter = filterOf('sessions', query, nowMs);
  const rows = db
    .prepare<[typeof filter.values], Flag>(
      `WITH flag AS MATERIALIZED (
         SELECT named.session_id, max(f.severity) AS worst
         FROM finding AS f JOIN finding_session AS named ON named.finding_id = f.id
         WHERE f.state = ${codeOf(findingStates, 'open')} AND f.severity >= ${codeOf(severities, 'medium')}
           AND f.rule NOT IN (${cleanUp}) GROUP BY named.session_id)
       SELECT s.place_id AS place, count(*) AS sessions, max(flag.worst) AS worst
       FROM flag CROSS JOIN session AS s ON s.id = flag.session_id
       WHERE s.place_id IS NOT NULL AND ${filter.sql} GROUP BY 1`,
    )
    .all(filter.values);
  return new Map(rows.map((row) => [row.place, row]));
}

function readPlaces(db: Db): IterableIterator<PlaceRow> {
  return db
    .prepare<[], PlaceRow>(
      `SELECT id, lat, lon, country, region, city, accuracy_km FROM place
       WHERE lat IS NOT NULL AND lon IS NOT NULL`,
    )
    .iterate();
}

function largest(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}

function worse(a: MapPlace['worst'], b: MapPlace['worst']): MapPlace['worst'] {
  if (a === null || b === null) return a ?? b;
  return severities.indexOf(a) > severities.indexOf(b) ? a : b;
}
