/** Mean radius of the Earth in kilometres (IUGG). */
export const EARTH_RADIUS_KM = 6371.0088;

/** Far above what arithmetic loses. */
const ROUNDING_KM = 0.001;

export type Point = { readonly lat: number; readonly lon: number };

/** Great-circle distance in kilometres between two points in degrees, by the haversine formula; never NaN for finite degrees. */
export function haversineKm(a: Point, b: Point): number {
  const h =
    haversine(radians(b.lat - a.lat)) +
    Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * haversine(radians(b.lon - a.lon));
  // Rounding can lift the sum above 1 for antipodes.
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(Math.min(1, Math.max(0, h))));
}

/**
 * Whether two points are certainly less than that far apart, without a single sine: on a flat map of degrees nothing is
 * nearer than it is on Earth. False also where only the curve brings them closer.
 */
export function isWithinKm(a: Point, b: Point, km: number): boolean {
  const lon = Math.abs(a.lon - b.lon);
  const flatDegrees = Math.hypot(a.lat - b.lat, Math.min(lon, Math.abs(360 - lon)));
  return EARTH_RADIUS_KM * radians(flatDegrees) < km - ROUNDING_KM;
}

/** Degrees of a point on Earth; databases write 0, 0 for "nowhere". */
export function isPoint(lat: number, lon: number): boolean {
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && !(lat === 0 && lon === 0);
}

function haversine(angle: number): number {
  return Math.sin(angle / 2) ** 2;
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
