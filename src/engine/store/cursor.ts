import { z } from 'zod';
import type { ListName } from '../../contract/system.ts';
import { EngineError } from '../errors.ts';

const sortValue = z.union([z.string(), z.number(), z.object({ blob: z.base64() })]);

/** Where a page ended: the last row's place in the order. Rows whose value is unknown come after all others. */
const position = z.discriminatedUnion('part', [
  /** `entry`: number of the dictionary entry the value is of; 0 where the row holds the value itself. */
  z.object({ part: z.literal('known'), value: sortValue, entry: z.number().int(), id: z.number().int() }),
  z.object({ part: z.literal('unknown'), id: z.number().int() }),
]);
export type Position = z.infer<typeof position>;

const cursor = z.tuple([z.string(), z.string(), position]);

/** A position as the opaque text a caller hands back. It names its list and sort, and nothing else will take it. */
export function writeCursor(list: ListName, sort: string, at: Position): string {
  return Buffer.from(JSON.stringify([list, sort, at])).toString('base64url');
}

/** Throws EngineError `invalid-input` for a text that is no cursor of this list in this order. */
export function readCursor(list: ListName, sort: string, text: string): Position {
  const parsed = cursor.safeParse(parseJson(Buffer.from(text, 'base64url').toString('utf8')));
  if (!parsed.success || parsed.data[0] !== list || parsed.data[1] !== sort) {
    throw new EngineError(
      'invalid-input',
      'This cursor belongs to another list or another order: start again without a cursor.',
      { field: 'cursor' },
    );
  }
  return parsed.data[2];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
