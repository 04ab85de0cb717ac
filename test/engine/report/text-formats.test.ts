import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { session } from '../../../src/contract/session.ts';
import { csv } from '../../../src/engine/report/csv.ts';
import { jsonl } from '../../../src/engine/report/jsonl.ts';
import { hostileText } from '../../support/hostile-text.ts';
import { csvText } from '../../support/line-oracle.ts';

/** A line of two cells, because the library leaves a lonely empty one out. */
const csvLine = (cells: readonly [string, string]) => `${cells.join(',')}${csv.end}`;

describe('a cell of CSV', () => {
  it('is what csv-stringify makes of any text', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (a, b) => {
        expect(csvLine([csv.text(a), csv.text(b)])).toBe(csvText([[a, b]]));
      }),
      { numRuns: 2_000 },
    );
  });

  it('is what csv-stringify makes of any number, negative ones staying numbers', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.integer(), (a, b) => {
        expect(csvLine([csv.number(a), csv.number(b)])).toBe(csvText([[a, b]]));
      }),
    );
  });

  it('is empty when nothing is known, and a list has blanks in it', () => {
    expect(csv.unknown).toBe('');
    expect(csv.list([])).toBe('');
    expect(csv.list(['vpn', 'hosting'])).toBe('"vpn hosting"');
    expect(csv.flag(false)).toBe('"false"');
  });

  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    ' =1',
    '\u200b=1',
    '\uFEFF=1',
    '＝1',
    '\0=1',
  ])('does not let %j start a formula', (text) => {
    expect(csv.text(text)).toBe(`"'${text}"`);
  });
});

describe('the header of CSV', () => {
  it('names every key of a session, and the line ends as all do', () => {
    expect(csv.header).toBe(csvText([session.keyof().options]));
  });
});

describe('a member of JSON Lines', () => {
  it('is what JSON.stringify makes of it', () => {
    fc.assert(
      fc.property(
        hostileText,
        fc.double(),
        fc.boolean(),
        fc.array(hostileText),
        (text, number, flag, list) => {
          const line = [
            jsonl.name('city') + jsonl.text(text),
            jsonl.name('lat') + jsonl.number(number),
            jsonl.name('current') + jsonl.flag(flag),
            jsonl.name('findings') + jsonl.list(list),
            jsonl.name('ip') + jsonl.unknown,
          ].join(',');
          const row = { city: text, lat: number, current: flag, findings: list, ip: null };
          expect(jsonl.begin + line + jsonl.end).toBe(`${JSON.stringify(row)}\n`);
        },
      ),
    );
  });
});
