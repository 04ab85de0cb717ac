import { onTestFinished } from 'vitest';
import type { SourceConfig } from '../../src/contract/source.ts';
import { eagerClock, type EagerClock } from './clock.ts';
import { startEngine, type TestEngine } from './engine.ts';

/** One source with the far side that answers it. */
export type FarSide = {
  readonly api: { close(): Promise<void> };
  readonly source: SourceConfig;
  readonly env: ReadonlyMap<string, string>;
};

/** A whole engine on these far sides, which nobody keeps waiting; all of it ends with the test. */
export async function engineOn(
  far: FarSide | readonly FarSide[],
  options: { clock?: EagerClock; answerTimeoutMs?: number } = {},
): Promise<TestEngine & { readonly clock: EagerClock }> {
  const sides = [far].flat() as readonly FarSide[];
  const clock = options.clock ?? eagerClock();
  onTestFinished(async () => {
    await Promise.all(sides.map(({ api }) => api.close()));
  });
  const near = await startEngine({
    ...options,
    clock,
    env: new Map(sides.flatMap(({ env }) => [...env])),
    sources: sides.map(({ source }) => source),
  });
  onTestFinished(() => near.close());
  return { ...near, clock };
}
