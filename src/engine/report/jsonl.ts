import type { RowFormat } from './row-format.ts';

/** JSON Lines: a session a line, every key present, no header. */
export const jsonl: RowFormat = {
  header: '',
  encode: (rows) => rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
};
