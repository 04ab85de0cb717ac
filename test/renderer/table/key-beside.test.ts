import { expect, it } from 'vitest';
import { keyBeside } from '../../../src/renderer/table/key-beside.ts';

const order = ['a', 'b', 'c'];

it('steps down and up, and stays within the list', () => {
  expect(keyBeside(order, 'a', 1)).toBe('b');
  expect(keyBeside(order, 'b', -1)).toBe('a');
  expect(keyBeside(order, 'c', 1)).toBe('c');
  expect(keyBeside(order, 'a', -1)).toBe('a');
});

it('begins at the first row where nothing is open, or what was open is gone', () => {
  expect(keyBeside(order, null, 1)).toBe('a');
  expect(keyBeside(order, 'gone', 1)).toBe('a');
});

it('has nowhere to go in an empty list', () => {
  expect(keyBeside([], null, 1)).toBeUndefined();
});
