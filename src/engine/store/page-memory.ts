import type { SqlValue } from '../query/to-sql.ts';
import type { Db } from './database.ts';
import { RowSet } from './row-set.ts';

/** What has been found out for a page: several kinds of rows and several stretches of an order ask the same. */
export type PageMemory = <T>(question: string, find: () => T) => T;

/** Of questions and answers kept from one page to the next before all are forgotten: of a million rows some thirty sets. */
const MAX_KEPT_BYTES = 4_000_000;

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
 * Makes a memory for each page of a connection, to be asked for inside its read transaction. Answers are known to the pages
 * after it until somebody writes: whoever goes on to the next page of a filter, or orders it otherwise,
 * asks the same again.
 */
export function pageMemories(db: Db): () => PageMemory {
  const readVersion = db.prepare<[], number>('SELECT data_version FROM pragma_data_version').pluck();
  const kept = new Map<string, unknown>();
  let keptBytes = 0;
  let version: number | undefined;
  const forget = () => {
    kept.clear();
    keptBytes = 0;
  };
  return () => {
    const current = readVersion.get();
    if (current !== version) forget();
    version = current;
    const ofPage = createPageMemory();
    return <T>(question: string, find: () => T): T =>
      ofPage(question, () => {
        if (kept.has(question)) return kept.get(question) as T;
        const answer = find();
        const bytes = question.length + bytesOf(answer);
        if (bytes > MAX_KEPT_BYTES) return answer;
        if (keptBytes + bytes > MAX_KEPT_BYTES) forget();
        kept.set(question, answer);
        keptBytes += bytes;
        return answer;
      });
  };
}

/** Infinity: of what is not known to be small. */
function bytesOf(answer: unknown): number {
  if (answer instanceof RowSet) return answer.bytes;
  if (typeof answer === 'string') return answer.length;
  return answer === null ? 0 : Infinity;
}

/** A statement with its values in the places of their names, which differ from one statement to the next. */
export function spelledOut(sql: string, values: Readonly<Record<string, SqlValue>>): string {
  return sql.replaceAll(/@(\w+)/g, (name, key: string) => JSON.stringify(values[key] ?? name));
}
