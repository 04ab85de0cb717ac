import { z } from 'zod';
import { instant } from './instant.ts';

/** One link of the append-only chain: `hash` covers every other field and the hash before it. */
export const auditEntry = z.object({
  seq: z.number().int(),
  at: instant,
  /** Who did it: operating-system user and host (`ann via cli`). */
  actor: z.string(),
  /** A verb such as `revocation.started`. */
  action: z.string(),
  detail: z.record(z.string(), z.json()),
  previousHash: z.string(),
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

/** `brokenAt` is the sequence number of the first link that does not hold, or null. */
export const auditVerification = z.object({
  ok: z.boolean(),
  entries: z.number().int(),
  brokenAt: z.number().int().nullable(),
  message: z.string(),
});
export type AuditVerification = z.infer<typeof auditVerification>;
