import type { PersonFacts, Sighting } from './facts.ts';

/** Two sightings of one session, one right after the other. */
export type SessionStep = {
  readonly sessionKey: string;
  readonly before: Sighting;
  readonly after: Sighting;
};

/**
 * Every step of every session, in time order. Left out are failed logins, which belong to no session, and starts whose
 * time can't be believed, because nobody knows what they come before.
 */
export function* sessionSteps(facts: PersonFacts): Generator<SessionStep> {
  const lastBySession = new Map<string, Sighting>();
  for (const after of facts.sightings) {
    const { sessionKey, kind, quality, outcome } = after;
    if (sessionKey === null || outcome === 'failure') continue;
    if (kind === 'start' && quality === 'untrusted') continue;
    const before = lastBySession.get(sessionKey);
    lastBySession.set(sessionKey, after);
    if (before !== undefined) yield { sessionKey, before, after };
  }
}
