/**
 * Runs a task and yields what it reports on the way, only the newest when the reader is slow, and then its result. The
 * task drives itself: a reader that dawdles doesn't hold it up, and one that leaves ends it.
 */
export async function* withProgress<Step, Result>(
  task: (report: (step: Step) => void, signal: AbortSignal) => Promise<Result>,
  signal: AbortSignal,
): AsyncGenerator<Step | { readonly kind: 'done'; readonly result: Result }, void, void> {
  const left = new AbortController();
  const newest: Step[] = [];
  let wake: () => void = () => undefined;
  const settled = task(
    (step) => {
      newest[0] = step;
      wake();
    },
    AbortSignal.any([signal, left.signal]),
  ).then(
    (result) => ({ result }),
    (error: unknown) => ({ error }),
  );
  try {
    for (;;) {
      const news = new Promise<null>((resolve) => (wake = () => resolve(null)));
      const step = newest.pop();
      if (step !== undefined) {
        yield step;
        continue;
      }
      const outcome = await Promise.race([settled, news]);
      if (outcome === null) continue;
      if ('error' in outcome) throw outcome.error;
      yield { kind: 'done', result: outcome.result };
      return;
    }
  } finally {
    left.abort();
    await settled;
  }
}
