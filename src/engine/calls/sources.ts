import { randomUUID } from 'node:crypto';
import { isApi, type SourceConfig, type SweepReport } from '../../contract/source.ts';
import type { Engine } from '../api.ts';
import type { AuditLog } from '../audit/log.ts';
import { EngineError } from '../errors.ts';
import type { Feed } from '../feed.ts';
import type { Host } from '../host.ts';
import type { Poller } from '../poll/poller.ts';
import type { Source as OpenSource } from '../source/source.ts';
import type { SourceRecord } from '../store/source-record.ts';
import type { StoreWriter } from '../store/store-writer.ts';
import type { Store } from '../store/store.ts';
import { describeSource } from './describe-source.ts';
import { secretRefs } from './secret-refs.ts';
import { parseSourcesFile } from './sources-file.ts';
import { testSource } from './test-source.ts';

export type SourceCallsDeps = {
  readonly host: Host;
  readonly store: Store;
  readonly poller: Poller;
  /** The writer and the audit log, or `conflict` when another process holds the data directory. */
  readonly writing: () => { readonly write: StoreWriter; readonly audit: AuditLog };
  /** Opens an adapter that shares nothing with the poller's, for testing. */
  readonly open: (config: SourceConfig) => OpenSource;
  /** Reports of all sweeps as they end. */
  readonly reports: Feed<SweepReport>;
};

/** What the router's `sources` calls do. */
export function sourceCalls(deps: SourceCallsDeps): Engine['sources'] {
  const configs = async () =>
    new Map((await deps.store.read.sources()).map((each) => [each.config.id, each]));

  const chosen = async (ids: readonly string[] | null): Promise<readonly SourceRecord[]> => {
    const known = await configs();
    return (ids ?? [...known.keys()]).map((id) => {
      const record = known.get(id);
      if (record === undefined)
        throw new EngineError('not-found', unknownSource(id, [...known.keys()]), { field: 'source' });
      return record;
    });
  };

  /** Those of the chosen that are called at all; one that was named and is not, is a mistake to tell of. */
  const callable = async (ids: readonly string[] | null): Promise<readonly SourceConfig[]> => {
    const configured = (await chosen(ids)).map(({ config }) => config);
    const silent = configured.find((config) => !isApi(config));
    if (ids !== null && silent !== undefined)
      throw new EngineError('invalid-input', nothingToCall(silent.id), { field: 'source' });
    return configured.filter(isApi);
  };

  return {
    list: async () => (await deps.store.read.sources()).map((record) => describeSource(record, deps.poller)),

    import: async (file) => {
      const { sources } = parseSourcesFile(file);
      requireApis(sources, await configs());
      await addSources(deps, sources, false);
      return sources.map(({ id }) => id);
    },

    storeSecret: async (value) => {
      const id = randomUUID();
      await deps.host.secrets.store(id, value);
      return id;
    },

    remove: async (id) => {
      const { write, audit } = deps.writing();
      const [record] = await chosen([id]);
      await deps.poller.remove(id);
      await write.removeSource(id);
      for (const ref of secretRefs(record?.config))
        if ('stored' in ref) await deps.host.secrets.forget(ref.stored);
      await audit.append('source.removed', { source: id });
    },

    async *test(ids, signal) {
      for (const config of await callable(ids)) {
        if (signal.aborted) return;
        yield await testSource(deps.open(config), config.id, signal);
      }
    },

    async *poll(ids) {
      deps.writing();
      const sweeps = (await callable(ids)).map(({ id }) => deps.poller.sweep(id));
      yield* inOrderOfArrival(sweeps.map(async (sweep) => (await sweep).report));
    },

    pollNow: async (ids) => {
      deps.writing();
      const ordered = (await callable(ids)).map(({ id }) => id);
      for (const id of ordered) deps.poller.order(id);
      return ordered;
    },

    reports: (signal) => deps.reports.watch(signal),
  };
}

/** Writes sources and hands them to the poller; with existing ids they are replaced. */
export async function addSources(
  deps: Pick<SourceCallsDeps, 'poller' | 'writing'>,
  sources: readonly SourceConfig[],
  demo: boolean,
): Promise<void> {
  const { write, audit } = deps.writing();
  for (const config of sources) {
    await write.putSource(config, demo);
    await deps.poller.put(config);
    await audit.append('source.put', { source: config.id, kind: config.kind, url: config.url });
  }
}

/** What was imported and what an API tells never share a source: each would be taken for the other's. */
function requireApis(sources: readonly SourceConfig[], known: ReadonlyMap<string, SourceRecord>): void {
  const taken = sources.find(({ id }) => known.get(id)?.config.kind === 'file');
  if (taken === undefined) return;
  throw new EngineError(
    'invalid-input',
    `The source "${taken.id}" is there already and holds what was imported from files: choose another id, or remove it first.`,
    { field: 'sources' },
  );
}

function unknownSource(id: string, known: readonly string[]): string {
  const list = known.length === 0 ? 'none is configured yet' : `there are ${known.join(', ')}`;
  return `There is no source "${id}" (${list}).`;
}

function nothingToCall(id: string): string {
  return `The source "${id}" holds what was imported from files: there is nothing to poll or test. "import FILE --source ${id}" adds to it.`;
}

async function* inOrderOfArrival(reports: readonly Promise<SweepReport>[]): AsyncGenerator<SweepReport> {
  const pending = new Map(
    reports.map((report, index) => [index, report.then((value) => ({ index, value }))]),
  );
  while (pending.size > 0) {
    const { index, value } = await Promise.race(pending.values());
    pending.delete(index);
    yield value;
  }
}
