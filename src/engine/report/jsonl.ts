import type { TextFormat } from './text-format.ts';

/** JSON Lines: a session a line, every key present, no header. */
export const jsonl: TextFormat = {
  header: '',
  begin: '{',
  end: '}\n',
  name: (key) => `${JSON.stringify(key)}:`,
  unknown: 'null',
  text: JSON.stringify,
  number: JSON.stringify,
  flag: JSON.stringify,
  list: JSON.stringify,
};
