import { describe, expect, it } from 'vitest';
import type { QueryField } from '../../../src/contract/system.ts';
import { completionsAt } from '../../../src/renderer/query/completion.ts';

const field = (name: string, shortNames: string[], more: Partial<QueryField> = {}): QueryField => ({
  name,
  shortNames,
  type: 'text',
  values: [],
  sortable: true,
  help: '',
  ...more,
});
const fields = [
  field('userName', ['user']),
  field('country', []),
  field('state', [], { type: 'enum', values: ['active', 'ended', 'expired'] }),
  field('startedAt', ['started'], { type: 'time' }),
  field('current', [], { type: 'boolean', values: ['true', 'false', 'unknown'] }),
];
const labels = (query: string, caret = query.length) =>
  completionsAt(query, caret, fields).map(({ label }) => label);

describe('completion of a query', () => {
  it('offers fields that begin with what is typed', () => {
    expect(labels('st')).toEqual(['state', 'started']);
    expect(labels('country:BR us')).toEqual(['user']);
    expect(labels('(cu')).toEqual(['current']);
    expect(labels('-cou')).toEqual(['country']);
  });

  it('offers the values of a closed list after the colon and after a comma', () => {
    expect(labels('state:')).toEqual(['active', 'ended', 'expired']);
    expect(labels('state:active,e')).toEqual(['ended', 'expired']);
    expect(labels('current:')).toEqual(['true', 'false', 'unknown']);
  });

  it('offers times by example', () => {
    expect(labels('started:')).toContain('<24h');
  });

  it('stays silent inside a quoted phrase', () => {
    expect(labels('"st')).toEqual([]);
  });

  it('replaces exactly the word at the caret', () => {
    const [first] = completionsAt('user:ana sta city:x', 12, fields);
    expect(first).toMatchObject({ from: 9, to: 12, text: 'state:' });
  });

  it('does not offer what is already written', () => {
    expect(labels('state:active')).toEqual([]);
  });
});
