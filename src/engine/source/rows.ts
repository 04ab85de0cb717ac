import { z } from 'zod';
import type { RejectedRow, SweepEnd } from './source.ts';

export type ParsedRows<R> = { readonly rows: readonly R[]; readonly rejected: readonly RejectedRow[] };

/**
 * Reads every element of a listing by itself: one that `schema` refuses becomes a RejectedRow whose reason names
 * the field and repeats no value, and the rest goes on. Ask of a schema only what the row is nothing without
 * (its identity); read the other fields with `textOrNull`, `isoMs` and `epochMs`, which turn nonsense into null.
 *
 * `firstIndex` is the position of the first element in the whole listing, for pages after the first.
 */
export function parseRows<S extends z.ZodType, R>(
  elements: readonly unknown[],
  schema: S,
  toRow: (wire: z.output<S>) => R,
  firstIndex = 0,
): ParsedRows<R> {
  const rows: R[] = [];
  const rejected: RejectedRow[] = [];
  for (const [offset, element] of elements.entries()) {
    const parsed = schema.safeParse(element);
    if (parsed.success) rows.push(toRow(parsed.data));
    else rejected.push({ index: firstIndex + offset, reason: fieldProblem(parsed.error) });
  }
  return { rows, rejected };
}

/**
 * How a listing ends that was read to its last page. With rejected rows it was not read completely: the session
 * behind such a row would otherwise look ended, and a whole listing of an unknown shape would look empty.
 */
export function sweepEnd(rejected: readonly RejectedRow[]): SweepEnd {
  const first = rejected[0];
  if (first === undefined) return { complete: true };
  const rows = rejected.length === 1 ? '1 row' : `${rejected.length} rows`;
  return {
    complete: false,
    problem: {
      code: 'bad-answer',
      message:
        `${rows} of the listing could not be understood (row ${first.index + 1}: ${first.reason}), ` +
        'so no session is taken as ended. The source may run a version that Sessionscope does not know.',
    },
  };
}

const MAX_REASON = 200;

/** The first thing a schema found wrong: the field's path and what was expected, never what was there. */
export function fieldProblem(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'it is not what was expected';
  const path = issue.path.map((part) => visible(String(part))).join('.');
  const field = path === '' ? 'the whole of it' : `"${path}"`;
  return `${field} ${expectation(issue)}`.slice(0, MAX_REASON);
}

function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `should be ${article(issue.expected)}`;
  if (issue.code === 'too_small') return 'is too short or too small';
  if (issue.code === 'too_big') return 'is too long or too large';
  // Messages of refinements are sentences of our own; zod's others may repeat what the far side sent.
  if (issue.code === 'custom') return issue.message;
  return 'is not what was expected';
}

function article(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

/** Keys come from the far side too: control characters out, length capped. */
function visible(key: string): string {
  return key.replace(/\P{L}/gu, (character) => (/[\w.:-]/.test(character) ? character : '?')).slice(0, 60);
}

/** A field a row can do without, whatever stands in it. Bare `z.unknown()` refuses a row in which the key is missing. */
export const anything = z.unknown().optional();

/** Longest texts that are kept, in UTF-16 units; what is longer is cut, because it is an attacker's or nobody's. */
export const MAX_TEXT = { userAgent: 1024, id: 256, name: 256, ip: 64, place: 128, version: 64 } as const;

/** A text of the far side, trimmed and cut; null where it is missing, no text, empty or the word "Unknown". */
export function textOrNull(value: unknown, max: number): string | null {
  if (typeof value !== 'string') return null;
  const text = value.trim().slice(0, max).toWellFormed();
  return text === '' || text.toLowerCase() === 'unknown' ? null : text;
}

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;
/** Nothing this product watches is older than 2000; zero dates and seconds taken for milliseconds are. */
const OLDEST_MS = Date.UTC(2000, 0, 1);
/** The last year that an ISO 8601 text of four digits can name. */
const NEWEST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** Milliseconds since 1970 of an ISO 8601 text with a zone; null where it is missing, invalid or before 2000. */
export function isoMs(value: unknown): number | null {
  if (typeof value !== 'string' || !ISO.test(value)) return null;
  return epochMs(Date.parse(value));
}

/** A number of milliseconds since 1970; null where it is missing, no number, before 2000 or after 9999. */
export function epochMs(value: unknown): number | null {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < OLDEST_MS) return null;
  return value > NEWEST_MS ? null : Math.trunc(value);
}
