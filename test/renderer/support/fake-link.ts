import { createTRPCClient, localLink } from '@trpc/client';
import type { Engine } from '../../../src/engine/engine.ts';
import { appRouter, type AppRouter } from '../../../src/engine/router.ts';
import type { EngineLink } from '../../../src/link/client.ts';

/** The real router in the same process: inputs and outputs are checked as on any link. */
export function fakeLink(engine: Engine, state: ReturnType<EngineLink['state']> = 'open'): EngineLink {
  return {
    client: createTRPCClient<AppRouter>({
      links: [localLink({ router: appRouter, createContext: async () => ({ engine }) })],
    }),
    state: () => state,
    onState: () => () => undefined,
    close: () => undefined,
  };
}
