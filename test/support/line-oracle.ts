import { stringify } from 'csv-stringify/sync';
import type { ReportFormat } from '../../src/contract/report.ts';
import { session, type Session } from '../../src/contract/session.ts';

const columns = session.keyof().options;

/** What the lines of sessions have to be: libraries write them from whole objects. */
export const lineOracle: Readonly<Record<ReportFormat, (rows: readonly Session[]) => string>> = {
  csv: (rows) => csvText(rows.map((row) => columns.map((column) => cellOf(row[column])))),
  jsonl: (rows) => rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
};

/** Cells as CSV: CRLF, all quoted but the empty ones, no formulas. */
export function csvText(cells: readonly (readonly (string | number | null)[])[]): string {
  return stringify(
    cells.map((line) => line.map((cell) => (typeof cell === 'string' ? inert(cell) : cell))),
    { quoted: true, quoted_empty: false, record_delimiter: '\r\n', escape_formulas: true },
  );
}

function cellOf(value: Session[keyof Session]): string | number | null {
  if (Array.isArray(value)) return value.join(' ');
  return typeof value === 'boolean' ? String(value) : value;
}

/** The library guards signs at the very start; these are behind what some spreadsheets trim. */
function inert(text: string): string {
  return /^[\s\p{Cc}\p{Cf}]+[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/u.test(text) ? `'${text}` : text;
}
