import type { MapAnswer } from '../../contract/map.ts';
import { severities, valueOf } from '../query/codes.ts';
import type { Db } from './database.ts';
import { filterOf } from './filter.ts';

type PlaceRow = {
  lat: number;
  lon: number;
  country: string | null;
  region: string | null;
  city: string | null;
  accuracy_km: number | null;
  sessions: number;
  flagged: number;
  worst: number | null;
};

/** Sessions that match the query by place, the fullest first; `flagged` and `worst` look at findings that alert. */
export function readMap(db: Db, query: string, nowMs: number): MapAnswer {
  const filter = filterOf('sessions', query, nowMs);
  const places = db
    .prepare<[typeof filter.values], PlaceRow>(
      `WITH flag AS MATERIALIZED (
         SELECT named.session_id, max(f.severity) AS worst
         FROM finding AS f JOIN finding_session AS named ON named.finding_id = f.id
         WHERE f.state = 0 GROUP BY named.session_id)
       SELECT place.lat, place.lon, place.country, place.region, place.city,
         max(place.accuracy_km) AS accuracy_km, count(*) AS sessions,
         count(flag.session_id) AS flagged, max(flag.worst) AS worst
       FROM session AS s JOIN place ON place.id = s.place_id LEFT JOIN flag ON flag.session_id = s.id
       WHERE place.lat IS NOT NULL AND place.lon IS NOT NULL AND ${filter.sql}
       GROUP BY place.lat, place.lon, place.country, place.region, place.city
       ORDER BY sessions DESC, place.lat, place.lon`,
    )
    .all(filter.values);
  const total = db
    .prepare<[typeof filter.values], { total: number }>(
      `SELECT count(*) AS total FROM session AS s WHERE ${filter.sql}`,
    )
    .get(filter.values);
  const located = places.reduce((sum, { sessions }) => sum + sessions, 0);
  return {
    places: places.map(({ accuracy_km, worst, ...place }) => ({
      ...place,
      accuracyKm: accuracy_km,
      worst: worst === null ? null : valueOf(severities, worst),
    })),
    located,
    unlocated: (total?.total ?? 0) - located,
  };
}
