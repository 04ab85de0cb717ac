import type { Field } from './field.ts';
import { fold } from './fold.ts';
import { ipRange } from './ip-range.ts';
import { timeRange } from './moment.ts';
import { nearest } from './nearest.ts';
import type { Value } from './query.ts';
import type { Test } from './test.ts';

/** What is wrong with a value, and what would be right. */
export type Fault = { readonly fault: string };

/** Longest pattern SQLite is given, in bytes; folding may lengthen what was typed. */
const MAX_PATTERN_BYTES = 16_384;

/** One typed value as a test on a field, or what is wrong with it. */
export function testOf(field: Field, value: Value, nowMs: number): Test | Fault {
  if (value.text === '*' && !value.isQuoted && value.comparison === null) return { kind: 'known' };
  switch (field.type) {
    case 'text':
      return value.comparison === null ? textTest(value) : notComparable(field, value);
    case 'ip':
      return value.comparison === null ? ipTest(value) : notComparable(field, value);
    case 'boolean':
      return booleanTest(field, value);
    case 'enum':
      return enumTest(field, value);
    case 'number':
      return numberTest(field, value);
    case 'time':
      return timeTest(field, value, nowMs);
  }
}

/** Equality, or a pattern where there are wildcards; upper and lower case are the same. */
export function textTest({ text, isQuoted }: Value): Test | Fault {
  const parts = isQuoted ? [fold(text)] : text.split('*').map(fold);
  if (parts.length > 1 && parts.every((part) => part === '')) return { kind: 'known' };
  if (Buffer.byteLength(parts.join('*')) > MAX_PATTERN_BYTES)
    return { fault: 'This text is too long to search for.' };
  return { kind: 'text', parts };
}

function ipTest(value: Value): Test | Fault {
  const range = ipRange(value.text);
  if (range !== null) return { kind: 'addresses', ...range };
  if (value.text.includes('*') && !value.isQuoted) return textTest(value);
  return {
    fault: `"${value.text}" is no address: write one (192.0.2.7), a network (10.0.0.0/8, 2001:db8::/32) or a pattern (192.0.2.*).`,
  };
}

function booleanTest(field: Field, value: Value): Test | Fault {
  if (value.comparison !== null) return notComparable(field, value);
  switch (value.text.toLowerCase()) {
    case 'true':
    case 'yes':
      return { kind: 'boolean', value: true };
    case 'false':
    case 'no':
      return { kind: 'boolean', value: false };
    case 'unknown':
      return { kind: 'boolean', value: null };
    default:
      return { fault: `"${field.name}" is true, false or unknown, not "${value.text}".` };
  }
}

function enumTest(field: Field, value: Value): Test | Fault {
  const { text, comparison, isQuoted } = value;
  if (comparison !== null) return orderedTest(field, value);
  const wanted = text.toLowerCase();
  const values =
    wanted.includes('*') && !isQuoted
      ? field.values.filter((each) => matchesPattern(each, wanted.split('*')))
      : field.values.filter((each) => each === wanted);
  return values.length > 0 ? { kind: 'choice', values } : notAValue(field, text);
}

/** `>=high`: the list of values is in rising order. */
function orderedTest(field: Field, value: Value): Test | Fault {
  if (!field.isOrdered) return notComparable(field, value);
  const limit = field.values.indexOf(value.text.toLowerCase());
  if (limit < 0) return notAValue(field, value.text);
  const values = field.values.filter((_, index) => {
    switch (value.comparison) {
      case '>':
        return index > limit;
      case '>=':
        return index >= limit;
      case '<':
        return index < limit;
      case '<=':
      case null:
        return index <= limit;
    }
  });
  return values.length > 0
    ? { kind: 'choice', values }
    : { fault: `No value of "${field.name}" is ${value.comparison ?? ''}${value.text}.` };
}

function numberTest(field: Field, { text, comparison }: Value): Test | Fault {
  const [first, last, ...rest] = text.split('..').map(numberOf);
  const fault = {
    fault: `"${field.name}" needs a number (5), a comparison (>5) or a range (5..10), not "${text}".`,
  };
  if (first === undefined || first === null || last === null || rest.length > 0) return fault;
  if (last !== undefined)
    return comparison === null ? inclusive(Math.min(first, last), Math.max(first, last)) : fault;
  const bound = { value: first, isIncluded: comparison !== '>' && comparison !== '<' };
  if (comparison === null) return inclusive(first, first);
  return comparison.startsWith('>')
    ? { kind: 'range', min: bound, max: null }
    : { kind: 'range', min: null, max: bound };
}

/**
 * Decimals as rows show them, which is as JSON writes any number below a quadrillion (10¹⁵); numbers of networks may carry their usual
 * `AS`.
 */
function numberOf(text: string): number | null {
  const digits = /^(?:AS(?=\d))?(-?\d{1,15}(?:\.\d{1,22})?(?:e-\d{1,3})?)$/i.exec(text)?.[1];
  return digits === undefined ? null : Number(digits);
}

function inclusive(min: number, max: number): Test {
  return { kind: 'range', min: { value: min, isIncluded: true }, max: { value: max, isIncluded: true } };
}

function timeTest(field: Field, { text, comparison }: Value, nowMs: number): Test | Fault {
  const range = timeRange(text, comparison, nowMs, field.direction);
  if (range !== null) return { kind: 'range', ...range };
  return {
    fault: `"${text}" is no time: write a date (2026-11-01, 2026-11-01T08:30Z), a duration (30m, 24h, 7d) or a range (2026-11-01..2026-11-07).`,
  };
}

function matchesPattern(text: string, parts: readonly string[]): boolean {
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length)
    return false;
  let inner = text.slice(first.length, text.length - last.length);
  for (const part of rest) {
    const at = inner.indexOf(part);
    if (at < 0) return false;
    inner = inner.slice(at + part.length);
  }
  return true;
}

function notAValue(field: Field, text: string): Fault {
  const close = nearest(text, field.values);
  const choices = field.values.join(', ');
  const hint = close.length > 0 ? `Did you mean ${close.join(' or ')}?` : `Possible are ${choices}.`;
  return { fault: `"${field.name}" is never "${text}". ${hint}` };
}

function notComparable(field: Field, value: Value): Fault {
  return { fault: `"${field.name}" has no order, so "${value.comparison ?? ''}" means nothing here.` };
}
