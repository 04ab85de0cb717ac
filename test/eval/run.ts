import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { describeMachine } from '../bench/machine.ts';
import { EngineError } from '../../src/engine/errors.ts';
import { createCompany } from './company/company.ts';
import type { Profile } from './company/person.ts';
import { createEvaluation } from './evaluate.ts';
import { evaluateRba } from './rba/evaluate-rba.ts';
import { readRbaPeople } from './rba/rba-people.ts';
import { rbaReportOf } from './rba/rba-report.ts';
import { reportOf, type Results } from './report.ts';
import { seeds } from './seeds.ts';
import { summaryOf, type Summary } from './summary.ts';
import { writeDocs } from './write-docs.ts';

const USAGE = `Usage: npm run eval -- [--seeds train|test] [--users N] [--days N] [--json FILE] [--write-docs | --docs-from FILE]
       npm run eval -- --rba FILE
  --seeds train|test  whose companies: train to tune on (the default), test to report
  --users N           employees of each company; the public service has ten times as many (1000)
  --days N            days of the company, the first sixteen of them to learn from (46)
  --json FILE         writes the numbers as JSON
  --write-docs        puts the results into docs/evaluation.md
  --docs-from FILE    puts those of an earlier run there, and measures nothing
  --rba FILE          what the labels of the RBA data set allow to say; nothing is made up then`;

/** Days of the public service: as long as findings are made for. */
const SERVICE_DAYS = 90;
const SERVICE_USERS_PER_EMPLOYEE = 10;
/** Share of accounts that are attacked: far more than in life, so that each kind of attack is seen some hundred times. */
const ATTACKED = 0.8;

async function main(args: readonly string[]): Promise<number> {
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
  if (options.rbaFile !== undefined) return reportRba(options.rbaFile);
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

/** The file is nobody's to hand on with a program: it is 8.5 GB, and its authors have it. */
async function reportRba(file: string): Promise<number> {
  if (!existsSync(file)) {
    process.stderr.write(
      `There is no file ${file}. The RBA data set is described at https://github.com/das-group/rba-dataset ` +
        '(doi 10.1145/3546069); download it from there by hand, and give the path of rba-dataset.csv.\n',
    );
    return 1;
  }
  try {
    process.stdout.write(`${rbaReportOf(evaluateRba(await readRbaPeople(file)))}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
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
        rba: text,
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
      rbaFile: values.rba,
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

process.exitCode = await main(process.argv.slice(2));
