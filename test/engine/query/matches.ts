import type { Session } from '../../../src/contract/session.ts';
import type { CheckedQuery } from '../../../src/engine/query/check.ts';
import type { Field } from '../../../src/engine/query/field.ts';
import { fold } from '../../../src/engine/query/fold.ts';
import { ipSortKey } from '../../../src/engine/query/ip-range.ts';
import type { Bound, Test } from '../../../src/engine/query/test.ts';

/** The query language told a second time, over finished rows and without SQL: what the store's answers are held against. */
export function matches(query: CheckedQuery, session: Session): boolean {
  switch (query.kind) {
    case 'all':
      return true;
    case 'and':
      return query.parts.every((part) => matches(part, session));
    case 'or':
      return query.parts.some((part) => matches(part, session));
    case 'not':
      return !matches(query.part, session);
    case 'match':
      return query.fields.some((field) =>
        query.tests.some((test) => valuesOf(field, session).some((value) => passes(test, field, value))),
      );
  }
}

type Known = string | number | boolean;

/** Known values of a field; an unknown one has none, except for "unknown" itself. */
function valuesOf({ name, type }: Field, session: Session): (Known | null)[] {
  if (name === 'user') return [session.userName, session.userId].filter((value) => value !== null);
  const value = Object.entries(session).find(([key]) => key === name)?.[1];
  if (Array.isArray(value)) return value;
  if (value === null || value === undefined) return type === 'boolean' ? [null] : [];
  return typeof value === 'object' ? [] : [value];
}

function passes(test: Test, field: Field, value: Known | null): boolean {
  switch (test.kind) {
    case 'known':
      return value !== null;
    case 'boolean':
      return value === test.value;
    case 'choice':
      return test.values.some((each) => each === value);
    case 'text':
      return typeof value === 'string' && isLike(fold(value), test.parts);
    case 'range': {
      const number = field.type === 'time' ? Date.parse(String(value)) : Number(value);
      return isAbove(number, test.min) && isBelow(number, test.max);
    }
    case 'addresses': {
      const key = ipSortKey(String(value));
      return key !== null && Buffer.compare(test.low, key) <= 0 && Buffer.compare(key, test.high) <= 0;
    }
  }
}

/** Tries every place the first part may stand at: slow, and plain to see. */
function isLike(text: string, [first = '', ...rest]: readonly string[]): boolean {
  if (!text.startsWith(first)) return false;
  const after = text.slice(first.length);
  if (rest.length === 0) return after === '';
  return Array.from({ length: after.length + 1 }, (_, index) => after.slice(index)).some((tail) =>
    isLike(tail, rest),
  );
}

function isAbove(value: number, min: Bound | null): boolean {
  return min === null || (min.isIncluded ? value >= min.value : value > min.value);
}

function isBelow(value: number, max: Bound | null): boolean {
  return max === null || (max.isIncluded ? value <= max.value : value < max.value);
}
