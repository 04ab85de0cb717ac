import type { Comparison } from './query.ts';
import type { Bound } from './test.ts';

type Span = {
  /** First millisecond. */
  readonly fromMs: number;
  /** First millisecond after it. */
  readonly untilMs: number;
  /** A duration counted back from now: the larger it is, the earlier. */
  readonly isAge: boolean;
  readonly isDuration: boolean;
};

type Range = { readonly min: Bound | null; readonly max: Bound | null };

const DAY_MS = 86_400_000;
const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: DAY_MS,
  w: 7 * DAY_MS,
  y: 365 * DAY_MS,
};

const DATE =
  /^([12]\d{3})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?)?(Z|[+-]\d\d:?\d\d)?)?)?)?$/i;

/**
 * A time as it is typed, as a range of milliseconds; null when it is no time. A date is as long as it is written
 * (`2026-11` is a month, in UTC), and `>` means after all of it. A duration is an age (`<24h` is younger than 24 hours),
 * or, for times that lie ahead, what is left. On its own, a duration means at most that.
 */
export function timeRange(
  text: string,
  comparison: Comparison | null,
  nowMs: number,
  direction: 'ago' | 'ahead',
): Range | null {
  const bounds = text.split('..');
  if (bounds.length === 2 && comparison === null) {
    const [first, last] = bounds.map((bound) => spanOf(bound, nowMs, direction));
    if (!first || !last) return null;
    return between(Math.min(first.fromMs, last.fromMs), Math.max(first.untilMs, last.untilMs));
  }
  const span = spanOf(text, nowMs, direction);
  if (span === null) return null;
  if (comparison === null) {
    if (!span.isDuration) return between(span.fromMs, span.untilMs);
    return span.isAge ? from(span.fromMs) : between(nowMs, span.untilMs);
  }
  return compared(span, comparison);
}

function compared(span: Span, comparison: Comparison): Range {
  const isUpward = comparison.startsWith('>') !== span.isAge;
  const isIncluded = comparison.endsWith('=');
  if (isUpward) return from(isIncluded ? span.fromMs : span.untilMs);
  return { min: null, max: { value: isIncluded ? span.untilMs : span.fromMs, isIncluded: false } };
}

function from(ms: number): Range {
  return { min: { value: ms, isIncluded: true }, max: null };
}

function between(fromMs: number, untilMs: number): Range {
  return { min: { value: fromMs, isIncluded: true }, max: { value: untilMs, isIncluded: false } };
}

function spanOf(text: string, nowMs: number, direction: 'ago' | 'ahead'): Span | null {
  return durationSpan(text, nowMs, direction) ?? wordSpan(text, nowMs) ?? dateSpan(text);
}

function durationSpan(text: string, nowMs: number, direction: 'ago' | 'ahead'): Span | null {
  const [, count, unit = ''] = /^(\d{1,6})([smhdwy])$/.exec(text) ?? [];
  const unitMs = UNIT_MS[unit];
  if (count === undefined || unitMs === undefined) return null;
  const distanceMs = Number(count) * unitMs;
  const ms = direction === 'ago' ? nowMs - distanceMs : nowMs + distanceMs;
  return { fromMs: ms, untilMs: ms + 1, isAge: direction === 'ago', isDuration: true };
}

function wordSpan(text: string, nowMs: number): Span | null {
  const todayMs = Math.floor(nowMs / DAY_MS) * DAY_MS;
  switch (text.toLowerCase()) {
    case 'now':
      return span(nowMs, nowMs + 1);
    case 'today':
      return span(todayMs, todayMs + DAY_MS);
    case 'yesterday':
      return span(todayMs - DAY_MS, todayMs);
    default:
      return null;
  }
}

/** `2026` to `2026-11-20T12:00:00.000+01:00`; without an offset in UTC. Days that don't exist are no dates. */
function dateSpan(text: string): Span | null {
  const parts = DATE.exec(text);
  if (parts === null) return null;
  const [, year, month, day, hour, minute, second, fraction, zone] = parts;
  const start = utc(year, month, day, hour, minute, second, fraction);
  if (start === null) return null;
  const fromMs = start - offsetMs(zone);
  if (fraction !== undefined) return span(fromMs, fromMs + 10 ** (3 - fraction.length));
  if (second !== undefined) return span(fromMs, fromMs + 1_000);
  if (minute !== undefined) return span(fromMs, fromMs + 60_000);
  if (hour !== undefined) return span(fromMs, fromMs + 3_600_000);
  if (day !== undefined) return span(fromMs, fromMs + DAY_MS);
  if (month !== undefined) return span(fromMs, Date.UTC(Number(year), Number(month)));
  return span(fromMs, Date.UTC(Number(year) + 1, 0));
}

function utc(
  year = '',
  month = '01',
  day = '01',
  hour = '00',
  minute = '00',
  second = '00',
  fraction = '0',
): number | null {
  const text = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, '0')}Z`;
  const ms = Date.parse(text);
  // Date.parse lets 31 February roll over into March.
  return Number.isNaN(ms) || new Date(ms).toISOString() !== text ? null : ms;
}

function offsetMs(zone: string | undefined): number {
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(zone ?? '') ?? [];
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3_600_000 + Number(minutes) * 60_000);
}

function span(fromMs: number, untilMs: number): Span {
  return { fromMs, untilMs, isAge: false, isDuration: false };
}
