import { ListedSessions, type LiveSession } from '../../src/engine/poll/listed-sessions.ts';

/** What a sweep has that saw these sessions alive, by key. */
export function listedSessions(live: Iterable<readonly [string, LiveSession]>): ListedSessions {
  const sessions = new ListedSessions();
  for (const [key, session] of live) sessions.add(key, session);
  return sessions;
}
