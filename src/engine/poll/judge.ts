import { detect } from '../detect/detect.ts';
import { factsReachMs } from '../detect/settings.ts';
import type { Clock } from '../host.ts';
import type { Store, UserNumber } from '../store/store.ts';

/** Runs the rules over users that a sweep touched; findings already known add nothing. Answers how many were new. */
export function createJudge(deps: {
  readonly store: Store;
  readonly clock: Clock;
  readonly onFindings: () => void;
}) {
  return async (users: ReadonlySet<UserNumber>): Promise<number> => {
    const { read, write } = deps.store;
    if (write === null) return 0;
    let added = 0;
    for (const user of users) {
      const facts = await read.personFacts(user, deps.clock.now() - factsReachMs);
      if (facts === null) continue;
      const { findings } = detect(facts);
      if (findings.length > 0) added += await write.saveFindings(user, findings);
    }
    if (added > 0) deps.onFindings();
    return added;
  };
}
