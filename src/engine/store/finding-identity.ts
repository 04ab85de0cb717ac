import { hash } from 'node:crypto';
import { scoreBySeverity } from '../../contract/rules.ts';
import type { RuleFinding } from '../detect/facts.ts';
import { tellingText } from './finding-telling.ts';

/** What a finding is known by. */
export type Identity = {
  /** The same facts give the same id, in this data directory and in a rebuilt one: 104 bits in hex. */
  readonly publicId: string;
  /** A mark of what the rule says of it: another mark, other words. What an analyst did is not in it. */
  readonly content: number;
  /** What it tells, as `tellingText` writes it. */
  readonly text: string;
};

/** Bits of `content`: what a JavaScript number and an SQLite integer both hold exactly, 0 left for "never computed". */
const CONTENT_HEX = 12;

export function identityOf(finding: RuleFinding): Identity {
  const text = tellingText(finding);
  return { publicId: publicIdOf(finding), content: contentOf(finding, text), text };
}

function publicIdOf({ source, userId, rule, dedupeKey }: RuleFinding): string {
  return hash('sha256', JSON.stringify([source, userId, rule, dedupeKey])).slice(0, 26);
}

function contentOf(finding: RuleFinding, text: string): number {
  const { severity, atMs, sessions, state, suppressedBy } = finding;
  const said = JSON.stringify([severity, scoreBySeverity[severity], atMs, sessions, state, suppressedBy]);
  return Number.parseInt(hash('sha1', said + text).slice(0, CONTENT_HEX), 16) || 1;
}
