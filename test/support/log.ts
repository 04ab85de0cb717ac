import type { Logger } from '../../src/engine/host.ts';

export type TestLog = {
  readonly logger: Logger;
  /** Every line that was logged, as it would be written. */
  readonly lines: string[];
};

/** A log that only the test reads. */
export function testLog(): TestLog {
  const lines: string[] = [];
  const write = (message: string, values?: Record<string, unknown>) =>
    void lines.push(`${message} ${JSON.stringify(values)}`);
  return { logger: { info: write, warn: write, error: write }, lines };
}
