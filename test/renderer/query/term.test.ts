import { describe, expect, it } from 'vitest';
import {
  anyTerm,
  anyUserTerms,
  narrowed,
  quoted,
  term,
  userTerms,
} from '../../../src/renderer/query/term.ts';

describe('terms the page writes into the query', () => {
  it('quotes what the query language would read as more than text', () => {
    expect(term('city', 'São Paulo')).toBe('city:"São Paulo"');
    expect(term('city', 'a*) OR x:"y"')).toBe(String.raw`city:"a*) OR x:\"y\""`);
    expect(term('userId', '-1')).toBe('userId:"-1"');
    expect(quoted('C:\\x')).toBe(String.raw`"C:\\x"`);
  });

  it('writes any of several values, each quoted by itself', () => {
    expect(anyTerm('personId', ['p-1', 'Ann, "A"', '-2'])).toBe(String.raw`personId:p-1,"Ann, \"A\"","-2"`);
  });

  it('writes plain values plainly', () => {
    expect(userTerms('chat', 'u-17')).toBe('source:chat userId:u-17');
  });

  it('narrows alternatives of users as one term', () => {
    const users = [
      { source: 'chat', userId: 'u-1' },
      { source: 'app', userId: 'a b' },
    ];
    expect(`${anyUserTerms(users)} state:active`).toBe(
      '((source:chat userId:u-1) OR (source:app userId:"a b")) state:active',
    );
  });

  it('narrows the whole query, alternatives included', () => {
    expect(narrowed('', 'country:BR')).toBe('country:BR');
    expect(narrowed('user:a OR user:b', 'country:BR')).toBe('(user:a OR user:b) country:BR');
  });
});
