import type { Fault } from './fault.ts';

/** What the engine's thread asks of a store thread. Requests are structured-clone safe: data, no functions. */
export type ThreadRequest =
  | {
      readonly kind: 'call';
      readonly id: number;
      readonly method: string;
      readonly request: readonly unknown[];
      readonly nowMs: number;
    }
  /** Closes the connection and ends the thread. */
  | { readonly kind: 'close' };

/** What a store thread says. The first is `ready` or `refused`; after `refused` it ends. */
export type ThreadAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'refused'; readonly fault: Fault }
  | { readonly kind: 'value'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'fault'; readonly id: number; readonly fault: Fault };
