import type {
  Revocation,
  RevocationItem,
  RevocationPlan,
  RevocationPlanRequest,
  RevocationStartRequest,
  RevocationSummary,
} from '../../../src/contract/revocation.ts';
import type { Session } from '../../../src/contract/session.ts';
import { EngineError } from '../../../src/engine/errors.ts';

const STEP_MS = 90;

/** Plans and runs jobs in memory; each item takes a few steps to its verified end. */
export function fakeRevocations(
  find: (request: RevocationPlanRequest) => readonly Session[],
  changed: () => void,
) {
  const plans = new Map<string, RevocationPlan>();
  const jobs = new Map<string, Revocation>();
  let made = 0;
  const summary = ({ id, state, reason, createdAt, finishedAt, counts }: Revocation): RevocationSummary => ({
    id,
    state,
    reason,
    createdAt,
    finishedAt,
    counts,
  });
  const jobOf = (id: string) => {
    const job = jobs.get(id);
    if (job === undefined) throw new EngineError('not-found', `There is no revocation ${id}.`);
    return job;
  };
  return {
    plans,
    plan: async (request: RevocationPlanRequest): Promise<RevocationPlan> => {
      const items = find(request).map((session) => planned(session, request.includeCurrent));
      const id = `plan-${++made}`;
      const plan = {
        id,
        createdAt: new Date().toISOString(),
        items,
        counts: countsOf(items),
        warnings: warnings(items),
        estimatedSeconds: items.length * 2,
      };
      plans.set(id, plan);
      return plan;
    },
    start: async ({ planId, reason }: RevocationStartRequest): Promise<RevocationSummary> => {
      const plan = plans.get(planId);
      if (plan === undefined) throw new EngineError('not-found', 'This plan is too old. Plan again.');
      const items = plan.items.map((item) => ({ ...item }));
      const job: Revocation = {
        id: `job-${++made}`,
        state: 'running',
        reason,
        createdAt: new Date().toISOString(),
        finishedAt: null,
        counts: countsOf(items),
        items,
      };
      jobs.set(job.id, job);
      void run(job, changed);
      return summary(job);
    },
    list: async () => [...jobs.values()].reverse().map(summary),
    get: async (id: string) => structuredClone(jobOf(id)),
    async *watch(id: string, signal: AbortSignal): AsyncGenerator<RevocationSummary> {
      const job = jobOf(id);
      yield summary(job);
      while (job.state === 'running' && !signal.aborted) {
        await pause(STEP_MS);
        yield summary(job);
      }
    },
    stop: async (id: string) => {
      jobOf(id).state = 'stopped';
    },
    resume: async (id: string) => {
      const job = jobOf(id);
      job.state = 'running';
      void run(job, changed);
    },
  };
}

async function run(job: Revocation, changed: () => void): Promise<void> {
  for (const item of job.items) {
    for (const state of ['requested', 'accepted', 'verified'] as const) {
      if (job.state !== 'running') return;
      if (item.state === 'skipped' || item.state === 'verified') continue;
      await pause(STEP_MS);
      const isStuck = item.hint.endsWith('7') && state === 'verified';
      item.state = isStuck ? 'still-present' : state;
      item.why = isStuck ? 'The source still lists it after a complete sweep. End it at the source.' : null;
      job.counts = countsOf(job.items);
      changed();
    }
  }
  job.state = job.items.some(({ state }) => state === 'still-present') ? 'partial' : 'done';
  job.finishedAt = new Date().toISOString();
  changed();
}

function planned(session: Session, included: readonly string[]): RevocationItem {
  const why = reasonToSkip(session, included.includes(session.key));
  const { key, source, userId, userName, hint } = session;
  return { session: key, source, userId, userName, hint, state: why === null ? 'planned' : 'skipped', why };
}

function reasonToSkip(session: Session, isIncluded: boolean): string | null {
  if (!session.revocable) return `${session.source} has no way to end a session.`;
  if (session.state !== 'active' && session.state !== 'unknown') return `It is ${session.state} already.`;
  if (session.current === true && !isIncluded)
    return 'It is the session this app polls with. Include it by name to end it.';
  return null;
}

function warnings(items: readonly RevocationItem[]): string[] {
  return items.some(({ source }) => source === 'panel')
    ? ['panel can’t tell which session is its own: one of these may be the one this app uses.']
    : [];
}

function countsOf(items: readonly RevocationItem[]): RevocationSummary['counts'] {
  const found: RevocationSummary['counts'] = {};
  for (const { state } of items) found[state] = (found[state] ?? 0) + 1;
  return found;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
