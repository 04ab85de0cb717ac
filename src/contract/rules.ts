import { z } from 'zod';

export const ruleId = z.enum([
  'impossible-travel',
  'session-device-change',
  'session-network-change',
  'new-country',
]);
export type RuleId = z.infer<typeof ruleId>;

export const severity = z.enum(['info', 'low', 'medium', 'high', 'critical']);
export type Severity = z.infer<typeof severity>;

/** The score a finding starts with, by severity (0–100). */
export const scoreBySeverity = {
  info: 5,
  low: 20,
  medium: 40,
  high: 70,
  critical: 90,
} as const satisfies Record<Severity, number>;
