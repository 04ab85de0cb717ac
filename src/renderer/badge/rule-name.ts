import type { RuleId } from '../../contract/rules.ts';

/** Rules in words; an id this page does not know yet is shown as it is, with spaces. */
const NAMES: Partial<Record<string, { name: string; short: string }>> = {
  'impossible-travel': { name: 'Impossible travel', short: 'travel' },
  'session-device-change': { name: 'Session changed device', short: 'device' },
  'session-network-change': { name: 'Session changed network', short: 'network' },
  'new-country': { name: 'New country for this user', short: 'country' },
} satisfies Record<RuleId, { name: string; short: string }>;

export function ruleName(rule: string): string {
  return NAMES[rule]?.name ?? rule.replaceAll('-', ' ');
}

/** One or two words for a table cell. */
export function shortRuleName(rule: string): string {
  return NAMES[rule]?.short ?? rule.replaceAll('-', ' ');
}
