import { z } from 'zod';
import type { ListName } from '../../contract/system.ts';
import { EngineError } from '../errors.ts';
import type { SqlValue } from '../query/to-sql.ts';

const key = z.union([z.string(), z.number(), z.object({ blob: z.base64() })]);

/** Where a page ended: a stretch of the order, the values rows are ordered by there, and the row. */
const position = z.object({
  stretch: z.number().int().min(0),
  keys: z.array(key).max(4),
  /** Which kind of the list's rows, and its number among them. */
  kind: z.number().int().min(0),
  id: z.number().int(),
});
const cursor = z.tuple([z.string(), z.string(), position]);

export type Position = {
  readonly stretch: number;
  readonly keys: readonly SqlValue[];
  readonly kind: number;
  readonly id: number;
};

/** A position as the opaque text a caller hands back. It names its list and order, and nothing else will take it. */
export function writeCursor(list: ListName, order: string, { keys, ...at }: Position): string {
  const plain = keys.map((value) => (Buffer.isBuffer(value) ? { blob: value.toString('base64') } : value));
  return Buffer.from(JSON.stringify([list, order, { ...at, keys: plain }])).toString('base64url');
}

/** Throws EngineError `invalid-input` for a text that is no cursor of this list in this order. */
export function readCursor(list: ListName, order: string, text: string): Position {
  const parsed = cursor.safeParse(parseJson(Buffer.from(text, 'base64url').toString('utf8')));
  if (!parsed.success || parsed.data[0] !== list || parsed.data[1] !== order) {
    throw new EngineError(
      'invalid-input',
      'This cursor belongs to another list or another order: start again without a cursor.',
      { field: 'cursor' },
    );
  }
  const { keys, ...at } = parsed.data[2];
  return {
    ...at,
    keys: keys.map((value) => (typeof value === 'object' ? Buffer.from(value.blob, 'base64') : value)),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
