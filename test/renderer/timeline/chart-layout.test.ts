import { describe, expect, it } from 'vitest';
import { chartLayout } from '../../../src/renderer/timeline/chart-layout.ts';

describe('the layout of the timeline', () => {
  it('has labels beside the bars where time keeps room enough', () => {
    expect(chartLayout(820)).toMatchObject({ isStacked: false, left: 310, axisWidth: 510 });
  });

  it('puts labels above the bars, and gives time the whole width, beside a panel on a small screen', () => {
    const layout = chartLayout(400);
    expect(layout).toMatchObject({ isStacked: true, axisWidth: 400 - 2 * layout.left });
    expect(layout.barMiddle).toBeLessThan(layout.rowHeight);
  });
});
