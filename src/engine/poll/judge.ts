import { setImmediate as otherWork } from 'node:timers/promises';
import type { Store, UserNumber } from '../store/store.ts';

/** Users that are asked for at once; the store judges as many of them as one answer should take. */
const USERS_A_CALL = 200;

export type JudgeDeps = {
  readonly store: Store;
  readonly onFindings: () => void;
  /** Called with the ids of findings that later facts explained. */
  readonly onWithdrawn?: (ids: readonly string[]) => Promise<void>;
};

/** Runs the rules over users that a sweep touched; findings already known add nothing. Answers how many were new. */
export function createJudge({ store, onFindings, onWithdrawn }: JudgeDeps) {
  return async (touched: ReadonlySet<UserNumber>): Promise<number> => {
    const { read, write } = store;
    if (write === null) return 0;
    const users = [...touched];
    let [added, written] = [0, 0];
    for (let next = 0; next < users.length;) {
      const judged = await read.judge(users.slice(next, next + USERS_A_CALL));
      if (judged.found.length + judged.withdrawn.length > 0) {
        const saved = await write.saveFindings(judged.found, judged.withdrawn);
        added += saved.added;
        written += saved.added + saved.changed + saved.withdrawn.length;
        if (saved.withdrawn.length > 0) await onWithdrawn?.(saved.withdrawn);
      }
      next += judged.users;
      // Where the store has no threads of its own, answers come before anything else gets its turn.
      await otherWork();
    }
    if (written > 0) onFindings();
    return added;
  };
}
