/** Degrees. */
export type Point = { readonly lat: number; readonly lon: number };

const RADIUS_KM = 6371;

/** Great-circle distance by the haversine formula; written anew here, so that an error in the rules' own would show. */
export function distanceKm(a: Point, b: Point): number {
  const [latA, latB] = [radians(a.lat), radians(b.lat)];
  const h =
    Math.sin((latB - latA) / 2) ** 2 +
    Math.cos(latA) * Math.cos(latB) * Math.sin(radians(b.lon - a.lon) / 2) ** 2;
  return 2 * RADIUS_KM * Math.asin(Math.sqrt(Math.min(1, h)));
}

/** Where one comes out who goes that far, straight on, in a direction given in radians from north. */
export function pointAt(from: Point, direction: number, km: number): Point {
  const [lat, turn] = [radians(from.lat), km / RADIUS_KM];
  const sinLat = Math.sin(lat) * Math.cos(turn) + Math.cos(lat) * Math.sin(turn) * Math.cos(direction);
  const lon = Math.atan2(
    Math.sin(direction) * Math.sin(turn) * Math.cos(lat),
    Math.cos(turn) - Math.sin(lat) * sinLat,
  );
  return { lat: degrees(Math.asin(sinLat)), lon: ((from.lon + degrees(lon) + 540) % 360) - 180 };
}

function radians(angle: number): number {
  return (angle * Math.PI) / 180;
}

function degrees(angle: number): number {
  return (angle * 180) / Math.PI;
}
