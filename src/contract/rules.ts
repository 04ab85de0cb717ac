import { z } from 'zod';

/** Every rule there is, in the order of detections.md: place, network, device, session, age, volume, context. */
export const ruleId = z.enum([
  'impossible-travel',
  'concurrent-distant-sessions',
  'country-hop',
  'new-country',
  'new-country-for-organisation',
  'dormant-country',
  'country-policy',
  'new-network',
  'hosting-network',
  'vpn-or-proxy',
  'tor-exit',
  'relay-or-satellite',
  'listed-ip',
  'private-ip',
  'new-device',
  'new-os-or-browser',
  'browser-rollback',
  'outdated-client',
  'scripted-client',
  'contradictory-user-agent',
  'user-agent-rotation',
  'session-device-change',
  'session-network-change',
  'session-ip-fan-out',
  'session-parallel-use',
  'session-alive-after-revoke',
  'session-without-login',
  'old-session',
  'never-expiring-session',
  'idle-session',
  'too-many-sessions',
  'session-outlives-user',
  'brute-force',
  'distributed-brute-force',
  'credential-stuffing',
  'password-spray',
  'success-after-failures',
  'many-users-one-network',
  'many-users-one-client',
  'one-user-many-networks',
  'login-burst',
  'dormant-account-awakes',
  'first-login-from-anonymizer',
  'unusual-hour',
  'unlikely-login',
  'campaign',
  'clock-problem',
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
