import type { NetworkKind } from '../../../contract/place.ts';
import { MAX_TEXT, textOrNull } from '../rows.ts';
import type { Network, Place } from '../../whereabouts.ts';
import type { WireGeo } from './wire.ts';

/** Null where the source knows nothing. Its coordinates come without an accuracy. */
export function toPlace(geo: WireGeo): Place | null {
  const country = textOrNull(geo?.country_code, MAX_TEXT.place);
  const place = {
    country: country !== null && /^[a-z]{2}$/i.test(country) ? country.toUpperCase() : null,
    region: textOrNull(geo?.region_name, MAX_TEXT.place),
    city: textOrNull(geo?.city, MAX_TEXT.place),
    ...toPoint(geo?.lat, geo?.lon),
    accuracyKm: null,
  };
  return Object.values(place).some((value) => value !== null) ? place : null;
}

/** Both or none. 0/0 lies in the sea off Ghana and is what databases give for "don't know". */
function toPoint(lat: unknown, lon: unknown): Pick<Place, 'lat' | 'lon'> {
  const isPoint =
    typeof lat === 'number' &&
    typeof lon === 'number' &&
    Math.abs(lat) <= 90 &&
    Math.abs(lon) <= 180 &&
    (lat !== 0 || lon !== 0);
  return isPoint ? { lat, lon } : { lat: null, lon: null };
}

/** Whose network it is and of which kinds; a flag that is false says nothing. */
export function toNetwork(geo: WireGeo): Network | null {
  if (geo == null) return null;
  const kinds: NetworkKind[] = [];
  if (geo.is_mobile) kinds.push('cellular');
  if (geo.is_proxy) kinds.push('proxy');
  if (geo.is_hosting) kinds.push('hosting');
  const org = textOrNull(geo.org, MAX_TEXT.name) ?? textOrNull(geo.isp, MAX_TEXT.name);
  return org === null && kinds.length === 0 ? null : { asn: null, org, kinds };
}
