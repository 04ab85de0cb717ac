import { describe, expect, it } from 'vitest';
import { MAX_LINE_BYTES, readLines, type Line } from '../../../src/engine/history/lines.ts';

async function linesOf(...chunks: (string | Buffer)[]): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const page of readLines(given(chunks))) lines.push(...page);
  return lines;
}

async function* given(chunks: readonly (string | Buffer)[]): AsyncGenerator<Buffer> {
  for (const chunk of chunks) yield Buffer.from(chunk);
}

describe('lines of a file', () => {
  it('are cut wherever the bytes are, inside of letters too', async () => {
    const bytes = Buffer.from('\uFEFFfirst\r\nzweite Zeile: Zürich 東京\n\n   \nlast');
    const expected = [
      { number: 1, text: 'first' },
      { number: 2, text: 'zweite Zeile: Zürich 東京' },
      { number: 5, text: 'last' },
    ];
    for (const size of [1, 3, 7, bytes.length]) {
      const chunks = [];
      for (let from = 0; from < bytes.length; from += size) chunks.push(bytes.subarray(from, from + size));
      expect(await linesOf(...chunks)).toEqual(expected);
    }
  });

  it('are told of as too long without being kept, and the next one is read', async () => {
    const piece = Buffer.alloc(262_144, 'x');
    const tooLong = Array.from({ length: 40 }, () => piece);
    const lines = await linesOf('before\n', ...tooLong, '\nafter\n', Buffer.alloc(MAX_LINE_BYTES, 'y'));
    expect(lines.map(({ number, text }) => [number, text?.length])).toEqual([
      [1, 6],
      [2, undefined],
      [3, 5],
      [4, MAX_LINE_BYTES],
    ]);
  });

  it('come in pages of a thousand, or of a megabyte', async () => {
    const pages: number[] = [];
    const short = 'x\n'.repeat(2_500);
    const long = `${'y'.repeat(600_000)}\n`.repeat(3);
    for await (const page of readLines(given([short, long]))) pages.push(page.length);
    expect(pages).toEqual([1_000, 1_000, 502, 1]);
  });
});
