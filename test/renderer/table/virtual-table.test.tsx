// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Paging } from '../../../src/renderer/data/use-paging.ts';
import { TableFoot } from '../../../src/renderer/table/table-foot.tsx';
import { VirtualTable } from '../../../src/renderer/table/virtual-table.tsx';
import { furnishWindow } from '../support/draw.tsx';

const nothing = () => undefined;
const paging: Paging = {
  id: 'list',
  total: 1_000_000,
  beyond: 'Narrow the query.',
  isWhole: false,
  canLoad: true,
  isFull: false,
  isLoadingOn: false,
  moreError: null,
  more: nothing,
  moreAgain: nothing,
  toEnd: nothing,
  stop: nothing,
};
const drawFoot = (loaded: number, more: Partial<Paging>) => {
  furnishWindow();
  return render(
    <MantineProvider>
      <TableFoot loaded={loaded} paging={{ ...paging, ...more }} />
    </MantineProvider>,
  );
};

describe('a table of a million rows', () => {
  it('stays below the height at which browsers end an element, and says so', () => {
    furnishWindow();
    render(
      <MantineProvider>
        <VirtualTable
          label="Items"
          columns={[{ id: 'n', name: 'N', width: '80px', cell: (row) => row }]}
          rows={Array.from({ length: 1_000_000 }, (_, index) => index)}
          rowKey={String}
        />
      </MantineProvider>,
    );
    const body = screen.getAllByRole('rowgroup')[1];
    // Firefox's limit, the lowest, is 17.9 million pixels.
    expect(Number.parseInt(body?.style.height ?? '')).toBeGreaterThan(10_000_000);
    expect(Number.parseInt(body?.style.height ?? '')).toBeLessThan(17_000_000);
    expect(screen.getByText(/^The first 441,176 of 1,000,000 are shown/)).toBeDefined();
    expect(screen.getAllByRole('row').length).toBeLessThan(60);
  });

  it('says how much is loaded while the number is still counted', () => {
    drawFoot(400, { total: null });
    expect(screen.getByText('400 of … loaded, more come as you scroll.')).toBeDefined();
  });

  it('offers no more than the page holds', () => {
    drawFoot(400, {});
    expect(screen.getByRole('button', { name: /^Load the first 100,000/ })).toBeDefined();
  });

  it('says what to do about the rows that the page has no room for', () => {
    drawFoot(100_000, { canLoad: false, isFull: true });
    expect(screen.getByText(/^The first 100,000 of 1,000,000 are loaded.*Narrow the query\.$/)).toBeDefined();
    expect(screen.queryByRole('button')).toBeNull();
  });
});
