import { join } from 'node:path';
import type { PersonFacts, Sighting } from '../../src/engine/detect/facts.ts';
import { openReader } from '../../src/engine/store/database.ts';
import { PersonReader } from '../../src/engine/store/person-facts.ts';
import type { TestStore } from './data-dir.ts';

/** What the rules are told of a user, from `sinceMs` on, as plain values; null when there is no such user. */
export function factsIn(store: TestStore, user: number, sinceMs = 0): PersonFacts | null {
  const db = openReader(join(store.dataDir, 'sessionscope.db'));
  try {
    const [person] = new PersonReader(db).read([user], { sinceMs, nowMs: store.clock.now() });
    if (person === undefined) return null;
    const users = person.users.map(({ user: _, ...member }) => member);
    return { ...person, users, sightings: person.sightings.map(plain) };
  } finally {
    db.close();
  }
}

function plain(sighting: Sighting): Sighting {
  const { id, kind, fromMs, toMs, quality, outcome, source, userId, sessionKey } = sighting;
  const { ip, ipClass, place, network, device, userAgent, isOwnPoll, idReconnects } = sighting;
  return {
    ...{ id, kind, fromMs, toMs, quality, outcome, source, userId, sessionKey },
    ...{ ip, ipClass, place, network, device, userAgent, isOwnPoll, idReconnects },
    ...(sighting.isQuarantined === true ? { isQuarantined: true } : {}),
  };
}
