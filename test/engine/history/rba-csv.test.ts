import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseRbaLines, rbaColumns } from '../../../src/engine/history/rba-csv.ts';

const [header = '', ...rows] = readFileSync('test/fixtures/history/rba-first-rows.csv', 'utf8')
  .trim()
  .split('\n');
const columns = rbaColumns(header) ?? [];
const parse = (texts: readonly (string | null)[]) =>
  parseRbaLines(
    texts.map((text, index) => ({ number: index + 2, text })),
    columns,
  );

describe('the RBA data set', () => {
  it('is known by the names in its first line, in any order', () => {
    expect(columns).toHaveLength(16);
    expect(rbaColumns(header.split(',').reverse().join(','))).toHaveLength(16);
    expect(rbaColumns(header.replace('User ID', 'User'))).toBeNull();
    expect(rbaColumns('{"at":"2026-11-20T00:00:00Z"}')).toBeNull();
  });

  it('is read row by row: ids as text, times as UTC, `-` as unknown, labels not at all', () => {
    const { logins, rejected } = parse(rows);
    expect(rejected).toEqual([]);
    expect(logins).toHaveLength(8);
    expect(logins[2]).toEqual({
      line: 4,
      atMs: Date.parse('2020-02-03T12:43:55.873Z'),
      user: { id: '-3284137479262433373', name: null },
      outcome: 'success',
      ip: '81.167.144.58',
      userAgent:
        'Mozilla/5.0  (iPad; CPU OS 7_1 like Mac OS X) AppleWebKit/533.1 (KHTML, like Gecko Version/4.0 Mobile Safari/533.1 variation/277457',
      sessionId: null,
      deviceToken: null,
      place: { country: 'NO', region: 'Vestland', city: 'Urangsvag', lat: null, lon: null, accuracyKm: null },
      network: { asn: 29_695, org: null, kinds: null },
      isCrowd: false,
    });
    expect(logins[1]?.place).toMatchObject({ country: 'AU', region: null, city: null });
    expect(logins.filter(({ isCrowd }) => isCrowd).map(({ line }) => line)).toEqual([2, 3, 5]);
    const relabelled = rows.map((row) => row.replace(/(True|False),(True|False)$/, 'True,True'));
    expect(parse(relabelled).logins).toEqual(logins);
  });

  it('rejects a broken row alone, whatever quotes it opens', () => {
    const [first = '', second = ''] = rows;
    const { logins, rejected } = parse([
      first,
      `1,"never closed,${second}`,
      'a,b',
      null,
      second.replace('2020-02-03', '03.02.2020'),
      second.replace(',False,', ',Perhaps,'),
      second,
    ]);
    expect(logins.map(({ line }) => line)).toEqual([2, 8]);
    expect(rejected).toEqual([
      { index: 3, reason: 'it is not a line of CSV' },
      { index: 4, reason: 'it has 2 columns, not 16' },
      { index: 5, reason: 'it is longer than a megabyte' },
      { index: 6, reason: '"Login Timestamp" should be a time such as 2020-02-03 12:43:30.772' },
      { index: 7, reason: '"Login Successful" should be True or False' },
    ]);
  });
});
