import { stringify } from 'csv-stringify/sync';
import { session, type Session } from '../../contract/session.ts';
import type { RowFormat } from './row-format.ts';

/** One column per key of a session, in the contract's order. */
const columns = session.keyof().options;

/**
 * RFC 4180: CRLF, every cell quoted, unknown is empty, lists separated by a space. A text that a spreadsheet would take
 * for a formula gets an apostrophe in front; numbers stay numbers.
 */
export const csv: RowFormat = {
  header: lines([columns]),
  encode: (rows) => lines(rows.map((row) => columns.map((column) => cellOf(row[column])))),
};

type Cell = string | number | null;

function lines(cells: readonly (readonly Cell[])[]): string {
  return stringify([...cells.map((line) => [...line])], {
    quoted: true,
    quoted_empty: false,
    record_delimiter: '\r\n',
    escape_formulas: true,
  });
}

function cellOf(value: Session[keyof Session]): Cell {
  if (Array.isArray(value)) return value.join(' ');
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'string' ? inert(value) : value;
}

/**
 * csv-stringify guards cells that begin with a formula sign; spreadsheets that trim what comes before it need the
 * same for signs behind white space, control and invisible characters.
 */
function inert(text: string): string {
  return /^[\s\p{Cc}\p{Cf}]+[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/u.test(text) ? `'${text}` : text;
}
