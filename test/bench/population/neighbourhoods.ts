import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createEnricher } from '../../../src/engine/enrich/create-enricher.ts';
import { systemClock } from '../../../src/engine/system-clock.ts';
import { packedGeoip } from '../../support/packed-geoip.ts';
import { below, pick } from './chance.ts';

/** A city as the bundled databases know it, with real public networks in it. */
export type Neighbourhood = {
  readonly city: string;
  /** `77.20.99.` or `2a02:2454:40:`: a host number behind it makes an address of this city. */
  readonly prefixes: readonly string[];
};

const TRIED_IPV4 = 60_000;
const TRIED_IPV6 = 15_000;
const CITIES = 300;
const SEED = 4242;

/**
 * The cities that the most addresses of the routing tables lie in, fullest first. Addresses are drawn from announced
 * networks and looked up in the bundled databases, so that GeoIP has to do its real work on them.
 */
export async function findNeighbourhoods(): Promise<readonly Neighbourhood[]> {
  const nothing = () => undefined;
  const enricher = createEnricher({
    geoipDir: packedGeoip(),
    dataDir: '/nowhere',
    clock: systemClock,
    logger: { info: nothing, warn: nothing, error: nothing },
  });
  await enricher.ready();
  const cities = new Map<string, Set<string>>();
  for (const prefix of [...prefixesOfIPv4(), ...prefixesOfIPv6()]) {
    const place = enricher.ip(addressIn(prefix, 9))?.place;
    if (place?.city == null || place.country === null) continue;
    const name = `${place.country} ${place.region ?? ''} ${place.city}`;
    const prefixes = cities.get(name) ?? new Set();
    cities.set(name, prefixes.add(prefix));
  }
  enricher.close();
  return [...cities]
    .map(([city, prefixes]) => ({ city, prefixes: [...prefixes] }))
    .sort((a, b) => b.prefixes.length - a.prefixes.length || (a.city < b.city ? -1 : 1))
    .slice(0, CITIES);
}

/** Host 1 to 254 of a prefix. */
export function addressIn(prefix: string, host: number): string {
  return prefix.endsWith('.') ? `${prefix}${host}` : `${prefix}${host.toString(16)}::`;
}

function prefixesOfIPv4(): readonly string[] {
  const ranges = rangesOf('asn-ipv4-num.csv');
  return Array.from({ length: TRIED_IPV4 }, (_, at) => {
    const { start, end } = pick(ranges, SEED, 4, at);
    const [from, to] = [Number(start), Number(end)];
    const address = from + below(to - from + 1, SEED, 5, at);
    return `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.`;
  });
}

/** The first /48 of a range, whose hosts are told apart by their /64: APIs that cut addresses cut them there. */
function prefixesOfIPv6(): readonly string[] {
  const ranges = rangesOf('asn-ipv6.csv');
  return Array.from({ length: TRIED_IPV6 }, (_, at) => {
    const groups = (pick(ranges, SEED, 6, at).start.split('::')[0] ?? '').split(':');
    return `${[...groups, '0', '0', '0'].slice(0, 3).join(':')}:`;
  });
}

function rangesOf(file: string): readonly { start: string; end: string }[] {
  const folder = dirname(createRequire(import.meta.url).resolve('@ip-location-db/asn/package.json'));
  return readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [start = '', end = ''] = line.split(',', 2);
      return { start, end };
    });
}
