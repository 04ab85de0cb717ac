import { expect, it } from 'vitest';
import { narrowColumns } from '../../../src/renderer/table/narrow-columns.ts';

const column = (id: string) => ({ id, name: id, width: '200px', cell: () => id });

it('keeps the columns that are named, with the tracks they shrink to and nothing else changed', () => {
  const columns = ['severity', 'user', 'title'].map(column);
  expect(narrowColumns(columns, { title: '90px', severity: '80px', gone: '10px' })).toEqual([
    { ...columns[2], width: '90px' },
    { ...columns[0], width: '80px' },
  ]);
});
