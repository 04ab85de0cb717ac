import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { NEW_SPACE_MB } from '../../src/engine/small-heaps.ts';

/** A process of its own: the settings hold for a whole process, this one included. */
function newSpaceMbAfter(preparation: string): number {
  const program = `
    import { getHeapSpaceStatistics } from 'node:v8';
    ${preparation}
    // Like a poll: 64 MB of objects of which a quarter is alive at any time.
    const alive = [];
    for (let page = 0; page < 64; page += 1) {
      alive[page % 16] = Array.from({ length: 10_000 }, (_, row) => ({ page, row, address: { row } }));
    }
    const space = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
    console.log(space.space_size / 2 ** 20);`;
  return Number(execFileSync(process.execPath, ['--input-type=module', '--eval', program]));
}

describe('the heap of an engine', () => {
  const module = pathToFileURL('src/engine/small-heaps.ts').href;

  it('keeps little room for new objects, and all of it from the beginning', () => {
    const prepared = newSpaceMbAfter(`(await import('${module}')).keepHeapsSmall();`);
    expect(prepared).toBe(NEW_SPACE_MB);
    expect(newSpaceMbAfter('')).toBeGreaterThan(NEW_SPACE_MB);
  });
});
