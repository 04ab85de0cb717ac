import { z } from 'zod';
import { instant } from './instant.ts';
import { ruleId, severity } from './rules.ts';

export const findingState = z.enum(['open', 'learning', 'suppressed', 'closed']);
export type FindingState = z.infer<typeof findingState>;

export const verdict = z.enum(['true-positive', 'false-positive', 'benign-positive', 'duplicate']);
export type Verdict = z.infer<typeof verdict>;

/** Something a rule holds against a user or session, with the numbers it rests on. */
export const finding = z.object({
  id: z.string(),
  rule: ruleId,
  severity,
  /** 0–100. */
  score: z.number(),
  userId: z.string(),
  userName: z.string().nullable(),
  source: z.string(),
  /** Keys of the sessions it is about; may be empty when it rests on events alone. */
  sessions: z.array(z.string()),
  /** When it happened (event time), not when it was noticed. */
  at: instant,
  title: z.string(),
  /** Its parts: see `explanation.ts`. */
  explanation: z.string(),
  evidence: z.record(z.string(), z.json()),
  state: findingState,
  verdict: verdict.nullable(),
  /** Why it does not alert, in words; null unless `suppressed`. */
  suppressedBy: z.string().nullable(),
  /** Where it came from: IPv4 /24 or IPv6 /48, network, and browser and system without versions; unknown is null. */
  prefix: z.string().nullable(),
  asn: z.number().int().nullable(),
  client: z.string().nullable(),
  /** Id of the incident it is part of; null while it only waits or teaches. */
  incident: z.string().nullable(),
  /** Why, by whom and when it was decided; null until it was. */
  verdictReason: z.string().nullable(),
  verdictBy: z.string().nullable(),
  verdictAt: instant.nullable(),
  /** Id of the finding or incident that it repeats; only of a duplicate. */
  duplicateOf: z.string().nullable(),
  /** Id of the stored suppression that silences it; null where its rule does, or nothing. */
  suppression: z.string().nullable(),
});
export type Finding = z.infer<typeof finding>;
