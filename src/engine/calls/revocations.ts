import { randomUUID } from 'node:crypto';
import type { RevocationItem, RevocationPlan } from '../../contract/revocation.ts';
import type { Engine } from '../api.ts';
import { EngineError } from '../errors.ts';
import type { Clock } from '../host.ts';
import type { Jobs } from '../respond/jobs.ts';
import { CONFIRM_ABOVE, planRevocation } from '../respond/plan.ts';
import { capabilitiesOf } from '../source/registry.ts';
import type { StoreReader } from '../store/store-reader.ts';

/** How long a frozen plan can be started, in milliseconds: long enough to discuss, short enough to still be true. */
const PLAN_LIFE_MS = 3_600_000;
/** Frozen plans kept at once; the oldest goes first. */
const MAX_PLANS = 50;

export type RevocationCallsDeps = {
  readonly read: StoreReader;
  readonly clock: Clock;
  /** The jobs, or `conflict` when another process holds the data directory. */
  readonly jobs: () => Jobs;
};

/** What the router's `revocations` calls do. A plan is frozen here and started as it is, or not at all. */
export function revocationCalls({ read, clock, jobs }: RevocationCallsDeps): Engine['revocations'] {
  const plans = new Map<string, { readonly atMs: number; readonly items: readonly RevocationItem[] }>();

  const takePlan = (id: string): readonly RevocationItem[] => {
    const plan = plans.get(id);
    if (plan === undefined || clock.now() - plan.atMs > PLAN_LIFE_MS) {
      throw new EngineError(
        'not-found',
        'This plan is no longer there (plans live for an hour); make it again.',
      );
    }
    return plan.items;
  };

  return {
    plan: async ({ query, keys, includeCurrent }) => {
      if (query === null && keys.length === 0) {
        throw new EngineError('invalid-input', 'Say which sessions to end: a query, or session keys.', {
          field: 'query',
        });
      }
      const sessions = await read.planCandidates(query, [...keys, ...includeCurrent]);
      const found = new Set(sessions.map(({ key }) => key));
      const records = await read.sources();
      const plan = planRevocation({
        sessions,
        unknownKeys: [...keys, ...includeCurrent].filter((key) => !found.has(key)),
        includeCurrent: new Set(includeCurrent),
        capabilities: new Map(records.map(({ config }) => [config.id, capabilitiesOf(config)])),
      });
      const frozen: RevocationPlan = {
        id: randomUUID(),
        createdAt: new Date(clock.now()).toISOString(),
        items: [...plan.items],
        counts: plan.counts,
        warnings: [...plan.warnings],
        estimatedSeconds: plan.estimatedSeconds,
      };
      plans.set(frozen.id, { atMs: clock.now(), items: plan.items });
      const oldest = plans.keys().next();
      if (plans.size > MAX_PLANS && oldest.done !== true) plans.delete(oldest.value);
      return frozen;
    },

    start: async ({ planId, reason, confirmCount }) => {
      const items = takePlan(planId);
      const planned = items.filter(({ state }) => state === 'planned').length;
      if (planned === 0)
        throw new EngineError('refused', 'This plan would end no session: every one of them is left out.');
      if (planned > CONFIRM_ABOVE && confirmCount !== planned) {
        throw new EngineError('refused', `This ends ${planned} sessions: confirm by giving that number.`, {
          field: 'confirmCount',
        });
      }
      const started = await jobs().start(randomUUID(), reason, items);
      plans.delete(planId);
      return started;
    },

    list: (limit) => read.revocations(limit),
    get: async (id) => {
      const revocation = await read.revocation(id);
      if (revocation === null) throw new EngineError('not-found', `There is no revocation "${id}".`);
      return revocation;
    },
    watch: (id, signal) => jobs().watch(id, signal),
    stop: async (id) => jobs().stop(id),
    resume: async (id) => jobs().resume(id),
  };
}
