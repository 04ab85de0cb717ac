import { z } from 'zod';
import { verdict } from './finding.ts';

/** Findings or incidents named at once. */
const ids = z.array(z.string().min(1).max(64)).min(1, 'name at least one').max(10_000);
const reason = z.string().trim().min(3, 'give a reason of at least 3 characters').max(1000);

/** What an analyst decides of findings, or of all that waits in incidents. */
export const decideRequest = z.object({
  ids,
  verdict,
  reason,
  /** Id of the finding or incident that it repeats; only with `duplicate`, and needed there. */
  duplicateOf: z.string().min(1).max(64).nullable().default(null),
});
export type DecideRequest = z.infer<typeof decideRequest>;

/** Takes verdicts back. */
export const reopenRequest = z.object({ ids, reason });
export type ReopenRequest = z.infer<typeof reopenRequest>;

/** What a decision did. */
export const decided = z.object({
  /** Findings that changed. */
  findings: z.number().int(),
  /** Keys of the sessions they name: what a true positive's revocation would be about. */
  sessions: z.array(z.string()),
});
export type Decided = z.infer<typeof decided>;

export const assignRequest = z.object({ ids, assignee: z.string().trim().min(1).max(100).nullable() });
export type AssignRequest = z.infer<typeof assignRequest>;

export const noteRequest = z.object({
  id: z.string().min(1).max(64),
  text: z.string().trim().min(1).max(10_000),
});
export type NoteRequest = z.infer<typeof noteRequest>;
