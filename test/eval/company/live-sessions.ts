import type { SessionFacts, Sighting } from '../../../src/engine/detect/facts.ts';
import { POLL_MS } from './act.ts';
import { assume } from './assumptions.ts';
import { chanceOf } from './chance.ts';
import { DAY_MS, HOUR_MS } from './clock.ts';
import type { History, Truth } from './history.ts';
import type { Leaving } from './leaving.ts';
import type { Profile } from './person.ts';

/** How a made-up source keeps sessions, and what it tells of them. */
export type SessionPolicy = (typeof assume.session.policies)[number];

/** Companies differ in it; four seeds in a row have one of each. */
export function sessionPolicyOf(seed: number): SessionPolicy {
  const { policies } = assume.session;
  return policies[seed % policies.length] ?? policies[0];
}

/** An account at the moment of the last listing. */
export type Listing = Pick<History, 'userId' | 'sightings' | 'truths'> & {
  readonly profile: Profile;
  readonly policy: SessionPolicy;
  readonly nowMs: number;
  /** Null: still there. */
  readonly leaving: Leaving | null;
};

/** A session as far as its sightings tell. */
type Span = { readonly start: Sighting; lastUseMs: number };

/**
 * The sessions that a source still lists: those left open until their life is over, and those nobody has signed out of yet.
 * Nobody who broke in signs out; who uses a stolen session keeps it alive.
 */
export function liveSessionsOf(listing: Listing): readonly SessionFacts[] {
  if (listing.leaving?.isForgotten === false) return [];
  return [...spansOf(listing.sightings)].flatMap(([key, span]) => {
    const endMs = endOf(key, span, listing);
    return endMs > listing.nowMs ? [factsOf(key, span, listing)] : [];
  });
}

function spansOf(sightings: readonly Sighting[]): ReadonlyMap<string, Span> {
  const spans = new Map<string, Span>();
  for (const sighting of sightings) {
    const { kind, sessionKey, toMs } = sighting;
    if (sessionKey === null) continue;
    const span = spans.get(sessionKey);
    if (span !== undefined) span.lastUseMs = Math.max(span.lastUseMs, toMs);
    else if (kind === 'start') spans.set(sessionKey, { start: sighting, lastUseMs: toMs });
  }
  return spans;
}

function endOf(key: string, { start, lastUseMs }: Span, { profile, policy, truths, nowMs }: Listing): number {
  const { leftOpen, signedOutAfterHours } = assume.session;
  const lifeMs = lifeMsOf(policy);
  // Whatever chance says: most sessions of a long history are over.
  if (lastUseMs + Math.max(lifeMs, 30 * signedOutAfterHours * HOUR_MS) <= nowMs) return lastUseMs;
  const chance = chanceOf(`session/${key}`);
  const isLeft = isIntruders(truths.get(start.id)) || chance.happens(leftOpen[profile]);
  return lastUseMs + (isLeft ? lifeMs : chance.exponential(signedOutAfterHours * HOUR_MS));
}

function isIntruders(truth: Truth | undefined): boolean {
  return truth !== undefined && truth.attack !== null;
}

function lifeMsOf({ lifeDays }: SessionPolicy): number {
  return lifeDays === null ? Infinity : lifeDays * DAY_MS;
}

function factsOf(
  key: string,
  { start, lastUseMs }: Span,
  { userId, policy, nowMs, leaving }: Listing,
): SessionFacts {
  const { lifeDays, tellsExpiry, tellsLastSeen } = policy;
  return {
    key,
    source: start.source,
    userId,
    startedAtMs: start.toMs,
    lastSeenAtMs: lastUseMs,
    expiresAtMs: tellsExpiry && lifeDays !== null ? lastUseMs + lifeDays * DAY_MS : null,
    firstObservedAtMs: pollAfter(start.toMs),
    isUserGone: leaving !== null,
    userGoneSinceMs: leaving === null ? null : pollAfter(leaving.atMs),
    tellsExpiry,
    tellsLastSeen,
    device: start.device,
    isOwn: false,
    revokedAtMs: null,
    lastListedAtMs: nowMs,
    pollEveryMs: POLL_MS,
  };
}

function pollAfter(ms: number): number {
  return Math.ceil(ms / POLL_MS) * POLL_MS;
}
