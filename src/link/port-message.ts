import type { LinkErrorShape } from './problem.ts';

/** What a page sends: a call with a number of its own, or the end of one. */
export type PortRequest =
  | {
      readonly kind: 'call';
      readonly id: number;
      readonly type: 'query' | 'mutation' | 'subscription';
      readonly path: string;
      readonly input: unknown;
    }
  | { readonly kind: 'stop'; readonly id: number };

/** What the engine answers: any number of values, then `done` or `failed`, once. */
export type PortAnswer =
  | { readonly kind: 'value'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'done'; readonly id: number }
  | { readonly kind: 'failed'; readonly id: number; readonly error: LinkErrorShape };

/** The request in a message, or null when it is none: nothing about a message is believed before this. */
export function readPortRequest(message: unknown): PortRequest | null {
  if (!isRecord(message)) return null;
  const { kind, id, type, path, input } = message;
  if (typeof id !== 'number' || !Number.isSafeInteger(id)) return null;
  if (kind === 'stop') return { kind, id };
  if (kind !== 'call' || typeof path !== 'string') return null;
  if (type !== 'query' && type !== 'mutation' && type !== 'subscription') return null;
  return { kind, id, type, path, input };
}

/** The answer in a message of the engine, which this page trusts; null for messages of a later protocol. */
export function readPortAnswer(message: unknown): PortAnswer | null {
  if (!isRecord(message)) return null;
  const { kind } = message;
  return kind === 'value' || kind === 'done' || kind === 'failed' ? (message as PortAnswer) : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
