import { describe, expect, it } from 'vitest';
import { WriteQueue } from '../../../../src/engine/store/threads/write-queue.ts';

/** A writer that finishes when it is told to. */
function slowWriter() {
  const underWay: { readonly method: string; readonly done: PromiseWithResolvers<unknown> }[] = [];
  const queue = new WriteQueue((method) => {
    const done = Promise.withResolvers<unknown>();
    underWay.push({ method, done });
    return done.promise;
  });
  const finish = async (index: number) => {
    underWay[index]?.done.resolve(index);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return {
    add: (method: string) => queue.add(method, [], 0),
    sent: () => underWay.map(({ method }) => method),
    finish,
    underWay,
  };
}

describe('the queue in front of the writer', () => {
  it('hands over two pages at most, and the next one when one is written', async () => {
    const { add, sent, finish } = slowWriter();
    const answers = ['ingest', 'ingest', 'ingest', 'ingest'].map(add);
    expect(sent()).toHaveLength(2);
    await finish(0);
    expect(sent()).toHaveLength(3);
    await finish(1);
    await finish(2);
    await finish(3);
    expect(await Promise.all(answers)).toEqual([0, 1, 2, 3]);
  });

  it('keeps the order: what was asked for after a page is written after it', async () => {
    const { add, sent, finish } = slowWriter();
    for (const method of ['ingest', 'appendAudit', 'ingest', 'ingest', 'finishSweep']) void add(method);
    expect(sent()).toEqual(['ingest', 'appendAudit', 'ingest']);
    await finish(1);
    expect(sent()).toHaveLength(3);
    await finish(0);
    expect(sent()).toEqual(['ingest', 'appendAudit', 'ingest', 'ingest', 'finishSweep']);
  });

  it('goes on after a page that failed', async () => {
    const { add, sent, underWay } = slowWriter();
    const [first] = ['ingest', 'ingest', 'ingest'].map((method) =>
      add(method).catch((error: unknown) => error),
    );
    underWay[0]?.done.reject(new Error('The disk is full.'));
    expect(await first).toEqual(new Error('The disk is full.'));
    expect(sent()).toHaveLength(3);
  });
});
