import type { QueryField } from '../../contract/system.ts';
import { quoted } from './term.ts';

/** One way to go on typing: `text` replaces the characters between `from` and `to` of the query. */
export type Completion = {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly label: string;
  readonly help: string;
};

const MAX_COMPLETIONS = 9;

/** What can stand at the caret: field names while a word is typed, values after the colon of a field with a closed list. */
export function completionsAt(
  query: string,
  caret: number,
  fields: readonly QueryField[],
): readonly Completion[] {
  const word = wordAt(query, caret);
  if (word === null) return [];
  const colon = word.text.indexOf(':');
  const found = colon === -1 ? fieldNames(word, fields) : fieldValues(word, colon, fields);
  return found.slice(0, MAX_COMPLETIONS);
}

type Word = { readonly from: number; readonly to: number; readonly text: string };

/** The term the caret is in, without a leading minus or parenthesis; null inside a quoted phrase. */
function wordAt(query: string, caret: number): Word | null {
  let from = 0;
  let isQuoted = false;
  for (let index = 0; index < caret; index++) {
    const character = query[index];
    if (character === '"' && query[index - 1] !== '\\') isQuoted = !isQuoted;
    if (!isQuoted && character !== undefined && /[\s()]/.test(character)) from = index + 1;
  }
  if (isQuoted) return null;
  if (query[from] === '-') from++;
  if (from > caret) return null;
  return { from, to: caret, text: query.slice(from, caret) };
}

function fieldNames(word: Word, fields: readonly QueryField[]): Completion[] {
  const typed = word.text.toLowerCase();
  return fields
    .map((field) => ({ field, name: nameFor(field, typed) }))
    .filter(({ name }) => name !== null)
    .map(({ field, name }) => ({
      from: word.from,
      to: word.to,
      text: `${name ?? field.name}:`,
      label: name ?? field.name,
      help: field.help,
    }));
}

/** The name to offer: the short one, unless only another one begins with what is typed. */
function nameFor(field: QueryField, typed: string): string | null {
  const names = [...field.shortNames, field.name];
  return names.find((name) => name.toLowerCase().startsWith(typed)) ?? null;
}

function fieldValues(word: Word, colon: number, fields: readonly QueryField[]): Completion[] {
  const name = word.text.slice(0, colon).toLowerCase();
  const field = fields.find(({ name: long, shortNames }) =>
    [long, ...shortNames].some((known) => known.toLowerCase() === name),
  );
  if (field === undefined) return [];
  const start = Math.max(colon, word.text.lastIndexOf(',')) + 1;
  const typed = word.text.slice(start).toLowerCase();
  const at = { from: word.from + start, to: word.to };
  if (field.type === 'time' && typed === '') {
    return timeExamples.map(([text, help]) => ({ ...at, text, label: text, help }));
  }
  return field.values
    .filter((value) => value.toLowerCase().startsWith(typed) && value.toLowerCase() !== typed)
    .map((value) => ({
      ...at,
      text: /^[\w.-]+$/.test(value) ? value : quoted(value),
      label: value,
      help: '',
    }));
}

const timeExamples: readonly (readonly [string, string])[] = [
  ['<1h', 'within the last hour'],
  ['<24h', 'within the last day'],
  ['<7d', 'within the last week'],
  ['>30d', 'longer than 30 days ago'],
];
