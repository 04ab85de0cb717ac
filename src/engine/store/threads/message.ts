import type { ConnectionStart } from '../connection.ts';
import type { Fault } from './fault.ts';

/** What the engine's thread asks of a store thread: data, no functions. Each request but the last has one answer. */
export type ThreadRequest =
  /** The first; a thread whose connection is refused ends. */
  | { readonly kind: 'open'; readonly id: number; readonly start: ConnectionStart }
  | {
      readonly kind: 'call';
      readonly id: number;
      readonly method: string;
      readonly request: readonly unknown[];
      readonly nowMs: number;
    }
  /** Closes the connection and ends the thread. */
  | { readonly kind: 'close' };

export type ThreadAnswer =
  | { readonly kind: 'value'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'fault'; readonly id: number; readonly fault: Fault };
