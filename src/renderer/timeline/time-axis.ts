/** A stretch of time on a line of pixels. Times in milliseconds since 1970. */
export type TimeAxis = { readonly fromMs: number; readonly toMs: number; readonly width: number };

export type Tick = {
  readonly atMs: number;
  readonly x: number;
  readonly label: string;
  /** The middle of the label: at its tick, or as near as leaves it whole at an end of the axis. */
  readonly labelX: number;
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Distances between ticks that read well, none much over twice the one before: a narrow axis has more than one tick, too. */
const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 3, 5, 7, 14, 30, 61, 91, 182, 365].map((days) => days * DAY),
];

/** So far apart no two labels touch, even where the one at the end is moved in. */
const MIN_TICK_PX = 100;
/** Half of a digit at the size of the labels, a little generous. */
const HALF_DIGIT_PX = 3.2;

/** Where a time lies, in pixels; outside of the axis it lies outside of the line. */
export function xAt({ fromMs, toMs, width }: TimeAxis, atMs: number): number {
  return ((atMs - fromMs) / (toMs - fromMs)) * width;
}

/** Round local times, far enough apart to be read. `offsetMinutes` is the zone's, east of Greenwich positive. */
export function ticks(axis: TimeAxis, offsetMinutes: number): readonly Tick[] {
  const span = axis.toMs - axis.fromMs;
  const most = Math.max(1, Math.floor(axis.width / MIN_TICK_PX));
  const step = STEPS.find((candidate) => span / candidate <= most) ?? 365 * DAY;
  const shift = offsetMinutes * MINUTE;
  const found: Tick[] = [];
  for (let at = Math.ceil((axis.fromMs + shift) / step) * step - shift; at <= axis.toMs; at += step) {
    const [x, label] = [xAt(axis, at), tickLabel(at + shift, step)];
    const half = label.length * HALF_DIGIT_PX;
    found.push({ atMs: at, x, label, labelX: Math.max(half, Math.min(axis.width - half, x)) });
  }
  return found;
}

function tickLabel(localMs: number, step: number): string {
  const [date = '', time = ''] = new Date(localMs).toISOString().split('T');
  if (step >= DAY) return date;
  return time.startsWith('00:00') ? date : time.slice(0, 5);
}

/** Shortest stretch that can be looked at. */
const MIN_SPAN_MS = 10 * MINUTE;

/** The same stretch seen closer (`factor` < 1) or from farther away, around its middle or `atMs`. */
export function zoomed(
  { fromMs, toMs }: Pick<TimeAxis, 'fromMs' | 'toMs'>,
  factor: number,
  atMs: number = (fromMs + toMs) / 2,
): { fromMs: number; toMs: number } {
  const span = Math.max(MIN_SPAN_MS, (toMs - fromMs) * factor);
  const share = (atMs - fromMs) / (toMs - fromMs);
  return { fromMs: atMs - span * share, toMs: atMs + span * (1 - share) };
}

export function moved({ fromMs, toMs }: Pick<TimeAxis, 'fromMs' | 'toMs'>, share: number) {
  const by = (toMs - fromMs) * share;
  return { fromMs: fromMs + by, toMs: toMs + by };
}
