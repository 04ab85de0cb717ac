import type { UserTag } from '../../src/contract/person.ts';
import type { FactsUser, PersonFacts, SessionFacts, Sighting } from '../../src/engine/detect/facts.ts';
import { DAY, factsOf, laptop, NOW_MS } from './sighting.ts';

let count = 0;

/** A live session of ann's that began yesterday and expires tomorrow; say only what matters to the test. */
export function aSession(over: Partial<SessionFacts> = {}): SessionFacts {
  count += 1;
  return {
    key: `live-${String(count).padStart(4, '0')}`,
    source: 'app',
    userId: 'u1',
    startedAtMs: NOW_MS - DAY,
    lastSeenAtMs: NOW_MS,
    expiresAtMs: NOW_MS + DAY,
    firstObservedAtMs: NOW_MS - DAY,
    isUserGone: false,
    userGoneSinceMs: null,
    tellsExpiry: true,
    tellsLastSeen: true,
    device: laptop,
    isOwn: false,
    revokedAtMs: null,
    lastListedAtMs: NOW_MS,
    pollEveryMs: 60_000,
    ...over,
  };
}

/** Ann with live sessions. */
export function factsWith(sessions: readonly SessionFacts[], ...sightings: readonly Sighting[]): PersonFacts {
  return { ...factsOf(...sightings), sessions };
}

/** The same person with tags on every user. */
export function tagged(facts: PersonFacts, ...tags: readonly UserTag[]): PersonFacts {
  return withUsers(facts, { tags });
}

/** The same person with something else known of every user. */
export function withUsers(facts: PersonFacts, over: Partial<FactsUser>): PersonFacts {
  return { ...facts, users: facts.users.map((user) => ({ ...user, ...over })) };
}
