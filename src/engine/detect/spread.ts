import type { Place } from '../whereabouts.ts';
import { placeLevel } from '../enrich/place-level.ts';
import { countryRadii, type CountryCircle } from './country-radii.ts';
import { haversineKm, isPoint, type Point } from './geodesy.ts';
import type { DetectSettings } from './settings.ts';

/** A record as a round normal distribution on the ground. */
export type Spread = Point & {
  readonly level: 'city' | 'region' | 'country';
  /** The circle to show, in kilometres: 67 % radius, or centre to farthest border at country level. */
  readonly radiusKm: number;
  /** Deviation along each axis, in kilometres. */
  readonly sigmaKm: number;
  /** `record`: the database states the radius; `assumed`: from the settings; `border`: from the country's shape. */
  readonly radiusFrom: 'record' | 'assumed' | 'border';
};

/**
 * Where a record puts a person and how sure it is (detections 3.1, 3.2). The level decides, not the radius: many
 * databases give a country record the country's middle and a radius of 100 km. A record without coordinates is no better than its country.
 *
 * @param ipVersion 6 also where the address is unknown: doubt favours the user
 * @returns null when the record names no place at all
 */
export function spreadOf(place: Place, ipVersion: 4 | 6, settings: DetectSettings): Spread | null {
  const level = placeLevel(place);
  const point = pointOf(place);
  if (level === 'none' || (point === null && place.country === null)) return null;
  if (level === 'country' || point === null) return countrySpread(place.country, point, settings);
  const stated = statedRadiusKm(place);
  const radiusKm = stated ?? assumedRadiusKm(level, ipVersion, settings);
  const sigmaKm = radiusKm / settings.place.radiusPerSigma;
  return { ...point, level, radiusKm, sigmaKm, radiusFrom: stated === null ? 'assumed' : 'record' };
}

/** Whether the record's coordinates lie far outside the country it names: then neither can be believed. */
export function isContradictory(place: Place, settings: DetectSettings): boolean {
  const point = pointOf(place);
  const circle = circleOf(place.country);
  if (point === null || circle === null) return false;
  return haversineKm(point, circle) > circle.radiusKm + settings.place.contradictionKm;
}

function countrySpread(country: string | null, point: Point | null, settings: DetectSettings): Spread | null {
  const circle = circleOf(country);
  const centre = point ?? circle;
  if (centre === null) return null;
  const radiusKm = circle?.radiusKm ?? settings.place.unlistedCountryRadiusKm;
  const sigmaKm = radiusKm * settings.place.countrySigmaShare;
  const { lat, lon } = centre;
  return {
    lat,
    lon,
    level: 'country',
    radiusKm,
    sigmaKm,
    radiusFrom: circle === null ? 'assumed' : 'border',
  };
}

function circleOf(country: string | null): CountryCircle | null {
  if (country === null || !Object.hasOwn(countryRadii, country)) return null;
  return countryRadii[country] ?? null;
}

function pointOf({ lat, lon }: Place): Point | null {
  return lat !== null && lon !== null && isPoint(lat, lon) ? { lat, lon } : null;
}

function statedRadiusKm({ accuracyKm }: Place): number | null {
  return accuracyKm !== null && Number.isFinite(accuracyKm) && accuracyKm >= 0 ? accuracyKm : null;
}

function assumedRadiusKm(level: 'city' | 'region', ipVersion: 4 | 6, { place }: DetectSettings): number {
  return level === 'city' ? place.cityRadiusKm[ipVersion] : place.regionRadiusKm;
}
