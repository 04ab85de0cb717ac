import { BoundedMap } from '../enrich/bounded-memo.ts';
import type { SqlValue } from '../query/to-sql.ts';
import type { Db } from './database.ts';
import { RowSet } from './row-set.ts';

/** What has been found out for a page: several kinds of rows and several stretches of an order ask the same. */
export type PageMemory = <T>(question: string, find: () => T) => T;

/** Answers kept from one page to the next: more than a filter has questions, and of 4 MB at most. */
const KEPT = 32;
const MAX_KEPT_BYTES = 128 * 1024;

/** Remembers each answer for as long as the page is made; questions of different types are worded differently. */
export function createPageMemory(): PageMemory {
  const known = new Map<string, unknown>();
  return <T>(question: string, find: () => T): T => {
    if (!known.has(question)) known.set(question, find());
    // What a question is answered with follows from its text alone.
    return known.get(question) as T;
  };
}

/**
 * Makes a memory for each page of a connection, to be asked for inside its read transaction. Answers that are not large are
 * known to the pages after it until somebody writes: whoever goes on to the next page of a filter, or orders it otherwise,
 * asks the same again.
 */
export function pageMemories(db: Db): () => PageMemory {
  const readVersion = db.prepare<[], number>('SELECT data_version FROM pragma_data_version').pluck();
  const kept = new BoundedMap<string, { readonly answer: unknown }>(KEPT);
  let version: number | undefined;
  return () => {
    const current = readVersion.get();
    if (current !== version) kept.clear();
    version = current;
    const ofPage = createPageMemory();
    return (question, find) =>
      ofPage(question, () => {
        const known = kept.get(question);
        if (known !== undefined) return known.answer as ReturnType<typeof find>;
        const answer = find();
        if (isSmall(answer)) kept.set(question, { answer });
        return answer;
      });
  };
}

function isSmall(answer: unknown): boolean {
  if (answer instanceof RowSet) return answer.bytes <= MAX_KEPT_BYTES;
  return answer === null || (typeof answer === 'string' && answer.length <= MAX_KEPT_BYTES);
}

/** A statement with its values in the places of their names, which differ from one statement to the next. */
export function spelledOut(sql: string, values: Readonly<Record<string, SqlValue>>): string {
  return sql.replaceAll(/@(\w+)/g, (name, key: string) => JSON.stringify(values[key] ?? name));
}
