import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** `file`: title, as the last column of the table names tests. */
const NAMED = /`(test\/[^`]+)`: (.+)/;

const rows = readFileSync('docs/traps.md', 'utf8')
  .split('\n')
  .filter((line) => /^\| \d+ \|/.test(line))
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')));

it('names 20 traps of session APIs', () => {
  expect(rows.map(([number]) => Number(number))).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
});

it.each(rows)('trap %s is held by tests that exist', (number, _trap, _answer, tests = '') => {
  const named = tests.split('<br>');
  expect(named.length, `tests of trap ${number}`).toBeGreaterThan(0);
  for (const each of named) {
    const [, file = '', title = ''] = NAMED.exec(each) ?? [];
    expect(title, each).not.toBe('');
    expect(readFileSync(file, 'utf8'), each).toContain(title);
  }
});
