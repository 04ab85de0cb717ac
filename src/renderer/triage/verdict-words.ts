import type { Verdict } from '../../contract/finding.ts';

/** Verdicts as an analyst reads them, with what each one does. */
export const verdictWords = {
  'true-positive': {
    name: 'True positive',
    does: 'An attack. What the attacker left stops teaching what is usual, and you are offered to end the sessions.',
  },
  'false-positive': {
    name: 'False positive',
    does: 'Nothing happened. Its network, place and device count as known for this person from now on.',
  },
  'benign-positive': {
    name: 'Benign positive',
    does: 'It did happen, and is not malicious. Nothing is learned from it.',
  },
  duplicate: {
    name: 'Duplicate',
    does: 'Something else tells the same story. It is linked to that and closed.',
  },
} as const satisfies Record<Verdict, { name: string; does: string }>;

/** In the order in which they are offered. */
export const verdicts = [
  'true-positive',
  'false-positive',
  'benign-positive',
  'duplicate',
] as const satisfies readonly Verdict[];
