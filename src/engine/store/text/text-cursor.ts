import { z } from 'zod';
import { EngineError } from '../../errors.ts';

/** Where a text of sessions goes on. What it began with stays as it was, so that all of it answers one question. */
const position = z.object({
  /** The moment that decides what has expired and what "the last 24 hours" are. */
  asOfMs: z.number(),
  /** Number of the last session that was stored when it began. */
  lastId: z.int(),
  /** Number of the last session that was written. */
  afterId: z.int(),
});
export type TextPosition = z.infer<typeof position>;

/** A position as the opaque text a caller hands back. */
export function writeTextCursor(at: TextPosition): string {
  return Buffer.from(JSON.stringify(at)).toString('base64url');
}

/** Throws EngineError `invalid-input` for a text that is no such cursor. */
export function readTextCursor(text: string): TextPosition {
  const parsed = position.safeParse(parseJson(Buffer.from(text, 'base64url').toString('utf8')));
  if (parsed.success) return parsed.data;
  const message = 'This cursor belongs to something else: start again without a cursor.';
  throw new EngineError('invalid-input', message, { field: 'cursor' });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
