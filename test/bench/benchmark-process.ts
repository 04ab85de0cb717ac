import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Bench } from './benchmark.ts';
import { benchmarks } from './benchmarks.ts';
import { builtDatabase } from './database.ts';

// One benchmark in a process of its own, so that its memory is its own and a crash is no other's.
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

const benchmark = benchmarks.find((each) => each.name === name);
if (benchmark === undefined) throw new Error(`There is no benchmark ${name}.`);
try {
  process.send?.(await benchmark.run(bench));
} finally {
  rmSync(work, { recursive: true, force: true });
  process.disconnect();
}
