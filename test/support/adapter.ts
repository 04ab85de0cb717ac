import { inspect } from 'node:util';
import type { ConfigOf, SourceKind } from '../../src/contract/source.ts';
import { sourceConfig } from '../../src/contract/source.ts';
import { EngineError } from '../../src/engine/errors.ts';
import { Secret } from '../../src/engine/secret.ts';
import { createHttpClient } from '../../src/engine/source/http-client.ts';
import type { Row, Source, SourceAdapter, SourcePage, SweepEnd } from '../../src/engine/source/source.ts';

export type OpenOptions = {
  /** Values of `{ env: NAME }` references. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Milliseconds since 1970; waits of the client move it on at once. */
  readonly startMs?: number;
  readonly isOrderedByHand?: boolean;
};

/** An adapter on the real HTTP client, as the engine opens it; `config` is checked like a sources file. */
export function openAdapter<K extends SourceKind>(
  adapter: SourceAdapter<K>,
  config: unknown,
  { secrets, startMs = Date.parse('2026-11-20T12:00:00Z'), isOrderedByHand = false }: OpenOptions,
): Source {
  let nowMs = startMs;
  const clock = {
    now: () => nowMs,
    sleep: async (ms: number, signal?: AbortSignal) => {
      signal?.throwIfAborted();
      nowMs += ms;
    },
  };
  return adapter.open({
    config: sourceConfig.parse(config) as ConfigOf<K>,
    clock,
    secret: async (ref) => new Secret('env' in ref ? (secrets[ref.env] ?? '') : ''),
    http: (options) =>
      createHttpClient(options, { clock, random: () => 0, isOrderedByHand: () => isOrderedByHand }),
  });
}

export type Swept = {
  readonly pages: readonly SourcePage[];
  readonly rows: readonly Row[];
  readonly end: SweepEnd | null;
  /** What broke the listing off, or null. */
  readonly error: EngineError | null;
};

/** One listing read to its end, with whatever came before a fault. */
export async function sweepOf(source: Source, signal = new AbortController().signal): Promise<Swept> {
  const pages: SourcePage[] = [];
  const swept = (end: SweepEnd | null, error: EngineError | null): Swept => ({
    pages,
    rows: pages.flatMap(({ rows }) => rows),
    end,
    error,
  });
  try {
    const listing = source.list(signal);
    for (;;) {
      const step = await listing.next();
      if (step.done === true) return swept(step.value, null);
      pages.push(step.value);
    }
  } catch (error) {
    if (error instanceof EngineError) return swept(null, error);
    throw error;
  }
}

/** Why a listing was not complete: the code of its error or of its end; null when it was complete. */
export function faultOf({ end, error }: Swept): string | null {
  if (error !== null) return error.code;
  return end?.complete === false ? end.problem.code : null;
}

/** The EngineError of a call that must fail. */
export async function errorOf(call: Promise<unknown>): Promise<EngineError> {
  const outcome: unknown = await call.catch((error: unknown) => error);
  if (outcome instanceof EngineError) return outcome;
  throw new Error(`expected an EngineError, got ${inspect(outcome)}`);
}

/** Every way a value could be written down by accident, in one text. */
export function everyPrint(...values: readonly unknown[]): string {
  return values
    .map((value) => {
      const options = { depth: null, maxArrayLength: null, maxStringLength: null, showHidden: true };
      const error = value instanceof Error ? `${value.message} ${value.stack ?? ''}` : '';
      return `${JSON.stringify(value)} ${inspect(value, options)} ${String(value)} ${error}`;
    })
    .join('\n');
}
