// Writes src/engine/detect/country-radii.ts from the Natural Earth shapes in the world-atlas package.
// Run it again when world-atlas is updated: node scripts/country-radii.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { feature } from 'topojson-client';

const EARTH_RADIUS_KM = 6371.0088;
const root = new URL('..', import.meta.url);

/**
 * Parts of a country that have an ISO code of their own, which GeoIP databases use. Left inside, French Guiana would give
 * France a radius of 9,000 km and no record of France could ever contradict another place. Each box is the west, south,
 * east and north limit of the part's first corner.
 */
const partsWithOwnCode = [
  { of: 'FR', code: 'GF', box: [-56, 1, -50, 7] },
  { of: 'FR', code: 'GP', box: [-63, 15.5, -60, 17] },
  { of: 'FR', code: 'MQ', box: [-62, 13.5, -60, 15] },
  { of: 'FR', code: 'RE', box: [54, -22, 57, -20] },
  { of: 'FR', code: 'YT', box: [44, -14, 46, -12] },
  { of: 'NL', code: 'BQ', box: [-70, 11, -62, 19] },
  { of: 'NO', code: 'SJ', box: [-10, 70, -7, 72] },
  { of: 'NO', code: 'SJ', box: [5, 73, 40, 82] },
  { of: 'NZ', code: 'TK', box: [-174, -11, -170, -8] },
  { of: 'Indian Ocean Ter.', code: 'CC', box: [96, -13, 98, -11] },
  { of: 'Indian Ocean Ter.', code: 'CX', box: [105, -11, 107, -10] },
];
/** Shapes without an ISO number: the code databases use for the land. The Siachen Glacier has nobody to sign in. */
const codeByName = { Somaliland: 'SO', Kosovo: 'XK', 'N. Cyprus': 'CY' };
const uninhabited = ['Siachen Glacier'];

const polygonsByCode = new Map();
for (const { code, polygon } of polygons()) {
  polygonsByCode.set(code, [...(polygonsByCode.get(code) ?? []), polygon]);
}
const rows = [...polygonsByCode].sort(([a], [b]) => (a < b ? -1 : 1)).map(rowOf);
writeFileSync(new URL('src/engine/detect/country-radii.ts', root), moduleText(rows));
console.log(`${rows.length} countries`);

function* polygons() {
  const file = new URL('node_modules/world-atlas/countries-50m.json', root);
  const atlas = JSON.parse(readFileSync(file, 'utf8'));
  for (const { id, properties, geometry } of feature(atlas, atlas.objects.countries).features) {
    if (uninhabited.includes(properties.name)) continue;
    const country = id === undefined ? (codeByName[properties.name] ?? properties.name) : alpha2(id);
    const parts = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
    for (const polygon of parts) yield { code: ownCode(country, polygon) ?? country, polygon };
  }
}

/** CLDR knows the ISO number of every alpha-2 code as an alias. */
function alpha2(isoNumber) {
  const code = Intl.getCanonicalLocales(`und-${isoNumber}`)[0].slice('und-'.length);
  if (!/^[A-Z]{2}$/.test(code)) throw new Error(`No ISO alpha-2 code for ${isoNumber}`);
  return code;
}

function ownCode(country, [[[lon, lat]]]) {
  return partsWithOwnCode.find(
    ({ of, box: [west, south, east, north] }) =>
      of === country && lon >= west && lon <= east && lat >= south && lat <= north,
  )?.code;
}

function rowOf([code, parts]) {
  const centre = centroid(parts);
  const corners = parts.flat(2).map(unitVector);
  const radius = Math.max(...corners.map((corner) => angleBetween(centre, corner))) * EARTH_RADIUS_KM;
  const lat = (Math.asin(centre[2]) * 180) / Math.PI;
  const lon = (Math.atan2(centre[1], centre[0]) * 180) / Math.PI;
  return { code, lat: lat.toFixed(2), lon: lon.toFixed(2), radiusKm: Math.max(1, Math.ceil(radius)) };
}

/**
 * The middle of the area on the sphere, as a unit vector. The integral of position over a spherical polygon is half the sum over its
 * edges of (edge angle × edge normal): no projection, so neither the antimeridian nor a pole is special, and holes,
 * which run the other way round, subtract themselves.
 */
function centroid(parts) {
  const sum = [0, 0, 0];
  for (const polygon of parts) {
    const part = [0, 0, 0];
    for (const ring of polygon) addRing(part, ring.map(unitVector));
    const sign = dot(part, unitVector(polygon[0][0])) < 0 ? -1 : 1;
    for (const axis of [0, 1, 2]) sum[axis] += sign * part[axis];
  }
  return normalised(sum);
}

function addRing(sum, corners) {
  for (let index = 1; index < corners.length; index += 1) {
    const normal = cross(corners[index - 1], corners[index]);
    const sine = Math.hypot(...normal);
    if (sine === 0) continue;
    const angle = angleBetween(corners[index - 1], corners[index]);
    for (const axis of [0, 1, 2]) sum[axis] += (angle * normal[axis]) / sine;
  }
}

function unitVector([lon, lat]) {
  const [phi, lambda] = [(lat * Math.PI) / 180, (lon * Math.PI) / 180];
  return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)];
}

function normalised(vector) {
  const length = Math.hypot(...vector);
  return vector.map((part) => part / length);
}

function angleBetween(a, b) {
  return Math.atan2(Math.hypot(...cross(a, b)), dot(a, b));
}

function cross([ax, ay, az], [bx, by, bz]) {
  return [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx];
}

function dot(a, b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function moduleText(countries) {
  const lines = countries.map(({ code, lat, lon, radiusKm }) => {
    return `  ${code}: { lat: ${Number(lat)}, lon: ${Number(lon)}, radiusKm: ${radiusKm} },`;
  });
  return `// Written by scripts/country-radii.mjs from Natural Earth 1:50m (public domain) as packed in world-atlas. Don't edit.

/** The middle of a country's area and how far its farthest border is from there. */
export type CountryCircle = { readonly lat: number; readonly lon: number; readonly radiusKm: number };

/** By ISO 3166-1 alpha-2 code; the smallest territories are not drawn at this scale and are missing. */
export const countryRadii: Readonly<Record<string, CountryCircle>> = {
${lines.join('\n')}
};
`;
}
