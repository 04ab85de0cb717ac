import type { GeoipDatabase, GeoipStatus } from '../../contract/geoip.ts';
import type { Bundled } from './bundled.ts';
import { BUNDLED_ATTRIBUTION, type GeoDatabase } from './geo-database.ts';
import { networkKindsReviewedOn } from './network-kinds.ts';

/** Older data have moved places in them (stack 6: MaxMind's and DB-IP's monthly round, twice). */
const STALE_AFTER_DAYS = 60;
/** Autonomous systems change hands and business more slowly than addresses do. */
const KINDS_STALE_AFTER_DAYS = 365;
const DAY_MS = 86_400_000;

/** What the analyst should know about the databases in use: their age, whom to name, what is wrong. */
export function geoipStatusOf(
  bundled: Bundled,
  imported: { readonly databases: readonly GeoDatabase[]; readonly problems: readonly string[] },
  nowMs: number,
): GeoipStatus {
  const files = [...imported.databases, ...bundled.cities];
  const databases = files.map(({ mmdb, ...described }) => ({ ...described, ...age(mmdb.builtAtMs, nowMs) }));
  if (bundled.asnTable !== null) databases.push(asnTable(bundled.asnTable.builtOn, nowMs));
  // It tells of networks only what another database, or a source, gives the number of.
  if (databases.length > 0) databases.push(reviewedKinds(nowMs));
  const faults = files
    .filter(({ mmdb }) => mmdb.faults > 0)
    .map(({ name, mmdb }) => `${name}: ${mmdb.faults} lookups met a damaged record and gave no place.`);
  return {
    databases,
    attributions: [...new Set(databases.map(({ attribution }) => attribution))].filter((text) => text !== ''),
    problems: [...bundled.problems, ...imported.problems, ...faults],
  };
}

function asnTable(builtOn: string | null, nowMs: number): GeoipDatabase {
  return {
    name: 'Announced networks',
    role: 'asn',
    origin: 'bundled',
    ipVersions: [4, 6],
    attribution: BUNDLED_ATTRIBUTION.asn,
    ...age(builtOn === null ? null : Date.parse(builtOn), nowMs),
  };
}

function reviewedKinds(nowMs: number): GeoipDatabase {
  return {
    name: 'Kinds of well-known networks',
    role: 'kinds',
    origin: 'bundled',
    ipVersions: [4, 6],
    attribution: '',
    ...age(Date.parse(networkKindsReviewedOn), nowMs, KINDS_STALE_AFTER_DAYS),
  };
}

/** A database that does not state its day is not called stale: unknown is unknown. */
function age(
  builtAtMs: number | null,
  nowMs: number,
  staleAfterDays = STALE_AFTER_DAYS,
): Pick<GeoipDatabase, 'builtOn' | 'ageDays' | 'stale'> {
  if (builtAtMs === null) return { builtOn: null, ageDays: null, stale: false };
  const ageDays = Math.max(0, Math.floor((nowMs - builtAtMs) / DAY_MS));
  return {
    builtOn: new Date(builtAtMs).toISOString().slice(0, 10),
    ageDays,
    stale: ageDays > staleAfterDays,
  };
}
