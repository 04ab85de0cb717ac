import { stringify } from 'csv-stringify/sync';
import Table from 'cli-table3';
import { visibleText } from './visible-text.ts';

export const FORMATS = ['table', 'json', 'jsonl', 'csv'] as const;
export type Format = (typeof FORMATS)[number];

/** A column of a table: its heading and the cell of a row. */
export type Column<T> = { readonly title: string; readonly cell: (row: T) => string | number | null };

/** What a command says that has no source to work on. */
export const NO_SOURCE = 'No source is configured yet; add some with "sources import FILE", or try "demo".';

/** Data goes to stdout, and only data. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Whoever read stdout has gone (`| head -1`): what only prints may stop, what acts goes on. */
export function hasNoReader(): boolean {
  return !process.stdout.writable;
}

/** A reader that leaves early is no error: what is written from then on goes nowhere. */
export function bearClosedStreams(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}

/** Everything else a person should read goes to stderr. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Rows as a table for people: untrusted text made visible, unknown as an empty cell. */
export function printTable<T>(rows: readonly T[], columns: readonly Column<T>[]): void {
  const table = new Table({
    head: columns.map(({ title }) => title),
    style: { head: [], border: [], compact: true },
    chars: LINES,
  });
  for (const row of rows) table.push(columns.map(({ cell }) => visibleText(String(cell(row) ?? ''))));
  print(table.toString());
}

/** Rows as CSV with a header: every field quoted, lists joined by `;`, cells that look like formulas defused. */
export function toCsv(
  rows: readonly Record<string, unknown>[],
  header: readonly string[],
  isFirst: boolean,
): string {
  return stringify(
    rows.map((row) => header.map((key) => csvCell(row[key]))),
    {
      header: isFirst,
      columns: [...header],
      quoted: true,
      record_delimiter: 'windows',
      escape_formulas: true,
    },
  );
}

function csvCell(value: unknown): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.join(';');
  if (typeof value === 'object') return JSON.stringify(value);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return null;
}

/** Two blanks between columns, a line below the head, nothing else: readable, and easy to cut. */
const LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: ' ',
};
