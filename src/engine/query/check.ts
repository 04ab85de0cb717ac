import { EngineError } from '../errors.ts';
import type { Field } from './field.ts';
import { findField } from './fields.ts';
import { nearest } from './nearest.ts';
import type { Query, Term } from './query.ts';
import type { Test } from './test.ts';
import { testOf, textTest, type Fault } from './test-of.ts';

/** A query whose fields exist and whose values are of their type. A match is any of the tests on any of the fields. */
export type CheckedQuery =
  | { readonly kind: 'all' }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly CheckedQuery[] }
  | { readonly kind: 'not'; readonly part: CheckedQuery }
  | { readonly kind: 'match'; readonly fields: readonly Field[]; readonly tests: readonly Test[] };

/** Each term may be several look-ups; this many are planned and answered in milliseconds. */
const MAX_TERMS = 100;

/**
 * Looks up fields and types values. Throws EngineError `invalid-input` with the position of what is wrong and, where
 * something close exists, what may have been meant.
 */
export function check(query: Query, fields: readonly Field[], nowMs: number): CheckedQuery {
  const excess = termsOf(query)[MAX_TERMS];
  if (excess !== undefined) {
    const position = excess.field?.position ?? excess.values[0]?.position ?? 0;
    const message = `A query may have ${MAX_TERMS} terms; give many values of one field separated by commas.`;
    throw new EngineError('invalid-input', message, { field: 'query', position });
  }
  return checkPart(query, fields, nowMs);
}

function termsOf(query: Query): readonly Term[] {
  switch (query.kind) {
    case 'all':
      return [];
    case 'and':
    case 'or':
      return query.parts.flatMap(termsOf);
    case 'not':
      return termsOf(query.part);
    case 'term':
      return [query];
  }
}

function checkPart(query: Query, fields: readonly Field[], nowMs: number): CheckedQuery {
  switch (query.kind) {
    case 'all':
      return query;
    case 'and':
    case 'or':
      return { kind: query.kind, parts: query.parts.map((part) => checkPart(part, fields, nowMs)) };
    case 'not':
      return { kind: 'not', part: checkPart(query.part, fields, nowMs) };
    case 'term':
      return checkTerm(query, fields, nowMs);
  }
}

function checkTerm(term: Term, fields: readonly Field[], nowMs: number): CheckedQuery {
  if (term.field === null) {
    return { kind: 'or', parts: term.values.map((value) => checkWord(value, fields)) };
  }
  const { name, position } = term.field;
  const field = findField(fields, name);
  if (field === undefined) throw unknownField(name, position, fields);
  return {
    kind: 'match',
    fields: [field],
    tests: term.values.map((value) => tested(value, testOf(field, value, nowMs))),
  };
}

function checkWord(value: Term['values'][number], fields: readonly Field[]): CheckedQuery {
  const test = tested(value, wordTest(value));
  const searched = fields.filter(({ isBare, type }) => isBare && (type !== 'ip' || isPartOfAddress(test)));
  return { kind: 'match', fields: searched, tests: [test] };
}

/** Whether an address could contain this at all: most words can't, and there are many addresses to look through. */
function isPartOfAddress(test: Test): boolean {
  return test.kind !== 'text' || test.parts.every((part) => /^[0-9a-f.:]*$/.test(part));
}

/** A bare word is found anywhere in a text; wildcards inside it still stand for anything. */
function wordTest(value: Term['values'][number]): Test | Fault {
  if (value.text === '') return { fault: 'There is nothing between these quotation marks.' };
  const test = textTest(value);
  return 'kind' in test && test.kind === 'text' ? { kind: 'text', parts: surround(test.parts) } : test;
}

function surround(parts: readonly string[]): readonly string[] {
  return ['', ...parts, ''].filter(
    (part, index, all) => part !== '' || index === 0 || index === all.length - 1,
  );
}

function tested(value: Term['values'][number], test: Test | Fault): Test {
  if ('fault' in test) {
    throw new EngineError('invalid-input', test.fault, { field: 'query', position: value.position });
  }
  return test;
}

function unknownField(name: string, position: number, fields: readonly Field[]): EngineError {
  const names = fields.flatMap((each) => [each.name, ...each.shortNames]);
  const close = nearest(name, names);
  const hint =
    close.length > 0
      ? `Did you mean ${close.join(' or ')}?`
      : `Put the text in quotation marks to search for it as it is, or use a field such as ${names.slice(0, 4).join(', ')}.`;
  return new EngineError('invalid-input', `There is no field "${name}" here. ${hint}`, {
    field: 'query',
    position,
  });
}
