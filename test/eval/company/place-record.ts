import type { Place } from '../../../src/engine/whereabouts.ts';
import { assume } from './assumptions.ts';
import type { Chance } from './chance.ts';
import { cities, citiesOf, middleOf, nearestCity, type City } from './cities.ts';
import { pointAt, type Point } from './globe.ts';

/** What a database is like: whether it states how sure it is, as MaxMind does, or not, as DB-IP. */
export type DatabaseStyle = 'with-radius' | 'without-radius';

/** How far a database can be wrong about a kind of line. */
export type RecordError = keyof typeof assume.place.farOutlier;

/**
 * What a database says about a prefix whose traffic comes out at `egress`: mostly the right place with an error that its
 * radius is honest about, sometimes another city altogether, sometimes the country and nothing more.
 */
export function placeRecord(
  egress: Point,
  country: string,
  { error, version, style }: { error: RecordError; version: 4 | 6; style: DatabaseStyle },
  chance: Chance,
): Place {
  const { radiiKm, ipv6RadiusFactor, farOutlier, outlierInCountry, countryOnly } = assume.place;
  const radiusKm = chance.weighted(radiiKm) * (version === 6 ? ipv6RadiusFactor : 1);
  const stated = style === 'with-radius' ? Math.max(1, Math.round(radiusKm)) : null;
  const elsewhere = chance.happens(farOutlier[error])
    ? chance.pick(chance.happens(outlierInCountry) ? citiesOf(country) : cities)
    : null;
  const said = elsewhere?.country ?? country;
  if (chance.happens(countryOnly))
    return record(middleOf(said), said, null, style === 'with-radius' ? 100 : null);
  const point = strayWithin(said, elsewhere ?? egress, () => errorKm(radiusKm, chance), chance);
  return record(point, said, nearestCity(point), stated);
}

/**
 * Somewhere that far off in the same country: operators have their gateways in the country, and databases place a record in
 * the country it names. Where the country is too small for it, the place itself.
 */
export function strayWithin(country: string, from: Point, km: () => number, chance: Chance): Point {
  for (let attempt = 0; attempt < 12; attempt += 1) {
    const point = pointAt(from, chance.between(0, 2 * Math.PI), km());
    if (nearestCity(point).country === country) return point;
  }
  return { lat: from.lat, lon: from.lon };
}

/** Rayleigh with the deviation that puts 67 % within the radius: √(−2 ln 0.33) = 1.4891 deviations. */
function errorKm(radiusKm: number, chance: Chance): number {
  return (radiusKm / 1.4891) * Math.sqrt(-2 * Math.log(1 - chance.next()));
}

function record({ lat, lon }: Point, country: string, city: City | null, accuracyKm: number | null): Place {
  const degrees = (angle: number) => Number(angle.toFixed(4));
  return {
    country,
    region: null,
    city: city?.name ?? null,
    lat: degrees(lat),
    lon: degrees(lon),
    accuracyKm,
  };
}
