/** A point in degrees. */
export type Point = { readonly lat: number; readonly lon: number };

/** A cut of the world in degrees, north up: what an SVG's viewBox takes, with y as minus the latitude. */
export type Cut = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

const KM_PER_DEGREE = 111.32;
const MIN_SPAN = 12;
const MARGIN = 0.18;
const STEPS = 48;

/** The other end, taken on the near side: a journey over the date line goes on past ±180. */
export function nearSide(from: Point, to: Point): Point {
  const turn = Math.round((to.lon - from.lon) / 360) * 360;
  return { lat: to.lat, lon: to.lon - turn };
}

/** The cut that shows both points with a margin, `aspect` times as wide as it is high. */
export function cutAround(from: Point, to: Point, aspect: number): Cut {
  const spanX = Math.max(MIN_SPAN, Math.abs(to.lon - from.lon) * (1 + 2 * MARGIN));
  const spanY = Math.max(MIN_SPAN / aspect, Math.abs(to.lat - from.lat) * (1 + 2 * MARGIN));
  const width = Math.max(spanX, spanY * aspect);
  const height = width / aspect;
  return { x: (from.lon + to.lon - width) / 2, y: (-from.lat - to.lat - height) / 2, width, height };
}

/** Half axes in degrees of a circle in kilometres; it looks wider the nearer to a pole it lies. */
export function circleAt({ lat }: Point, radiusKm: number): { readonly rx: number; readonly ry: number } {
  const ry = radiusKm / KM_PER_DEGREE;
  return { rx: ry / Math.max(0.1, Math.cos(radians(lat))), ry };
}

/** The shortest way over the globe, as points on the map that never jump over the date line. */
export function greatCircle(from: Point, to: Point): readonly Point[] {
  const [a, b] = [vectorOf(from), vectorOf(to)];
  const angle = Math.acos(Math.max(-1, Math.min(1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2])));
  if (angle < 1e-6) return [from, to];
  let before = from;
  return Array.from({ length: STEPS + 1 }, (_, step) => {
    const share = step / STEPS;
    const [p, q] = [Math.sin((1 - share) * angle), Math.sin(share * angle)];
    before = nearSide(before, pointOf([p * a[0] + q * b[0], p * a[1] + q * b[1], p * a[2] + q * b[2]]));
    return before;
  });
}

type Vector = readonly [number, number, number];

function vectorOf({ lat, lon }: Point): Vector {
  const [phi, lambda] = [radians(lat), radians(lon)];
  return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)];
}

function pointOf([x, y, z]: Vector): Point {
  return { lat: degrees(Math.atan2(z, Math.hypot(x, y))), lon: degrees(Math.atan2(y, x)) };
}

function radians(angle: number): number {
  return (angle * Math.PI) / 180;
}

function degrees(angle: number): number {
  return (angle * 180) / Math.PI;
}
