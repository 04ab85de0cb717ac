import { basename } from 'node:path';
import type { Problem } from '../../contract/error-codes.ts';
import type { GeoipStatus } from '../../contract/geoip.ts';
import type { ReportFormat } from '../../contract/report.ts';
import type { AnyKind } from '../../contract/source.ts';

/** What a report says about itself, apart from its rows. */
export type ReportMeta = {
  /** The query whose sessions it holds; empty means every session. */
  readonly query: string;
  /** IANA name of the zone the reader works in. */
  readonly timeZone: string;
  /** ISO 8601 in UTC. */
  readonly generatedAt: string;
  /** Who asked for it, as in the audit chain. */
  readonly generatedBy: string;
  /** Version of Sessionscope. */
  readonly version: string;
  readonly sources: readonly ReportSource[];
  readonly geoip: GeoipStatus;
};

/** How far a source could be believed when the report was made. */
export type ReportSource = {
  readonly id: string;
  readonly kind: AnyKind;
  readonly problem: Problem | null;
  readonly lastCompleteAt: string | null;
};

type ReportData = {
  readonly path: string;
  readonly format: ReportFormat;
  readonly rows: number;
  readonly bytes: number;
  /** Of the whole data file, lower-case hex. */
  readonly sha256: string;
};

/**
 * The text of the `FILE.meta.json` beside a report, so that the report stands on its own: what was asked, what it rests on, and
 * a hash that shows whether the data file was changed since.
 */
export function metaText(data: ReportData, meta: ReportMeta): string {
  const { path, ...file } = data;
  const { query, timeZone, generatedAt, generatedBy, version, sources, geoip } = meta;
  const document = {
    report: 'sessions',
    scope: query === '' ? 'Every stored session.' : 'The stored sessions that match the query.',
    query,
    ...file,
    file: basename(path),
    generatedAt,
    generatedAtLocal: localTime(generatedAt, timeZone),
    timeZone,
    rowTimes: 'Times in the rows are ISO 8601 in UTC.',
    rowOrder: 'Rows are in the order in which the sessions were first stored, oldest first.',
    generatedBy,
    sources: sources.map((source) => ({ ...source, health: healthOf(source) })),
    attributions: geoip.attributions,
    versions: {
      sessionscope: version,
      databases: geoip.databases.map(({ name, role, origin, builtOn, ageDays, stale }) => {
        return { name, role, origin, builtOn, ageDays, stale };
      }),
    },
    problems: geoip.problems,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Whether the runtime knows the zone. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** `2026-11-20 13:00:00 GMT+1`. */
function localTime(generatedAt: string, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'long',
  }).format(new Date(generatedAt));
}

function healthOf({ problem, lastCompleteAt }: ReportSource): string {
  if (problem !== null) return 'failing: its rows are what was last known';
  return lastCompleteAt === null ? 'never read completely' : 'healthy';
}
