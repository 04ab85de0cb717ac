import type { AnyConfig } from '../../contract/source.ts';
import type { HistoryImportRequest } from '../../contract/history.ts';
import type { Engine } from '../api.ts';
import type { AuditLog } from '../audit/log.ts';
import type { Changes } from '../changes.ts';
import { EngineError } from '../errors.ts';
import { importHistory, type ImportDeps, type ImportStep } from '../history/import-history.ts';
import type { StoreReader } from '../store/store-reader.ts';
import type { StoreWriter } from '../store/store-writer.ts';
import { withProgress } from './with-progress.ts';

export type HistoryCallsDeps = Pick<ImportDeps, 'store' | 'enricher' | 'clock' | 'judgeInTurn'> & {
  readonly changes: Changes;
  /** The writer and the audit log, or `conflict` when another process holds the data directory. */
  readonly writing: () => { readonly write: StoreWriter; readonly audit: AuditLog };
};

/** What the router's `history` calls do. */
export function historyCalls(deps: HistoryCallsDeps): Engine['history'] {
  const { store, changes, writing } = deps;

  const runImport = async (
    request: HistoryImportRequest,
    report: (step: ImportStep) => void,
    signal: AbortSignal,
  ) => {
    const { write, audit } = writing();
    const isThere = await isFileSource(store.read, request.source);
    const putSource = async () => {
      if (isThere) return;
      const config: AnyConfig = { id: request.source, kind: 'file' };
      await write.putSource(config, false);
      await audit.append('source.put', { source: config.id, kind: config.kind });
    };
    const outcome = await importHistory({ ...deps, write, putSource }, request, report, signal);
    const { source, format, read, accepted, rejected, events } = outcome.result;
    await audit.append('history.imported', {
      ...{ source, format, read, accepted, rejected, events },
      sha256: outcome.sha256,
      isWhole: outcome.fault === null,
    });
    changes.mark('sources', 'events');
    if (outcome.fault !== null) throw outcome.fault.error;
    return outcome.result;
  };

  return {
    import: (request, signal) =>
      withProgress<ImportStep, Awaited<ReturnType<typeof runImport>>>(
        (report, aborted) => runImport(request, report, aborted),
        signal,
      ),
  };
}

/** Whether there is such a source already; what belongs to an API is refused. */
async function isFileSource(read: StoreReader, id: string): Promise<boolean> {
  const record = (await read.sources()).find(({ config }) => config.id === id);
  if (record === undefined) return false;
  if (record.config.kind === 'file') return true;
  throw new EngineError(
    'invalid-input',
    `The source "${id}" is of the kind "${record.config.kind}": what is imported needs a source of its own. Choose another id.`,
    { field: 'source' },
  );
}
