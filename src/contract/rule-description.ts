import { z } from 'zod';
import { ruleId, severity } from './rules.ts';

/** A rule as it is explained to whoever asks why it fired, or why it did not. */
export const ruleDescription = z.object({
  id: ruleId,
  name: z.string(),
  /** Where nothing raises or lowers it. */
  severity,
  /** Whether it fires for users of whom little is known yet, too. */
  fromTheStart: z.boolean(),
  /** What it needs to be told, in words. */
  inputs: z.array(z.string()),
  /** What it says “not evaluable” to. */
  cannotJudge: z.array(z.string()),
  /** What lowers or suppresses it by itself. */
  lowered: z.array(z.string()),
  /** The numbers it is tuned by, as they are in force. */
  thresholds: z.array(z.object({ name: z.string(), value: z.string() })),
});
export type RuleDescription = z.infer<typeof ruleDescription>;
