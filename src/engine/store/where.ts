import { deviceKind, networkKind } from '../../contract/place.ts';
import type { Observation } from '../../contract/session.ts';
import { ipClasses, valueOf } from '../query/codes.ts';

/** The columns of a row joined with its dictionaries, as `whereColumns` names them. */
export type WhereRow = {
  address: string | null;
  ip_class: number | null;
  country: string | null;
  region: string | null;
  city: string | null;
  lat: number | null;
  lon: number | null;
  accuracy_km: number | null;
  place_origin: string | null;
  place_id: number | null;
  asn: number | null;
  org: string | null;
  network_kinds: string | null;
  user_agent: string | null;
  browser: string | null;
  browser_version: string | null;
  os: string | null;
  os_version: string | null;
  device_kind: string | null;
};

type Where = Omit<Observation, 'at' | 'state' | 'lastSeenAt' | 'expiresAt'>;

export const whereColumns = `ip.address, ip.class AS ip_class,
  place.id AS place_id, place.country, place.region, place.city, place.lat, place.lon, place.accuracy_km,
  place.origin AS place_origin, network.asn, network.org, network.kinds AS network_kinds, agent.text AS user_agent,
  device.browser, device.browser_version, device.os, device.os_version, device.kind AS device_kind`;

/** Joins the dictionaries to the row with this alias. */
export function whereJoins(row: string): string {
  return ['ip', 'place', 'network', 'agent', 'device']
    .map((table) => `LEFT JOIN ${table} ON ${table}.id = ${row}.${table}_id`)
    .join('\n');
}

/** The contract's keys of place, network and device. */
export function whereOf(row: WhereRow): Where {
  return {
    ip: row.address,
    ipClass: row.ip_class === null ? null : valueOf(ipClasses, row.ip_class),
    country: row.country,
    region: row.region,
    city: row.city,
    lat: row.lat,
    lon: row.lon,
    accuracyKm: row.accuracy_km,
    placeFrom: row.place_origin === null ? null : row.place_origin === 'source' ? 'source' : 'database',
    asn: row.asn,
    org: row.org,
    networkKinds: kindsOf(row),
    userAgent: row.user_agent,
    browser: row.browser,
    browserVersion: row.browser_version,
    os: row.os,
    osVersion: row.os_version,
    deviceKind: row.device_kind === null ? 'unknown' : deviceKind.parse(row.device_kind),
  };
}

function kindsOf(row: WhereRow) {
  return row.network_kinds === null ? [] : networkKind.array().parse(JSON.parse(row.network_kinds));
}
