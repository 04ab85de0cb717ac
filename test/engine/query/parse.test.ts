import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../src/engine/errors.ts';
import { check } from '../../../src/engine/query/check.ts';
import { fieldsOf } from '../../../src/engine/query/fields.ts';
import { parse } from '../../../src/engine/query/parse.ts';
import { NOON_MS } from '../../support/records.ts';

/** The query in words: structure without positions. */
function shape(text: string): string {
  const write = (query: ReturnType<typeof parse>): string => {
    switch (query.kind) {
      case 'all':
        return 'all';
      case 'and':
      case 'or':
        return `${query.kind}(${query.parts.map(write).join(' ')})`;
      case 'not':
        return `not(${write(query.part)})`;
      case 'term': {
        const values = query.values.map(
          (value) => `${value.comparison ?? ''}${value.isQuoted ? `"${value.text}"` : value.text}`,
        );
        return `${query.field === null ? '' : `${query.field.name}=`}${values.join('|')}`;
      }
    }
  };
  return write(parse(text));
}

function problemOf(text: string): { message: string; position: number | null } {
  try {
    check(parse(text), fieldsOf('sessions'), NOON_MS);
  } catch (error) {
    if (error instanceof EngineError) return { message: error.message, position: error.position };
    throw error;
  }
  throw new Error(`"${text}" is a valid query`);
}

describe('the query language', () => {
  it.each([
    ['', 'all'],
    ['  ', 'all'],
    ['ann', 'ann'],
    ['country:DE', 'country=DE'],
    ['country:DE city:Berlin', 'and(country=DE city=Berlin)'],
    ['country:DE AND city:Berlin', 'and(country=DE city=Berlin)'],
    ['a b OR c', 'or(and(a b) c)'],
    ['a (b OR c)', 'and(a or(b c))'],
    ['NOT a b', 'and(not(a) b)'],
    ['-country:DE', 'not(country=DE)'],
    ['--a', 'a'],
    ['NOT (a OR b)', 'not(or(a b))'],
    ['country:DE,FR , GB', 'country=DE|FR|GB'],
    ['user:"Ann \\"the\\" Lee",bob', 'user="Ann "the" Lee"|bob'],
    ['started:>2026-11-01T08:00Z', 'started=>2026-11-01T08:00Z'],
    ['seen:<24h', 'seen=<24h'],
    ['lon:-12.5', 'lon=-12.5'],
    ['user:-ann', 'user=-ann'],
    ['a-b', 'a-b'],
    ['ip:2001:db8::/32', 'ip=2001:db8::/32'],
    ['fe80::1', 'fe80::1'],
    ['order android notes', 'and(order android notes)'],
    ['(country:DE)', 'country=DE'],
  ])('reads %j', (text, expected) => {
    expect(shape(text)).toBe(expected);
  });

  it.each([
    ['a OR', 4, 'Something is missing after "OR".'],
    ['OR a', 0, 'Something is missing before "OR".'],
    ['a AND AND b', 6, 'Something is missing after "AND".'],
    ['NOT', 3, 'Something is missing after "NOT".'],
    ['country:', 8, 'Something is missing after "country:".'],
    ['country:DE,', 11, 'Something is missing after ",".'],
    ['started:>', 9, 'Something is missing after ">".'],
    ['(a', 2, 'A "(" is not closed: add a ")".'],
    ['a)', 1, 'This ")" closes nothing: remove it, or add a "(".'],
    ['a ()', 3, 'There is nothing between these parentheses.'],
    ['user:"ann', 5, 'This quotation mark is not closed.'],
    ['cuontry:DE', 0, 'There is no field "cuontry" here. Did you mean country?'],
    ['a startd:<1d', 2, 'There is no field "startd" here. Did you mean started?'],
    ['state:activ', 6, '"state" is never "activ". Did you mean active?'],
    ['current:maybe', 8, '"current" is true, false or unknown, not "maybe".'],
    ['asn:many', 4, '"asn" needs a number (5), a comparison (>5) or a range (5..10), not "many".'],
    ['user:>ann', 6, '"user" has no order, so ">" means nothing here.'],
    ['severity:>critical', 10, 'No value of "severity" is >critical.'],
  ])('says where %j goes wrong', (text, position, message) => {
    expect(problemOf(text)).toEqual({ position, message });
  });

  it.each([
    ['ip:10.0.0', 3, 'is no address'],
    ['ip:10.0.0.0/33', 3, 'is no address'],
    ['started:2026-02-30', 8, 'is no time'],
    ['started:soon', 8, 'is no time'],
    ['http://example.test', 0, 'There is no field "http" here. Put the text in quotation marks'],
    ['state:"active*"', 6, '"state" is never'],
  ])('says where %j goes wrong, and what would be right', (text, position, part) => {
    const problem = problemOf(text);
    expect(problem.position).toBe(position);
    expect(problem.message).toContain(part);
  });

  it('takes every number as a row shows it', () => {
    const below = 1e15;
    const shown = fc.double({ min: -below, max: below, minExcluded: true, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(shown, (value) => {
        const bound = { value: value + 0, isIncluded: true };
        const checked = check(parse(`lon:${JSON.stringify(value)}`), fieldsOf('sessions'), NOON_MS);
        expect(checked).toMatchObject({ tests: [{ kind: 'range', min: bound, max: bound }] });
      }),
    );
  });

  it('bounds length, nesting and the number of terms', () => {
    expect(problemOf('x'.repeat(5000))).toMatchObject({ position: 4096 });
    expect(problemOf(`${'('.repeat(60)}a`)).toMatchObject({ position: 50 });
    expect(problemOf('a '.repeat(101))).toMatchObject({ position: 200 });
  });
});
