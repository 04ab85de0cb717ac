import type { PersonFacts, Sighting } from './facts.ts';

/** Two sightings of one session, one right after the other. */
export type SessionStep = {
  readonly sessionKey: string;
  readonly before: Sighting;
  readonly after: Sighting;
  /** When the session started, as the first sighting before this one tells it that does; null when none does. */
  readonly startMs: number | null;
};

/**
 * Visits every step of every session, in time order. Left out are failed logins, which belong to no session, and starts
 * whose time can't be believed, because nobody knows what they come before.
 */
export function visitSessionSteps({ sightings }: PersonFacts, visit: (step: SessionStep) => void): void {
  const lastBySession = new Map<string, { sighting: Sighting; startMs: number | null }>();
  for (const after of sightings) {
    const { sessionKey, kind, quality, outcome } = after;
    if (sessionKey === null || outcome === 'failure') continue;
    if (kind === 'start' && quality === 'untrusted') continue;
    const last = lastBySession.get(sessionKey);
    if (last === undefined) {
      lastBySession.set(sessionKey, { sighting: after, startMs: knownStart(after) });
      continue;
    }
    visit({ sessionKey, before: last.sighting, after, startMs: last.startMs });
    last.sighting = after;
    last.startMs ??= knownStart(after);
  }
}

/** What a poll found may be weeks old. */
function knownStart({ kind, toMs }: Sighting): number | null {
  return kind === 'activity' ? null : toMs;
}
