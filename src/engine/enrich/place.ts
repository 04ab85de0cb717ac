import type { Place } from '../whereabouts.ts';
import { isRecord, type MmdbRecord, type Reading } from './mmdb/mmdb.ts';

/** The place in a record of a city or country database: MaxMind's nested schema, or DB-IP's and IPinfo's flat one. */
export function placeOf(record: MmdbRecord): Reading<Place> {
  const known = readings.get(record);
  if (known !== undefined) return known;
  const reading = placed(isNested(record) ? nested(record) : flat(record));
  readings.set(record, reading);
  return reading;
}

/** Of records that are still kept decoded: many addresses share one, and so their place. */
const readings = new WeakMap<MmdbRecord, Reading<Place>>();

type Raw = Readonly<Record<keyof Place, unknown>>;

function isNested({ country, location, continent, city }: MmdbRecord): boolean {
  return [country, location, continent, city].some(isRecord);
}

/** `country` is where the address is; `registered_country` is a formality and no substitute. */
function nested(record: MmdbRecord): Raw {
  const country = isRecord(record.country) ? record.country : {};
  const location = isRecord(record.location) ? record.location : {};
  const subdivisions: readonly unknown[] = Array.isArray(record.subdivisions) ? record.subdivisions : [];
  return {
    country: country.iso_code,
    region: nameOf(subdivisions[0]),
    city: nameOf(record.city),
    lat: location.latitude,
    lon: location.longitude,
    accuracyKm: location.accuracy_radius,
  };
}

function nameOf(part: unknown): unknown {
  if (!isRecord(part)) return undefined;
  const names = isRecord(part.names) ? part.names : {};
  return names.en ?? Object.values(names)[0] ?? part.iso_code;
}

function flat(record: MmdbRecord): Raw {
  return {
    country: record.country_code ?? record.country,
    region: record.state1 ?? record.region,
    city: record.city,
    lat: record.latitude ?? record.lat,
    lon: record.longitude ?? record.lng,
    accuracyKm: record.accuracy_radius ?? record.radius,
  };
}

/** Half the way round the Earth: a larger radius is nonsense. */
const MAX_RADIUS_KM = 20_038;
const METRES_PER_DEGREE = 111_195;

function placed(raw: Raw): Reading<Place> {
  const country = countryCode(raw.country);
  const region = name(raw.region);
  const city = name(raw.city);
  const lat = number(raw.lat);
  const lon = number(raw.lon);
  if ((lat === null) !== (lon === null) || !isOnEarth(lat, lon)) return { kind: 'broken' };
  if (country === null && region === null && city === null && lat === null) return { kind: 'nothing' };
  const radius = number(raw.accuracyKm);
  const accuracyKm = radius !== null && radius > 0 && radius <= MAX_RADIUS_KM ? radius : null;
  return { kind: 'value', value: { country, region, city, lat, lon, accuracyKm } };
}

/** A place within a metre of 0,0 is what a database writes that could not write the real one. */
function isOnEarth(lat: number | null, lon: number | null): boolean {
  if (lat === null || lon === null) return true;
  if (!(Math.abs(lat) <= 90 && Math.abs(lon) <= 180)) return false;
  return Math.hypot(lat, lon) * METRES_PER_DEGREE >= 1;
}

/** IPinfo writes numbers as text. What is there but no number stays NaN, which is nowhere on Earth. */
function number(value: unknown): number | null {
  if (value === undefined || value === null || value === '') return null;
  return typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
}

const MAX_NAME = 200;

function name(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = value.trim().slice(0, MAX_NAME);
  return text === '' || text === '-' ? null : text;
}

/** ISO 3166-1 alpha-2; the user-assigned `ZZ` and `XX` mean unknown where databases use them. */
function countryCode(value: unknown): string | null {
  if (typeof value !== 'string' || !/^[A-Z]{2}$/.test(value)) return null;
  return value === 'ZZ' || value === 'XX' ? null : value;
}
