import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { keepHeapsSmall } from '../../src/engine/small-heaps.ts';
import type { Bench } from './benchmark.ts';
import { benchmarks } from './benchmarks.ts';
import { builtDatabase } from './database.ts';

// One benchmark in a process of its own, so that its memory is its own and a crash is no other's.
keepHeapsSmall();
const [name = '', ...numbers] = process.argv.slice(2);
const [first = 0, ...more] = numbers.map((text) => z.coerce.number().int().positive().parse(text));
const folder = fileURLToPath(new URL('../../.cache/bench', import.meta.url));
const work = join(folder, `work-${process.pid}`);

const say = (text: string) => process.stderr.write(`  ${name}: ${text}\n`);
const emptied = (path: string) => {
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true });
  return path;
};
const bench: Bench = {
  sizes: [first, ...more],
  database: (sessions) => builtDatabase(folder, sessions, say),
  copyOf: async (sessions) => {
    const copy = emptied(join(work, `copy-${sessions}`));
    cpSync(await builtDatabase(folder, sessions, say), copy, { recursive: true });
    return copy;
  },
  folder: (part) => emptied(join(work, part)),
  say,
};

/** What runs that were killed left behind: some gigabytes each. */
function removeLeftovers(): void {
  for (const name of readdirSync(folder)) {
    const pid = /^work-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(folder, name), { recursive: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const benchmark = benchmarks.find((each) => each.name === name);
if (benchmark === undefined) throw new Error(`There is no benchmark ${name}.`);
mkdirSync(work, { recursive: true });
removeLeftovers();
try {
  process.send?.(await benchmark.run(bench));
} finally {
  rmSync(work, { recursive: true, force: true });
  process.disconnect();
}
