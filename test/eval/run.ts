import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { describeMachine } from '../bench/machine.ts';
import { createCompany } from './company/company.ts';
import type { Profile } from './company/person.ts';
import { createEvaluation } from './evaluate.ts';
import { reportOf, type Results } from './report.ts';
import { seeds } from './seeds.ts';
import { summaryOf, type Summary } from './summary.ts';
import { writeDocs } from './write-docs.ts';

const USAGE = `Usage: npm run eval -- [--seeds train|test] [--users N] [--days N] [--json FILE] [--write-docs | --docs-from FILE]
  --seeds train|test  whose companies: train to tune on (the default), test to report
  --users N           employees of each company; the public service has ten times as many (1000)
  --days N            days of the company, the first sixteen of them to learn from (46)
  --json FILE         writes the numbers as JSON
  --write-docs        puts the results into docs/evaluation.md
  --docs-from FILE    puts those of an earlier run there, and measures nothing`;

/** Days of the public service: as long as findings are made for. */
const SERVICE_DAYS = 90;
const SERVICE_USERS_PER_EMPLOYEE = 10;
/** Share of accounts that are attacked: far more than in life, so that each kind of attack is seen some hundred times. */
const ATTACKED = 0.8;

function main(args: readonly string[]): number {
  const options = readArguments(args);
  if (options === null) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  if (options.docsFrom !== undefined) {
    // Our own file, as `--json` writes it.
    writeDocs(JSON.parse(readFileSync(options.docsFrom, 'utf8')) as Results);
    return 0;
  }
  const { users, days } = options;
  const list = seeds[options.seeds];
  const startedAt = new Date().toISOString();
  const results: Results = {
    command: ['npm run eval --', ...args].join(' ').replace(/ --json \S+/, ''),
    startedAt,
    machine: describeMachine().words,
    seeds: { name: options.seeds, list },
    companies: {
      company: evaluate(list, { profile: 'employee', users, days }),
      service: evaluate(list, {
        profile: 'consumer',
        users: users * SERVICE_USERS_PER_EMPLOYEE,
        days: SERVICE_DAYS,
      }),
    },
  };
  if (options.jsonFile !== undefined)
    writeFileSync(options.jsonFile, `${JSON.stringify(results, null, 2)}\n`);
  process.stdout.write(`${reportOf(results)}\n`);
  if (options.isForDocs) writeDocs(results);
  return 0;
}

function evaluate(
  list: readonly number[],
  wish: { readonly profile: Profile; readonly users: number; readonly days: number },
): Summary {
  const evaluation = createEvaluation();
  for (const seed of list) {
    process.stderr.write(`${wish.profile}s of seed ${seed}\n`);
    evaluation.add(createCompany({ ...wish, seed, attacked: ATTACKED }));
  }
  return summaryOf(evaluation.count);
}

function readArguments(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        seeds: text,
        users: text,
        days: text,
        json: text,
        'write-docs': { type: 'boolean', default: false },
        'docs-from': text,
      },
    });
    const which = values.seeds ?? 'train';
    if (which !== 'train' && which !== 'test') return null;
    return {
      seeds: which,
      users: wholeNumber(values.users ?? '1000', 1),
      days: wholeNumber(values.days ?? '46', 2),
      jsonFile: values.json,
      isForDocs: values['write-docs'],
      docsFrom: values['docs-from'],
    } as const;
  } catch {
    return null;
  }
}

/** Throws for anything but a whole number from `least` on. */
function wholeNumber(text: string, least: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least) throw new RangeError('Not such a number.');
  return value;
}

process.exitCode = main(process.argv.slice(2));
