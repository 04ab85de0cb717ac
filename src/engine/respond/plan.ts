import type { RevocationCounts, RevocationItem } from '../../contract/revocation.ts';
import type { Session } from '../../contract/session.ts';
import type { Capabilities } from '../../contract/source.ts';

export type PlanInput = {
  readonly sessions: readonly Session[];
  /** Keys that were asked for by name and don't exist. */
  readonly unknownKeys: readonly string[];
  /** Keys of own or possibly own sessions that the operator named one by one. */
  readonly includeCurrent: ReadonlySet<string>;
  /** By source id; a source that is missing here is no longer configured. */
  readonly capabilities: ReadonlyMap<string, Capabilities>;
};

export type Plan = {
  readonly items: readonly RevocationItem[];
  readonly counts: RevocationCounts;
  readonly warnings: readonly string[];
  readonly estimatedSeconds: number;
};

/** Sessions above which the operator types the count (detections: response safety 3). */
export const CONFIRM_ABOVE = 25;
/** Assumed for a request where no budget is documented, in milliseconds (chosen; polite rather than fast). */
const ASSUMED_REQUEST_MS = 300;

/**
 * What a revocation would do, session by session, with the reason for every one it leaves alone. Pure: nothing is
 * asked and nothing is written, and the same input gives the same plan. The operator's own sessions, and those that
 * may be, stay out unless named one by one.
 */
export function planRevocation(input: PlanInput): Plan {
  const items = input.sessions.map((session) => planItem(session, input));
  return {
    items,
    counts: countItems(items),
    warnings: warningsFor(items, input),
    estimatedSeconds: estimateSeconds(items, input.capabilities),
  };
}

/** How many items are in each state; states without items are left out. */
function countItems(items: readonly Pick<RevocationItem, 'state'>[]): RevocationCounts {
  const counts: RevocationCounts = {};
  for (const { state } of items) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

function planItem(session: Session, input: PlanInput): RevocationItem {
  const why = reasonToSkip(session, input);
  return {
    session: session.key,
    source: session.source,
    userId: session.userId,
    userName: session.userName,
    hint: session.hint,
    state: why === null ? 'planned' : 'skipped',
    why,
  };
}

function reasonToSkip(session: Session, input: PlanInput): string | null {
  const capabilities = input.capabilities.get(session.source);
  if (capabilities === undefined) return `The source "${session.source}" is no longer configured.`;
  if (!capabilities.canRevokeOne) return `The API of "${session.source}" has no way to end a session.`;
  if (session.state === 'ended' || session.state === 'revoked') return `It is already ${session.state}.`;
  if (session.state === 'expired') return 'It has already expired.';
  if (input.includeCurrent.has(session.key)) return null;
  if (session.current === true)
    return 'It is the session Sessionscope itself uses there: name it to end it too.';
  if (isPossiblyOwn(session)) {
    return `It belongs to the account Sessionscope uses, and "${session.source}" does not tell which session is the current one: name it to end it.`;
  }
  return null;
}

function isPossiblyOwn(session: Session): boolean {
  return session.current === null && session.userId === session.account;
}

function warningsFor(items: readonly RevocationItem[], input: PlanInput): readonly string[] {
  const planned = new Set(items.filter(({ state }) => state === 'planned').map(({ session }) => session));
  const sessions = input.sessions.filter(({ key }) => planned.has(key));
  const warnings: string[] = [];
  const named = sessions.filter((session) => session.current === true || isPossiblyOwn(session)).length;
  if (named > 0) {
    warnings.push(
      `${named} of these may be your own sign-in: ending it locks Sessionscope out of that source.`,
    );
  }
  const unknownCurrent = new Set(input.sessions.filter(isPossiblyOwn).map(({ source }) => source));
  for (const source of [...unknownCurrent].sort()) {
    warnings.push(
      `"${source}" does not tell which session is your own; those of your account are left out unless named.`,
    );
  }
  for (const source of [...new Set(sessions.map((session) => session.source))].sort()) {
    const latencyMs = input.capabilities.get(source)?.revokeLatencyMs ?? 0;
    if (latencyMs > 0) {
      warnings.push(
        `"${source}" may accept an ended session for up to ${Math.ceil(latencyMs / 60_000)} more minutes.`,
      );
    }
  }
  if (input.unknownKeys.length > 0) {
    warnings.push(
      `${input.unknownKeys.length} of the named sessions do not exist: ${input.unknownKeys.slice(0, 5).join(', ')}.`,
    );
  }
  return warnings;
}

/** Sources work side by side, so the slowest decides: its requests within its budget, and two listings. */
function estimateSeconds(
  items: readonly RevocationItem[],
  capabilities: ReadonlyMap<string, Capabilities>,
): number {
  const perSource = new Map<string, number>();
  for (const { source, state } of items) {
    if (state === 'planned') perSource.set(source, (perSource.get(source) ?? 0) + 1);
  }
  const seconds = [...perSource].map(([source, sessions]) => {
    const requests = sessions + 2;
    const waits = (capabilities.get(source)?.rate ?? []).map(
      ({ max, windowMs }) => Math.floor((requests - 1) / max) * windowMs,
    );
    return (Math.max(0, ...waits) + requests * ASSUMED_REQUEST_MS) / 1000;
  });
  return Math.ceil(Math.max(0, ...seconds));
}
