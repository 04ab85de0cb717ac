import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

/** Megabytes of garbage that a process of its own still holds when nothing happened for some turns after work. */
function garbageLeftAfter(preparation: string): number {
  const program = `
    import { setTimeout as sleep } from 'node:timers/promises';
    import { getHeapStatistics } from 'node:v8';
    ${preparation}
    let rows = [];
    for (let row = 0; row < 400_000; row += 1) rows.push({ row, address: { row } });
    rows = null;
    for (let turn = 0; turn < 20; turn += 1) await sleep(20);
    console.log(getHeapStatistics().total_physical_size / 2 ** 20);`;
  return Number(execFileSync(process.execPath, ['--input-type=module', '--eval', program]));
}

it('gives the heap of an idle thread back to the system, which V8 alone keeps', () => {
  const module = pathToFileURL('src/engine/idle-heap.ts').href;
  const collected = garbageLeftAfter(`(await import('${module}')).collectWhenIdle({ lookEveryMs: 10 });`);
  const kept = garbageLeftAfter('');
  expect(collected).toBeLessThan(kept / 2);
});
