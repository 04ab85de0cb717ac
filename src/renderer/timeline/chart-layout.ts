/** How the rows of the timeline are drawn; all numbers are pixels. */
export type ChartLayout = {
  /** Labels stand above their bars instead of beside them. */
  readonly isStacked: boolean;
  /** Where time begins, from the left of the chart, and how much of the width it has. */
  readonly left: number;
  readonly axisWidth: number;
  readonly rowHeight: number;
  /** The middle of a bar, from the top of its row; marks and journeys lie on it. */
  readonly barMiddle: number;
};

const LABEL_WIDTH = 310;
/** Less room than this beside the labels, and they go above: three dates, or a day by six hours, can still be read. */
const LEAST_BESIDE = 400;
const MARGIN = 16;

/** The layout at a width of the chart. */
export function chartLayout(width: number): ChartLayout {
  const beside = width - LABEL_WIDTH;
  if (beside >= LEAST_BESIDE)
    return { isStacked: false, left: LABEL_WIDTH, axisWidth: beside, rowHeight: 30, barMiddle: 15 };
  return {
    isStacked: true,
    left: MARGIN,
    axisWidth: Math.max(200, width - 2 * MARGIN),
    rowHeight: 46,
    barMiddle: 33,
  };
}
