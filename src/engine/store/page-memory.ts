import type { SqlValue } from '../query/to-sql.ts';

/** What has been found out for a page: several kinds of rows and several stretches of an order ask the same. */
export type PageMemory = <T>(question: string, find: () => T) => T;

/** Remembers each answer for as long as the page is made; questions of different types are worded differently. */
export function createPageMemory(): PageMemory {
  const known = new Map<string, unknown>();
  return <T>(question: string, find: () => T): T => {
    if (!known.has(question)) known.set(question, find());
    // What a question is answered with follows from its text alone.
    return known.get(question) as T;
  };
}

/** A statement with its values in the places of their names, which differ from one statement to the next. */
export function spelledOut(sql: string, values: Readonly<Record<string, SqlValue>>): string {
  return sql.replaceAll(/@(\w+)/g, (name, key: string) => JSON.stringify(values[key] ?? name));
}
