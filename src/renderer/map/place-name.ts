import type { MapPlace } from '../../contract/map.ts';
import { narrowed, term } from '../query/term.ts';
import { countryName } from '../where/country-name.ts';

/** `Porto Alegre, Brazil`. */
export function placeName({ city, region, country }: MapPlace): string {
  const parts = [city ?? region, country === null ? null : countryName(country)];
  return parts.filter((part) => part !== null).join(', ') || 'A place without a name';
}

/** The shared query, narrowed to a place. */
export function placeQuery(query: string, { city, region, country }: MapPlace): string {
  const name = city ?? region;
  const terms = [
    country === null ? [] : term('country', country),
    name === null ? [] : term(city === null ? 'region' : 'city', name),
  ].flat();
  return terms.length === 0 ? query : narrowed(query, terms.join(' '));
}

/** Same place in two answers. */
export function placeKey({ lat, lon, city }: MapPlace): string {
  return `${lat},${lon},${city ?? ''}`;
}
