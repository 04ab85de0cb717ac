import { hash } from 'node:crypto';
import type { RuleFinding } from '../detect/facts.ts';

/** The same facts give the same id, in this data directory and in a rebuilt one: 104 bits in hex. */
export function publicIdOf({ source, userId, rule, dedupeKey }: RuleFinding): string {
  return hash('sha256', JSON.stringify([source, userId, rule, dedupeKey])).slice(0, 26);
}

/** Bits of `contentOf`: what a JavaScript number and an SQLite integer both hold exactly, 0 left for "never computed". */
const CONTENT_HEX = 12;

/**
 * A mark of what a rule says of a finding: another mark, other words. What an analyst did is not in it.
 *
 * @param text what it tells, as `tellingText` writes it
 */
export function contentOf(finding: RuleFinding, text: string): number {
  const { severity, score, atMs, sessions, state, suppressedBy } = finding;
  const said = JSON.stringify([severity, score, atMs, sessions, state, suppressedBy]);
  return Number.parseInt(hash('sha1', said + text).slice(0, CONTENT_HEX), 16) || 1;
}
