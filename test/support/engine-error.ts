import { inspect } from 'node:util';
import { expect } from 'vitest';
import { EngineError } from '../../src/engine/errors.ts';

/** What a call failed with, in which none of the planted secrets is; whatever is no EngineError is thrown on. */
export async function engineErrorOf(
  call: Promise<unknown>,
  planted: readonly string[] = [],
): Promise<EngineError> {
  const error: unknown = await call.then(
    () => new Error('it did not fail'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof EngineError)) throw error;
  expectNone(planted, error);
  return error;
}

/** None of the planted secrets is in a value, however it is printed. */
export function expectNone(planted: readonly string[], value: unknown): void {
  const printed = inspect(value, { depth: 12, showHidden: true }) + JSON.stringify(value);
  for (const secret of planted) expect(printed).not.toContain(secret);
}
