import { setImmediate as otherWork } from 'node:timers/promises';
import type { Store, UserNumber } from '../store/store.ts';

/** Users that are asked for at once; the store judges as many of them as one answer should take. */
const USERS_A_CALL = 200;

/** Runs the rules over users that a sweep touched; findings already known add nothing. Answers how many were new. */
export function createJudge(deps: { readonly store: Store; readonly onFindings: () => void }) {
  return async (touched: ReadonlySet<UserNumber>): Promise<number> => {
    const { read, write } = deps.store;
    if (write === null) return 0;
    const users = [...touched];
    let added = 0;
    for (let next = 0; next < users.length;) {
      const judged = await read.judge(users.slice(next, next + USERS_A_CALL));
      if (judged.found.length > 0) added += await write.saveFindings(judged.found);
      next += judged.users;
      // Where the store has no threads of its own, answers come before anything else gets its turn.
      await otherWork();
    }
    if (added > 0) deps.onFindings();
    return added;
  };
}
