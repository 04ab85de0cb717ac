import Table from 'cli-table3';
import { shortCount, type Figure, type Target } from './benchmark.ts';
import type { Machine } from './machine.ts';

/** A figure with where it comes from. */
export type Result = {
  readonly benchmark: string;
  readonly figure: Figure;
  readonly run: { readonly command: string; readonly startedAt: string; readonly machine: Machine };
};

type Verdict = 'goal' | 'floor' | 'MISSED' | '';

export const columns = ['benchmark', 'what', 'sessions', 'value', 'floor', 'goal', 'met', 'made of'] as const;

/** A result as texts, in the order of `columns`. */
export function cellsOf({ benchmark, figure }: Result): readonly string[] {
  const { what, sessions, value, unit, target, detail } = figure;
  return [
    benchmark,
    what,
    shortCount(sessions),
    withUnit(value, unit),
    target === undefined ? '' : bound(target, target.floor, unit),
    target === undefined ? '' : bound(target, target.goal, unit),
    verdictOf(value, target),
    Object.entries(detail ?? {})
      .map(([name, part]) => `${wordsOf(name)} ${typeof part === 'number' ? short(part) : part}`)
      .join(', '),
  ];
}

export function tableOf(results: readonly Result[]): string {
  const table = new Table({
    head: [...columns],
    style: { head: [], border: [] },
    colWidths: [null, 34, null, null, null, null, null, 60],
    wordWrap: true,
  });
  for (const result of results) table.push([...cellsOf(result)]);
  return table.toString();
}

/** What is said below the table, under the name of what it is about. */
export function notesOf(results: readonly Result[]): readonly string[] {
  return results.flatMap(({ benchmark, figure: { what, sessions, notes } }) =>
    notes === undefined
      ? []
      : [`${benchmark}: ${what} (${shortCount(sessions)})`, ...notes.map((note) => `  ${note}`)],
  );
}

/** One line for machines: everything, numbers as they were measured. */
export function jsonLine({ benchmark, figure, run }: Result): string {
  return JSON.stringify({ benchmark, ...figure, met: verdictOf(figure.value, figure.target), ...run });
}

/** The results in a file that `--json` wrote. */
export function resultsIn(lines: string): readonly Result[] {
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .map(resultOf);
}

/** Of each benchmark those of its last run; of a run that is in both lists, those of the second. */
export function lastOf(known: readonly Result[], fresh: readonly Result[]): readonly Result[] {
  const isOfRun = (one: Result, other: Result) =>
    one.benchmark === other.benchmark && one.run.startedAt === other.run.startedAt;
  const all = [...known.filter((one) => !fresh.some((other) => isOfRun(one, other))), ...fresh];
  return all.filter(({ benchmark, run }) =>
    all.every((other) => other.benchmark !== benchmark || other.run.startedAt <= run.startedAt),
  );
}

/** Our own file, as `jsonLine` writes it. */
function resultOf(line: string): Result {
  const {
    benchmark,
    met: _met,
    command,
    startedAt,
    machine,
    ...figure
  } = JSON.parse(line) as Figure & Result['run'] & { benchmark: string; met: Verdict };
  return { benchmark, figure, run: { command, startedAt, machine } };
}

function verdictOf(value: number, target: Target | undefined): Verdict {
  if (target === undefined) return '';
  const reaches = (limit: number) => (target.better === 'higher' ? value >= limit : value <= limit);
  if (reaches(target.goal)) return 'goal';
  return reaches(target.floor) ? 'floor' : 'MISSED';
}

function bound({ better }: Target, limit: number, unit: Figure['unit']): string {
  return `${better === 'higher' ? '≥' : '≤'} ${withUnit(limit, unit)}`;
}

function withUnit(value: number, unit: Figure['unit']): string {
  return `${short(value)} ${unit}`.trim();
}

/** Three digits that matter. */
function short(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return Math.abs(value) >= 100
    ? Math.round(value).toLocaleString('en')
    : String(Number(value.toPrecision(3)));
}

/** `bareRowsPerSecond` → `bare rows per second`. */
function wordsOf(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
