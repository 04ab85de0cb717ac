import type { Bundled } from './bundled.ts';
import type { IpFacts } from './enricher.ts';
import type { Network, Place } from '../whereabouts.ts';
import type { GeoDatabase } from './geo-database.ts';
import { classifyIp } from './ip.ts';
import { mergeNetworks, networkReaderOf } from './network.ts';
import { placeOf } from './place.ts';

/** The databases that answer, the analyst's own first. */
export type Databases = { readonly imported: readonly GeoDatabase[]; readonly bundled: Bundled };

/** All that follows from a canonical address. Only public ones are looked up: a private one has no place. */
export function ipFacts(address: string, databases: Databases): IpFacts {
  const ipClass = classifyIp(address);
  if (ipClass !== 'public') return { address, class: ipClass, place: null, network: null };
  const place = placeAt(address, databases);
  return { address, class: ipClass, place, network: networkAt(address, databases) };
}

/**
 * Places are taken whole from one database. The analyst's city database wins; his country database wins where it
 * contradicts the bundled city database, which else says the same more exactly.
 */
function placeAt(address: string, { imported, bundled }: Databases): Place | null {
  const own = firstPlace(
    address,
    imported.filter(({ role }) => role === 'city'),
  );
  if (own !== null) return own;
  const country = firstPlace(
    address,
    imported.filter(({ role }) => role === 'country'),
  );
  const city = firstPlace(address, bundled.cities);
  return country !== null && country.country !== city?.country ? country : city;
}

function firstPlace(address: string, databases: readonly GeoDatabase[]): Place | null {
  for (const { mmdb } of databases) {
    const place = mmdb.lookup(address, placeOf);
    if (place !== null) return place;
  }
  return null;
}

function networkAt(address: string, { imported, bundled }: Databases): Network | null {
  // A city database may be an Enterprise edition, whose records describe the network too.
  const own = imported
    .filter(({ role }) => role !== 'country')
    .flatMap(({ mmdb }) => mmdb.lookup(address, networkReaderOf(mmdb.type)) ?? []);
  const announced = bundled.asnTable?.lookup(address);
  return mergeNetworks(announced ? [...own, { ...announced, kinds: [] }] : own);
}
