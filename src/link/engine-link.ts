import type { TRPCClient } from '@trpc/client';
import type { AppRouter } from '../engine/router.ts';
import type { LinkStates } from './link-state.ts';

/** The whole contract, typed. */
export type EngineClient = TRPCClient<AppRouter>;

/**
 * A page's way to the engine. When the link breaks, everything that waits fails with `disconnected`, feeds too;
 * the link comes back by itself, and the page asks again when the state is `open`.
 */
export type EngineLink = LinkStates & {
  readonly client: EngineClient;
  /** Ends the link for good; what still waits fails with `disconnected`. */
  close(): void;
};
