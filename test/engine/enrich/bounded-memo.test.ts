import { expect, it } from 'vitest';
import { boundedMemo } from '../../../src/engine/enrich/bounded-memo.ts';

it('computes once, keeps what was asked for last and forgets the rest', () => {
  const asked: string[] = [];
  const memo = boundedMemo(4, (key) => {
    asked.push(key);
    return key === 'nothing' ? null : key.toUpperCase();
  });
  for (const key of ['a', 'nothing', 'a', 'nothing', 'a', 'c', 'a', 'nothing']) memo.get(key);
  expect(asked).toEqual(['a', 'nothing', 'c', 'nothing']);
  memo.clear();
  expect(memo.get('a')).toBe('A');
  expect(asked).toHaveLength(5);
});
