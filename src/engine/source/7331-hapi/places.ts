import { MAX_TEXT, textOrNull } from '../rows.ts';
import type { Place } from '../../whereabouts.ts';
import { addressKey } from './address-key.ts';
import type { WireGeo, WireListing } from './wire.ts';

/** The places of an answer by address. */
export type Places = { of(ip: string | null): Place | null };

/** Reads `geo_map`, which is keyed by address. */
export function readPlaces(geoMap: WireListing['geo_map']): Places {
  const places = new Map<string, Place>();
  for (const [ip, geo] of Object.entries(geoMap ?? {})) {
    const place = toPlace(geo);
    if (place !== null) places.set(addressKey(ip), place);
  }
  return { of: (ip) => (ip === null ? null : (places.get(addressKey(ip)) ?? null)) };
}

/** Null where the source knows nothing; a country that is no two-letter code is no country. */
export function toPlace(geo: WireGeo): Place | null {
  const country = textOrNull(geo?.country, MAX_TEXT.place);
  const place = {
    country: country !== null && /^[a-z]{2}$/i.test(country) ? country.toUpperCase() : null,
    region: textOrNull(geo?.region, MAX_TEXT.place),
    city: textOrNull(geo?.city, MAX_TEXT.place),
    lat: null,
    lon: null,
    accuracyKm: null,
  };
  return Object.values(place).some((value) => value !== null) ? place : null;
}
