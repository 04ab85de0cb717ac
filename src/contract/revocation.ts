import { z } from 'zod';
import { instant } from './instant.ts';

export const revocationState = z.enum(['planned', 'running', 'stopped', 'partial', 'done']);
/** `done`: every item that was not skipped is verified or was already gone. `partial`: finished, and some are not. */
export type RevocationState = z.infer<typeof revocationState>;

export const revocationItemState = z.enum([
  'planned',
  'requested',
  'accepted',
  'verified',
  'still-present',
  'already-gone',
  'failed',
  'unverifiable',
  'skipped',
]);
export type RevocationItemState = z.infer<typeof revocationItemState>;

export const revocationItem = z.object({
  /** Key of the session. */
  session: z.string(),
  source: z.string(),
  userId: z.string(),
  userName: z.string().nullable(),
  hint: z.string(),
  state: revocationItemState,
  /** Why it was skipped, failed or can't be verified, as a sentence; null when there is nothing to say. */
  why: z.string().nullable(),
});
export type RevocationItem = z.infer<typeof revocationItem>;

/** How many items are in each state; states without items are left out. */
export const revocationCounts = z.partialRecord(revocationItemState, z.number().int());
export type RevocationCounts = z.infer<typeof revocationCounts>;

/** A job without its items. */
export const revocationSummary = z.object({
  id: z.string(),
  state: revocationState,
  reason: z.string(),
  createdAt: instant,
  finishedAt: instant.nullable(),
  counts: revocationCounts,
});
export type RevocationSummary = z.infer<typeof revocationSummary>;

export const revocation = revocationSummary.extend({ items: z.array(revocationItem) });
export type Revocation = z.infer<typeof revocation>;

/** Which sessions to plan for: a query, explicit keys, or both (the union). */
export const revocationPlanRequest = z.object({
  query: z.string().max(4096).nullable().default(null),
  keys: z.array(z.string().max(64)).max(100_000).default([]),
  /** Keys of the operator's own or possibly own sessions, named one by one. */
  includeCurrent: z.array(z.string().max(64)).max(100).default([]),
});
export type RevocationPlanRequest = z.infer<typeof revocationPlanRequest>;

/** A frozen list: what `revocations.start` will do, and nothing more. Kept in memory until started or for an hour. */
export const revocationPlan = z.object({
  id: z.string(),
  createdAt: instant,
  items: z.array(revocationItem),
  counts: revocationCounts,
  /** Sentences the operator should read before confirming (own sessions, unknown current, latency, budgets). */
  warnings: z.array(z.string()),
  /** How long the requests and the verification will take within the sources' budgets, in seconds. */
  estimatedSeconds: z.number(),
});
export type RevocationPlan = z.infer<typeof revocationPlan>;

export const revocationStartRequest = z.object({
  planId: z.string(),
  reason: z.string().trim().min(3, 'give a reason of at least 3 characters').max(1000),
  /** Required from 26 sessions on: the number the operator typed. */
  confirmCount: z.number().int().nullable().default(null),
});
export type RevocationStartRequest = z.infer<typeof revocationStartRequest>;
