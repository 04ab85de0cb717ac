import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { MAX_PAGE } from '../../contract/list.ts';
import type { Session } from '../../contract/session.ts';
import type { Engine } from '../api.ts';
import type { AuditLog } from '../audit/log.ts';
import type { Enricher } from '../enrich/enricher.ts';
import type { Host } from '../host.ts';
import { writeReport } from '../report/write-report.ts';
import type { StoreReader } from '../store/store.ts';

/** What the router's `reports` calls do: reads page by page, so that no size is too large. */
export function reportCalls({
  host,
  read,
  enricher,
  audit,
}: {
  readonly host: Host;
  readonly read: StoreReader;
  readonly enricher: Enricher;
  /** Null when another process holds the data directory, and with it the chain. */
  readonly audit: AuditLog | null;
}): Engine['reports'] {
  return {
    async *create({ query, format, path, timeZone }, signal) {
      await enricher.ready();
      const first = await read.sessions({ query, sort: null, limit: MAX_PAGE, cursor: null });
      const sources = await read.sources();
      const steps = writeReport({
        rows: allRows(read, query, first),
        total: first.total ?? 0,
        format,
        path: path ?? (await defaultPath(host, format)),
        meta: {
          query,
          timeZone,
          generatedAt: new Date(host.clock.now()).toISOString(),
          generatedBy: host.actor,
          version: host.version,
          sources: sources.map(({ config, problem, lastCompleteAtMs }) => ({
            id: config.id,
            kind: config.kind,
            problem,
            lastCompleteAt: lastCompleteAtMs === null ? null : new Date(lastCompleteAtMs).toISOString(),
          })),
          geoip: enricher.status(),
        },
        signal,
      });
      for await (const step of steps) {
        if (step.kind === 'done')
          await audit?.append('report.written', { query, format, rows: step.result.rows });
        yield step;
      }
    },
  };
}

async function* allRows(
  read: StoreReader,
  query: string,
  first: Awaited<ReturnType<StoreReader['sessions']>>,
): AsyncGenerator<Session> {
  for (let page = first; ;) {
    yield* page.rows;
    if (page.next === null) return;
    page = await read.sessions({ query, sort: null, limit: MAX_PAGE, cursor: page.next, total: false });
  }
}

async function defaultPath(host: Host, format: string): Promise<string> {
  const folder = join(host.paths.dataDir, 'reports');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const moment = new Date(host.clock.now()).toISOString().replaceAll(/[:.]/g, '-');
  return join(folder, `sessions-${moment}.${format}`);
}
