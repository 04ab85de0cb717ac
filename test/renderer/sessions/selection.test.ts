import { describe, expect, it } from 'vitest';
import {
  isSelected,
  nothingSelected,
  selectedCount,
  selectTo,
  toggle,
  toggleLoaded,
  type Selection,
} from '../../../src/renderer/sessions/selection.ts';

const order = ['a', 'b', 'c', 'd', 'e'];
const keysOf = (selection: Selection) => (selection.kind === 'keys' ? [...selection.keys] : null);

describe('selecting sessions', () => {
  it('picks and drops single rows', () => {
    const one = toggle(nothingSelected, 'b');
    expect(isSelected(one, 'b')).toBe(true);
    expect(selectedCount(toggle(one, 'b'))).toBe(0);
  });

  it('picks all rows between the last one and this one, in either direction', () => {
    expect(keysOf(selectTo(toggle(nothingSelected, 'b'), 'd', order))).toEqual(['b', 'c', 'd']);
    expect(keysOf(selectTo(toggle(nothingSelected, 'd'), 'b', order))?.sort()).toEqual(['b', 'c', 'd']);
  });

  it('picks one row when the other end is not in the list', () => {
    expect(keysOf(selectTo(toggle(nothingSelected, 'gone'), 'c', order))).toContain('c');
    expect(keysOf(selectTo(nothingSelected, 'c', order))).toEqual(['c']);
  });

  it('picks what is loaded, and drops it the second time', () => {
    const all = toggleLoaded(nothingSelected, order);
    expect(selectedCount(all)).toBe(5);
    expect(toggleLoaded(all, order)).toEqual(nothingSelected);
  });

  it('means every row while all that match are selected', () => {
    const matching: Selection = { kind: 'query', query: 'x', total: 900 };
    expect(isSelected(matching, 'anything')).toBe(true);
    expect(selectedCount(matching)).toBe(900);
    expect(keysOf(toggle(matching, 'a'))).toEqual(['a']);
  });
});
