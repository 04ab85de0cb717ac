import { expect, it } from 'vitest';
import type { Figure } from './benchmark.ts';
import { cellsOf, jsonLine, lastOf, resultsIn, tableOf, type Result } from './results.ts';

const machine = {
  cpu: 'CPU',
  cores: 2,
  ramGb: 8,
  os: 'linux',
  node: '24',
  sqlite: '3',
  words: 'CPU, 2 cores',
};

function result(over: Partial<Figure>): Result {
  return {
    benchmark: 'lists',
    figure: { what: 'any page', sessions: 1_000_000, value: 1, unit: 'ms', ...over },
    run: { command: 'npm run bench', startedAt: '2026-11-21T10:00:00.000Z', machine },
  };
}

const met = (over: Partial<Figure>) => cellsOf(result(over))[6];
const lower = { better: 'lower', floor: 50, goal: 16 } as const;
const higher = { better: 'higher', floor: 0.25, goal: 0.5 } as const;

it('says whether the goal or the floor was met, whichever way is better', () => {
  expect([16, 16.1, 50, 50.1].map((value) => met({ value, target: lower }))).toEqual([
    'goal',
    'floor',
    'floor',
    'MISSED',
  ]);
  expect([0.5, 0.3, 0.2].map((value) => met({ value, target: higher }))).toEqual(['goal', 'floor', 'MISSED']);
});

it('claims nothing of a number that has no target, and nothing good of one that is none', () => {
  expect(met({})).toBe('');
  expect(met({ value: Number.NaN, target: lower })).toBe('MISSED');
});

it('shows the number with its bounds and what it was made of', () => {
  const table = tableOf([result({ value: 12.345, target: lower, detail: { bareRowsPerSecond: 19_969 } })]);
  expect(table).toContain('12.3 ms');
  expect(table).toContain('≤ 50 ms');
  expect(table).toContain('bare rows per second 19,969');
});

it('writes a line of JSON with the machine, the date and the command', () => {
  expect(JSON.parse(jsonLine(result({ value: 12.345, target: lower })))).toMatchObject({
    benchmark: 'lists',
    value: 12.345,
    met: 'goal',
    command: 'npm run bench',
    startedAt: '2026-11-21T10:00:00.000Z',
    machine: { cores: 2 },
  });
});

it('keeps of each benchmark the results of its last run, as they were written', () => {
  const [old, fresh] = [result({ value: 1, notes: ['slow'] }), result({ value: 2 })];
  const later = { ...fresh, run: { ...fresh.run, startedAt: '2026-11-22T10:00:00.000Z' } };
  const other = { ...old, benchmark: 'rules' };
  const lines = [old, other, later].map(jsonLine).join('\n');
  expect(resultsIn(lines)).toEqual([old, other, later]);
  expect(lastOf([old, other], [later])).toEqual([other, later]);
  expect(lastOf([other, later], [old, later])).toEqual([other, later]);
});
