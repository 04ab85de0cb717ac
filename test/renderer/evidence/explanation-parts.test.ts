import { describe, expect, it } from 'vitest';
import { explanationParts } from '../../../src/renderer/evidence/explanation-parts.ts';

describe('the parts of an explanation', () => {
  it('are what happened, how sure it is, what would make it wrong, and why it was raised', () => {
    const text =
      '“Ann” was seen in Peru. Never before. How sure: quite. It is rare. What would make it wrong: a journey. ' +
      'Raised from low to medium, because the user is an administrator.';
    expect(explanationParts(text)).toEqual([
      { title: null, text: '“Ann” was seen in Peru. Never before.' },
      { title: 'How sure', text: 'quite. It is rare.' },
      { title: 'What would make it wrong', text: 'a journey.' },
      { title: null, text: 'Raised from low to medium, because the user is an administrator.' },
    ]);
  });

  it('lose nothing of any text', () => {
    for (const text of [
      '',
      'Seen.',
      'How sure: so',
      'Nobody asked How sure? Raised fromage',
      ' How sure: ',
    ]) {
      const parts = explanationParts(text).map(
        (part) => `${part.title === null ? '' : `${part.title}: `}${part.text}`,
      );
      expect(parts.join(' ')).toBe(text);
    }
  });
});
