import { describe, expect, it } from 'vitest';
import { withProgress } from '../../../src/engine/calls/with-progress.ts';
import { collect } from '../../support/collect.ts';

const never = new AbortController().signal;
type Report = (step: number) => void;

/** Lets whatever is ready happen. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a task with progress', () => {
  it('yields its steps and then its result', async () => {
    const task = async (report: Report) => {
      for (const step of [1, 2, 3]) {
        report(step);
        await turn();
      }
      return 'result';
    };
    expect(await collect(withProgress(task, never))).toEqual([1, 2, 3, { kind: 'done', result: 'result' }]);
  });

  it('is not held up by a reader that dawdles, who gets the newest step only', async () => {
    const done = new AbortController();
    const task = async (report: Report) => {
      for (let step = 1; step <= 50; step += 1) {
        report(step);
        await turn();
      }
      done.abort();
      return 'result';
    };
    const steps = withProgress(task, never);
    expect(await steps.next()).toEqual({ done: false, value: 1 });
    while (!done.signal.aborted) await turn();
    expect(await collect(steps)).toEqual([50, { kind: 'done', result: 'result' }]);
  });

  it('ends when its reader leaves, and has ended when the leaving is done', async () => {
    const ended: string[] = [];
    const task = async (report: Report, signal: AbortSignal) => {
      report(1);
      while (!signal.aborted) await turn();
      ended.push('task');
    };
    for await (const step of withProgress(task, never)) {
      expect(step).toBe(1);
      break;
    }
    expect(ended).toEqual(['task']);
  });

  it('throws what the task throws, also when the reader is between two steps', async () => {
    const task = async (report: Report) => {
      report(1);
      throw new Error('no room');
    };
    const steps = withProgress(task, never);
    await steps.next();
    await turn();
    await expect(steps.next()).rejects.toThrow('no room');
  });

  it('hears of being cancelled', async () => {
    const cancelled = new AbortController();
    const task = async (report: Report, signal: AbortSignal) => {
      report(1);
      while (!signal.aborted) await turn();
      return 'stopped early';
    };
    const steps = withProgress(task, cancelled.signal);
    await steps.next();
    cancelled.abort();
    expect(await steps.next()).toMatchObject({ value: { result: 'stopped early' } });
  });
});
