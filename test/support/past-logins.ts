import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HistoryFormat, HistoryImported } from '../../src/contract/history.ts';
import { temporaryDir } from './data-dir.ts';
import type { TestEngine } from './engine.ts';

/** One line of events-jsonl, before it is text. */
export type LineFields = Readonly<Record<string, unknown>>;

/** A login of Ann in Berlin, half a day before the test clock's noon. */
export function loginLine(over: LineFields = {}): LineFields {
  return {
    at: '2026-11-20T00:00:00Z',
    user: 'u-ann',
    outcome: 'success',
    ip: '81.2.69.160',
    country: 'DE',
    city: 'Berlin',
    lat: 52.52,
    lon: 13.405,
    accuracyKm: 20,
    networkKinds: ['broadband'],
    userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0',
    ...over,
  };
}

export const inSydney = {
  ip: '89.160.20.112',
  country: 'AU',
  city: 'Sydney',
  lat: -33.87,
  lon: 151.21,
} as const satisfies LineFields;

/** A file of that content in a folder of its own; answers its path. */
export function historyFile(content: readonly LineFields[] | string | Buffer, name = 'logins.jsonl'): string {
  const file = join(temporaryDir(), name);
  const isRaw = typeof content === 'string' || Buffer.isBuffer(content);
  writeFileSync(file, isRaw ? content : content.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return file;
}

/** Imports a file to its end and answers what it came to. */
export async function importFile(
  { call }: Pick<TestEngine, 'call'>,
  file: string,
  { source = 'history', format = null }: { source?: string; format?: HistoryFormat | null } = {},
): Promise<HistoryImported> {
  for await (const step of await call.history.import({ file, source, format }))
    if (step.kind === 'done') return step.result;
  throw new Error('the import ended without a result');
}
