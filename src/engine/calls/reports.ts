import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReportFormat } from '../../contract/report.ts';
import type { Engine } from '../api.ts';
import type { AuditLog } from '../audit/log.ts';
import type { Enricher } from '../enrich/enricher.ts';
import type { Host } from '../host.ts';
import { writeReport } from '../report/write-report.ts';
import type { StoreReader } from '../store/store-reader.ts';
import type { TextPage } from '../store/text/text-page.ts';

/** Rows of a page: a megabyte or so, read and written in about ten milliseconds. */
const PAGE = 2_000;

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
      const total = await read.count('sessions', query);
      const sources = await read.sources();
      const steps = writeReport({
        pages: textPages(read, query, format),
        total,
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
        now: () => host.clock.now(),
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

/** While a page is written the next one is read, and no further: memory is that of two pages. */
async function* textPages(read: StoreReader, query: string, format: ReportFormat): AsyncGenerator<TextPage> {
  const ask = (cursor: string | null) => {
    const page = read.sessionText({ query, format, cursor, limit: PAGE });
    // It may fail while nobody waits for it yet, or any more; whoever does still learns of it.
    page.catch(() => undefined);
    return page;
  };
  for (let coming: Promise<TextPage> | null = ask(null); coming !== null;) {
    const page: TextPage = await coming;
    coming = page.next === null ? null : ask(page.next);
    yield page;
    // It is written. The collector sees a small object and would leave dozens of such megabytes lying around.
    page.text.buffer.transfer(0);
  }
}

async function defaultPath(host: Host, format: string): Promise<string> {
  const folder = join(host.paths.dataDir, 'reports');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const moment = new Date(host.clock.now()).toISOString().replaceAll(/[:.]/g, '-');
  return join(folder, `sessions-${moment}.${format}`);
}
