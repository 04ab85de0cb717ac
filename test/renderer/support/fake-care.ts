import type { Retention } from '../../../src/contract/care.ts';
import type { Engine } from '../../../src/engine/engine.ts';

const removed = { sessions: 1_204, observations: 9_031, events: 4_410, findings: 0, users: 12, entries: 380 };

/** A data directory to look after: keeps what retention is set to, and removes and copies nothing. */
export function fakeCare(): Engine['care'] {
  let retention: Retention = { days: null, lastRun: null };
  return {
    async *backup({ path }) {
      const madeAt = '2026-11-20T12:00:00.000Z';
      yield { kind: 'progress', bytes: 120_000_000, totalBytes: 480_000_000 };
      yield {
        kind: 'done',
        result: { path: path ?? '/download/one', bytes: 480_000_000, madeAt, sessions: 1_000_000 },
      };
    },
    retention: async () => retention,
    setRetention: async (days) => {
      retention = { ...retention, days };
      return retention;
    },
    async *retain() {
      yield { kind: 'progress', removed };
      retention = { ...retention, lastRun: { at: '2026-11-20T12:00:00.000Z', removed } };
      yield { kind: 'done', removed, freedBytes: 52_400_000 };
    },
  };
}
