import type { AnyConfig } from '../../contract/source.ts';
import { EngineError } from '../errors.ts';
import type { Clock } from '../host.ts';
import { readLanes, writeLoads } from './lanes.ts';
import type { SourceTraits } from './sources.ts';
import type { StoreReader } from './store-reader.ts';
import type { StoreWriter } from './store-writer.ts';

/** Has one method of a connection performed, wherever that is. Rejects with what an engine may show, or with a bug. */
export type Run = (method: string, request: readonly unknown[], nowMs: number) => Promise<unknown>;

/** The connections of an open store, in this thread or in others. */
export type Connections = {
  readonly read: Run;
  /** Null when another process writes. */
  readonly write: Run | null;
  /** To be called once, when nothing is under way any more. */
  close(): Promise<void>;
};

/** Makes a StoreReader of a way to have reads performed; the clock stays on this side. */
export function offerReader(run: Run, clock: Clock): StoreReader {
  return methodsOf<StoreReader>(readLanes, (method, request) => run(method, request, clock.now()));
}

/** The same for writes. Functions can't go to another thread: what an API can do is asked here and goes as data. */
export function offerWriter(
  run: Run,
  clock: Clock,
  traitsOf: (config: AnyConfig) => SourceTraits,
): StoreWriter {
  const writer = methodsOf<StoreWriter>(writeLoads, (method, request) => run(method, request, clock.now()));
  return {
    ...writer,
    putSource: async (config, demo) => {
      await run('putSource', [config, demo, traitsOf(config)], clock.now());
    },
  };
}

/** Ends a store in order: what is under way is finished, what comes later is refused. */
export class Gate {
  readonly #underWay = new Set<Promise<unknown>>();
  #isClosed = false;

  /** The same way to have methods performed, as long as the gate is open. */
  through(run: Run): Run {
    return async (...call) => {
      if (this.#isClosed)
        throw new EngineError('cancelled', 'Sessionscope is closing: nothing more is done.');
      const answer = run(...call);
      this.#underWay.add(answer);
      return answer.finally(() => this.#underWay.delete(answer));
    };
  }

  /** Resolves when the last call has its answer. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled(this.#underWay);
  }
}

/** One method for each name; the tables of names are typed by the very types that are made of them here. */
function methodsOf<Methods>(
  names: Readonly<Record<keyof Methods & string, unknown>>,
  run: (method: string, request: readonly unknown[]) => Promise<unknown>,
): Methods {
  return Object.fromEntries(
    Object.keys(names).map((method) => [method, (...request: readonly unknown[]) => run(method, request)]),
  ) as Methods;
}
