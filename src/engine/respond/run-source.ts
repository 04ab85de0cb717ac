import type { RevocationItem, RevocationItemState } from '../../contract/revocation.ts';
import { EngineError, toProblem } from '../errors.ts';
import type { Clock } from '../host.ts';
import type { LiveSession } from '../poll/listed-sessions.ts';
import type { Sweep } from '../poll/sweep.ts';
import type { RevokeAnswer } from '../source/source.ts';

/** One source as a revocation sees it. */
export type Target = {
  sweep(): Promise<Sweep>;
  live(key: string): LiveSession | undefined;
  revoke(session: LiveSession): Promise<RevokeAnswer>;
};

export type SourceRun = {
  readonly target: Target;
  readonly clock: Clock;
  /** Stop after the current item. */
  readonly stopping: AbortSignal;
  /** Writes an item's state before anything else happens. */
  readonly record: (session: string, state: RevocationItemState, why: string | null) => Promise<void>;
};

/** How often a session that is still listed is asked to end again, and a failed listing is repeated. */
const ATTEMPTS = 3;
/** First wait before a listing is repeated, doubled each time, in milliseconds. */
const FIRST_WAIT_MS = 2_000;
/** Longest wait for a budget to refill while the job stays running, in milliseconds. */
const MAX_BUDGET_WAIT_MS = 3_600_000;

/** A session still to be settled, and what it becomes once a listing no longer shows it. */
type Open = {
  readonly session: string;
  /** A request went out for it, in this run or before an interruption. */
  readonly wasAsked: boolean;
  readonly goneAs: 'verified' | 'already-gone';
  readonly goneWhy: string | null;
};

/**
 * Ends the sessions of one source and proves it: ask, list afresh, and ask again for what is still there. An item is
 * `verified` only by a complete sweep that began after its request and no longer lists it.
 */
export async function runSource(run: SourceRun, items: readonly RevocationItem[]): Promise<void> {
  let open = items.map(asFound);
  const needsListing = items.some(
    ({ session, state }) => state !== 'planned' || run.target.live(session) === undefined,
  );
  if (needsListing) open = await settleByListing(run, open, 'again');

  for (let attempt = 1; open.length > 0 && attempt <= ATTEMPTS; attempt += 1) {
    const asked: Open[] = [];
    for (const { session } of open) {
      if (run.stopping.aborted) break;
      const answered = await askToEnd(run, session);
      if (answered !== null) asked.push(answered);
    }
    if (asked.length === 0) return;
    open = await settleByListing(run, asked, attempt === ATTEMPTS ? 'last' : 'again');
    if (run.stopping.aborted) return;
  }
}

/** What an absent session means before this run has asked anything: ours if a run before this one had asked. */
function asFound({ session, state }: RevocationItem): Open {
  if (state === 'planned')
    return {
      session,
      wasAsked: false,
      goneAs: 'already-gone',
      goneWhy: 'It was no longer listed when the job began.',
    };
  return {
    session,
    wasAsked: true,
    goneAs: 'verified',
    goneWhy: 'Requested before an interruption, and no longer listed after it.',
  };
}

/** Sends one request; null when the session is settled, or left for a later run, and need not be verified. */
async function askToEnd(run: SourceRun, session: string): Promise<Open | null> {
  const live = run.target.live(session);
  // A source that was set up anew meanwhile knows no session yet: only the next listing tells whether it is gone.
  if (live === undefined) {
    return {
      session,
      wasAsked: false,
      goneAs: 'already-gone',
      goneWhy: 'It was no longer listed when its turn came.',
    };
  }
  await run.record(session, 'requested', null);
  for (;;) {
    try {
      const { outcome, note } = await run.target.revoke(live);
      await run.record(session, 'accepted', note);
      if (outcome === 'accepted') return { session, wasAsked: true, goneAs: 'verified', goneWhy: null };
      return {
        session,
        wasAsked: true,
        goneAs: 'already-gone',
        goneWhy: 'The source says it was already gone, and no longer lists it.',
      };
    } catch (error) {
      const waitMs = budgetWaitMs(error);
      if (waitMs === null) return settleRefusal(run, session, error);
      // The refusal came before anything happened at the far side, so asking again is safe.
      await run.clock.sleep(waitMs, run.stopping).catch(() => undefined);
      if (run.stopping.aborted) {
        await run.record(session, 'planned', null);
        return null;
      }
    }
  }
}

/** After a lost answer the session may be gone or not: only the listing can tell. Anything else is final. */
async function settleRefusal(run: SourceRun, session: string, error: unknown): Promise<Open | null> {
  const { code, message } = toProblem(error);
  const isAnswerLost = ['timeout', 'offline', 'server-error', 'bad-answer', 'cancelled'].includes(code);
  await run.record(session, isAnswerLost ? 'requested' : 'failed', message);
  if (!isAnswerLost) return null;
  return {
    session,
    wasAsked: true,
    goneAs: 'verified',
    goneWhy: `The answer was lost (${code}), and it is no longer listed.`,
  };
}

function budgetWaitMs(error: unknown): number | null {
  if (!(error instanceof EngineError) || error.code !== 'rate-limited') return null;
  return Math.min(error.retryAfterMs ?? FIRST_WAIT_MS, MAX_BUDGET_WAIT_MS);
}

/**
 * Lists the source afresh and settles what is gone. Answers the sessions still listed; after the last attempt these
 * are settled as `still-present`. Where no complete listing can be had, nothing is proven: `failed` when nothing was
 * asked, `unverifiable` after; and when the job was told to stop while waiting for one, they stay open for a later run.
 */
async function settleByListing(
  run: SourceRun,
  open: readonly Open[],
  when: 'again' | 'last',
): Promise<Open[]> {
  const sweep = await sweepWithPatience(run);
  if (!sweep.report.complete) {
    if (run.stopping.aborted) return [];
    const why = `No complete listing could be had: ${sweep.report.error?.message ?? 'the sweep broke off.'}`;
    for (const { session, wasAsked } of open)
      await run.record(session, wasAsked ? 'unverifiable' : 'failed', why);
    return [];
  }
  // Asked all at once: the poller clears what a sweep listed when the next one has ended.
  const listed = new Set(open.map(({ session }) => session).filter((session) => sweep.live.has(session)));
  const present: Open[] = [];
  for (const each of open) {
    if (!listed.has(each.session)) await run.record(each.session, each.goneAs, each.goneWhy);
    else if (when !== 'last') present.push(each);
    else
      await run.record(
        each.session,
        'still-present',
        `It is still listed after ${ATTEMPTS} attempts to end it.`,
      );
  }
  return present;
}

async function sweepWithPatience(run: SourceRun): Promise<Sweep> {
  let sweep = await run.target.sweep();
  for (let attempt = 1; !sweep.report.complete && attempt < ATTEMPTS; attempt += 1) {
    const waitMs = Math.min(sweep.retryAfterMs ?? FIRST_WAIT_MS * 2 ** (attempt - 1), MAX_BUDGET_WAIT_MS);
    await run.clock.sleep(waitMs, run.stopping).catch(() => undefined);
    if (run.stopping.aborted) return sweep;
    sweep = await run.target.sweep();
  }
  return sweep;
}
