import { resolve } from 'node:path';
import type { Command } from 'commander';
import { examine } from '../../engine/store/care/doctor.ts';
import type { Advice, DatabaseFacts, Examination, Sizes } from '../../engine/store/care/examination.ts';
import { counted, describeBytes } from '../amounts.ts';
import { EXIT } from '../exit.ts';
import { print, printTable } from '../output.ts';
import type { EngineOptions } from '../with-engine.ts';

/** Tables and indexes shown to people; `--json` has all of them. */
const SHOWN_PARTS = 12;

/** `doctor`: looks at the data directory, whatever state it is in, and changes nothing. */
export function addDoctor(program: Command, globals: () => EngineOptions): void {
  program
    .command('doctor')
    .description('look at the data directory without changing anything; exit code 1 when something is wrong')
    .option('--full', 'also compare indexes with tables, and references with what they name', false)
    .option('--json', 'print one object', false)
    .action(({ full, json }: { full: boolean; json: boolean }) => {
      const examination = examine(resolve(globals().dataDir), full);
      if (json) print(JSON.stringify(examination));
      else show(examination);
      process.exitCode = examination.healthy ? EXIT.done : EXIT.internal;
    });
}

function show(examination: Examination): void {
  const { dataDir, problems, notes, database, sizes, freeDiskBytes, retentionDays } = examination;
  print(`data directory: ${dataDir}`);
  if (database !== null) print(describeRows(database));
  if (sizes !== null) showSizes(sizes);
  if (freeDiskBytes !== null) print(`free on its disk: ${describeBytes(freeDiskBytes)}`);
  if (database !== null) {
    print(`last complete sweep: ${examination.lastCompleteSweepAt ?? 'none yet'}`);
    print(`retention: ${retentionDays === null ? 'everything is kept' : counted(retentionDays, 'day')}`);
  }
  for (const note of notes) printAdvice('note', note);
  for (const problem of problems) printAdvice('PROBLEM', problem);
  print(examination.healthy ? 'Nothing is wrong.' : `${counted(problems.length, 'problem')} found.`);
}

function describeRows({ schema, knownSchema, checked, ...rows }: DatabaseFacts): string {
  const counts = Object.entries({ ...rows, auditEntries: undefined, 'audit entries': rows.auditEntries })
    .filter(([, count]) => count !== undefined)
    .map(([what, count]) => `${count ?? 0} ${what}`);
  const version =
    schema === knownSchema ? `schema ${schema}` : `schema ${schema} (this version: ${knownSchema})`;
  return `${version}, ${checked} check\nrows: ${counts.join(', ')}`;
}

function showSizes({ databaseBytes, walBytes, freeBytes, parts, ...perRow }: Sizes): void {
  print(
    `size: ${describeBytes(databaseBytes)}, of which ${describeBytes(freeBytes)} free; ${describeBytes(walBytes)} not yet written back`,
  );
  if (perRow.bytesPerSession !== null) print(`a session: ${perRow.bytesPerSession} bytes, indexes included`);
  if (perRow.bytesPerObservation !== null) print(`an observation: ${perRow.bytesPerObservation} bytes`);
  printTable(parts.slice(0, SHOWN_PARTS), [
    { title: 'table or index', cell: ({ name }) => name },
    { title: 'of', cell: ({ name, table }) => (name === table ? null : table) },
    { title: 'size', cell: ({ bytes }) => describeBytes(bytes) },
  ]);
}

function printAdvice(kind: string, { what, todo }: Advice): void {
  print(`${kind}: ${what}\n  ${todo}`);
}
