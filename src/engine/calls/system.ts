import { PROTOCOL_REVISION } from '../../contract/system.ts';
import type { Engine } from '../api.ts';
import type { Changes } from '../changes.ts';
import { EngineError } from '../errors.ts';
import type { Demo, Host } from '../host.ts';
import type { Poller } from '../poll/poller.ts';
import { queryFields } from '../query/fields.ts';
import type { Store } from '../store/store.ts';
import { addSources, type SourceCallsDeps } from './sources.ts';

export type SystemCallsDeps = {
  readonly host: Host;
  readonly store: Store;
  readonly poller: Poller;
  readonly changes: Changes;
  readonly writing: SourceCallsDeps['writing'];
};

/** What the router's `system` calls do. */
export function systemCalls(deps: SystemCallsDeps): Engine['system'] {
  const { host, store, changes } = deps;
  const demoSources = async () => (await store.read.sources()).filter(({ demo }) => demo);

  const demoOf = (): Demo => {
    if (host.demo === null) throw new EngineError('refused', 'This host has no demo company.');
    return host.demo;
  };

  return {
    info: async () => ({
      version: host.version,
      protocolRevision: PROTOCOL_REVISION,
      host: host.name,
      dataDir: host.paths.dataDir,
      pollingByPid: store.heldByPid,
      demo: host.demo === null ? 'unavailable' : (await demoSources()).length > 0 ? 'running' : 'offered',
      secretStore: host.secrets.storeDescription,
    }),

    changes: (signal) => changes.watch(signal),

    queryFields,

    startDemo: async () => {
      const demo = demoOf();
      const { audit } = deps.writing();
      if ((await store.read.sources()).some((source) => !source.demo)) {
        throw new EngineError(
          'refused',
          'The demo company only moves into an empty data directory: start with another --data-dir.',
        );
      }
      await addSources(deps, await demo.start(), true);
      await audit.append('demo.started', {});
      changes.mark('sources');
    },

    removeDemo: async () => {
      const { write, audit } = deps.writing();
      for (const { config } of await demoSources()) {
        await deps.poller.remove(config.id);
        await write.removeSource(config.id);
      }
      await host.demo?.stop();
      await audit.append('demo.removed', {});
      changes.mark('sources', 'sessions', 'events', 'findings');
    },
  };
}
