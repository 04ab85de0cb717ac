import { fork } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Figure, Sizes } from './benchmark.ts';
import { benchmarks } from './benchmarks.ts';
import { describeMachine } from './machine.ts';
import { jsonLine, notesOf, resultsIn, tableOf, type Result } from './results.ts';
import { writeDocs } from './write-docs.ts';

const USAGE = `Usage: npm run bench -- [NAME…] [--quick | --sizes N,…] [--json FILE] [--write-docs | --docs-from FILE] [--profile]
  NAME          ${benchmarks.map(({ name }) => name).join(', ')}; all when left out
  --quick       10k and 100k sessions in place of 10k, 100k and 1M
  --sizes N,…   numbers of sessions of your own, smallest first
  --json FILE   appends every number as a line of JSON
  --write-docs  puts the results into docs/benchmarks.md, in the place of those of the same benchmarks
  --docs-from FILE  puts those of earlier runs there, of each benchmark the last, and measures nothing
  --profile     writes a CPU profile of each benchmark into .cache/bench/profiles`;

const QUICK: Sizes = [10_000, 100_000];
const FULL: Sizes = [10_000, 100_000, 1_000_000];

async function main(args: readonly string[]): Promise<number> {
  const options = readArguments(args);
  if (options === null) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  if (options.docsFrom !== undefined) {
    await writeDocs(resultsIn(readFileSync(options.docsFrom, 'utf8')));
    return 0;
  }
  const machine = describeMachine();
  const run = {
    command: ['npm run bench --', ...args].join(' '),
    startedAt: new Date().toISOString(),
    machine,
  };
  const results: Result[] = [];
  for (const name of options.names) {
    process.stderr.write(`${name}\n`);
    for (const figure of await figuresOf(name, options.sizes, options.isProfiled)) {
      const result = { benchmark: name, figure, run };
      results.push(result);
      if (options.jsonFile !== undefined) appendFileSync(options.jsonFile, `${jsonLine(result)}\n`);
    }
  }
  const about = [...notesOf(results), machine.words, `${run.startedAt}  ${run.command}`];
  process.stdout.write(`${tableOf(results)}\n${about.join('\n')}\n`);
  if (options.isForDocs) await writeDocs(results);
  return 0;
}

function readArguments(args: readonly string[]) {
  const flag = { type: 'boolean', default: false } as const;
  const text = { type: 'string' } as const;
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        quick: flag,
        sizes: text,
        'write-docs': flag,
        'docs-from': text,
        profile: flag,
        json: text,
      },
    });
    const known = benchmarks.map(({ name }) => name);
    if (positionals.some((name) => !known.includes(name))) return null;
    return {
      names: positionals.length === 0 ? known : positionals,
      sizes: values.sizes === undefined ? (values.quick ? QUICK : FULL) : sizesOf(values.sizes),
      jsonFile: values.json,
      isForDocs: values['write-docs'],
      docsFrom: values['docs-from'],
      isProfiled: values.profile,
    };
  } catch {
    return null;
  }
}

/** Throws for anything but whole numbers in rising order. */
function sizesOf(text: string): Sizes {
  const [first = 0, ...more] = text.split(',').map(Number);
  const isRising = [first, ...more].every(
    (size, at, all) => Number.isInteger(size) && size > (all[at - 1] ?? 0),
  );
  if (!isRising) throw new RangeError('Sizes are whole numbers, smallest first.');
  return [first, ...more];
}

/** Runs one benchmark in its own process. */
async function figuresOf(name: string, sizes: Sizes, isProfiled: boolean): Promise<readonly Figure[]> {
  const folder = fileURLToPath(new URL('../../.cache/bench/profiles', import.meta.url));
  const profiling = isProfiled ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : [];
  const child = fork(
    fileURLToPath(new URL('benchmark-process.ts', import.meta.url)),
    [name, ...sizes.map(String)],
    {
      execArgv: profiling,
    },
  );
  return new Promise((resolve, reject) => {
    let figures: readonly Figure[] | null = null;
    // Its only message, from our own process: the figures.
    child.on('message', (message) => (figures = message as readonly Figure[]));
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      if (figures !== null) resolve(figures);
      else
        reject(
          new Error(`The benchmark ${name} ended with ${signal ?? `code ${code ?? 0}`} and no figures.`),
        );
    });
  });
}

process.exitCode = await main(process.argv.slice(2));
