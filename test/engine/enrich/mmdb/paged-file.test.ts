import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { PagedFile } from '../../../../src/engine/enrich/mmdb/paged-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'paged-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** More than is held at a time, and no whole number of pages. */
const SIZE = 9_000_001;
const content = Buffer.alloc(SIZE);
for (let at = 0; at + 4 <= SIZE; at += 4) content.writeUInt32LE(Math.imul(at, 0x9e3779b1) >>> 0, at);
const path = join(folder, 'content');
writeFileSync(path, content);

function readFrom(file: PagedFile, offset: number, length: number): Buffer {
  const at = file.locate(offset, length);
  return Buffer.from(file.view.subarray(at, at + length));
}

describe('a file of which some pages are held', () => {
  it('has the same bytes as the file, wherever and however often it is asked', () => {
    const file = new PagedFile(path);
    const place = fc.oneof(
      fc.nat(SIZE - 1),
      // Across the ends of pages.
      fc.tuple(fc.nat(2_196), fc.integer({ min: -20, max: 20 })).map(([page, by]) => page * 4096 + by),
    );
    const length = fc.oneof(fc.nat(16), fc.nat(10_000));
    fc.assert(
      fc.property(fc.array(fc.tuple(place, length), { minLength: 50, maxLength: 200 }), (asked) => {
        for (const [offset, bytes] of asked) {
          if (offset < 0 || offset + bytes > SIZE) continue;
          expect(readFrom(file, offset, bytes).equals(content.subarray(offset, offset + bytes))).toBe(true);
        }
      }),
    );
    file.close();
  });

  it('still has the first page after all the others were asked for', () => {
    const file = new PagedFile(path);
    for (let offset = 0; offset + 8 <= SIZE; offset += 4096) {
      expect(readFrom(file, offset, 8).equals(content.subarray(offset, offset + 8))).toBe(true);
    }
    expect(readFrom(file, 0, 8).equals(content.subarray(0, 8))).toBe(true);
    file.close();
  });

  it('throws for what lies outside of the file', () => {
    const file = new PagedFile(path);
    expect(readFrom(file, SIZE - 3, 3).equals(content.subarray(-3))).toBe(true);
    for (const [offset, length] of [
      [SIZE - 3, 4],
      [SIZE, 1],
      [-1, 1],
      [0, SIZE + 1],
    ] as const)
      expect(() => file.locate(offset, length)).toThrow(RangeError);
    file.close();
  });

  it('throws when the file was cut off meanwhile, and holds none of it', () => {
    const cut = join(folder, 'cut');
    writeFileSync(cut, content);
    const file = new PagedFile(cut);
    truncateSync(cut, 100_000);
    for (let attempt = 0; attempt < 2; attempt += 1) {
      expect(() => file.locate(200_000, 8)).toThrow('cut off');
      expect(() => file.locate(200_000, 9_000)).toThrow('cut off');
    }
    expect(readFrom(file, 50_000, 8).equals(content.subarray(50_000, 50_008))).toBe(true);
    file.close();
  });
});
