import type { GeoipDatabase } from '../../contract/geoip.ts';
import type { Mmdb } from './mmdb/mmdb.ts';

type FileRole = Exclude<GeoipDatabase['role'], 'kinds'>;

/** A MaxMind database file in use, with what the analyst is told about it. */
export type GeoDatabase = Pick<GeoipDatabase, 'name' | 'role' | 'origin' | 'ipVersions' | 'attribution'> & {
  readonly mmdb: Mmdb;
};

/** What a database is good for, by the type its metadata state (`GeoLite2-City`, `DBIP-ASN-Lite`); null when for nothing here. */
export function roleOf(type: string): FileRole | null {
  return ROLES.find(([pattern]) => pattern.test(type))?.[1] ?? null;
}

/** The first match wins: `GeoIP2-ISP` before anything with `ip` in it, `City` and `Enterprise` before `Country`. */
const ROLES: readonly (readonly [RegExp, FileRole])[] = [
  [/anonymous|residential.?proxy/i, 'anonymous'],
  [/connection.?type/i, 'connection-type'],
  [/\bisp\b/i, 'isp'],
  [/enterprise|city|location/i, 'city'],
  [/country/i, 'country'],
  [/\basn\b/i, 'asn'],
];

/** Licences want this sentence wherever places are shown. */
export const BUNDLED_ATTRIBUTION = {
  city: 'IP Geolocation by DB-IP (https://db-ip.com), CC BY 4.0; data were repacked.',
  asn: 'Networks by RouteViews (https://www.routeviews.org), NRO and DB-IP, CC BY 4.0; data were repacked.',
} as const;

/** How the maker of an imported database wants to be named. */
export function attributionOf(type: string): string {
  if (/^GeoLite2/i.test(type)) {
    return 'This product includes GeoLite2 data created by MaxMind, available from https://www.maxmind.com.';
  }
  if (/^GeoIP/i.test(type)) return `${type} by MaxMind (https://www.maxmind.com), supplied by you.`;
  if (/^DB-?IP/i.test(type)) return 'IP Geolocation by DB-IP (https://db-ip.com), supplied by you.';
  if (/^ipinfo/i.test(type)) return 'IP address data by IPinfo (https://ipinfo.io), supplied by you.';
  return `${type}, supplied by you.`;
}
