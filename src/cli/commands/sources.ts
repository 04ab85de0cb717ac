import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { sourceColumns } from '../columns.ts';
import { EXIT, UsageError, type ExitCode } from '../exit.ts';
import { NO_SOURCE, print, printTable, say } from '../output.ts';
import { withEngine, type CommandContext, type EngineOptions } from '../with-engine.ts';

/** `sources import|list|test|remove`. */
export function addSources(program: Command, globals: () => EngineOptions): void {
  const sources = program.command('sources').description('the configured session APIs');

  sources
    .command('import')
    .description('add or update sources from a JSON file')
    .argument('<file>', 'sources file; secrets in it are references, never values')
    .action(async (file: string) => {
      const content = await readJson(file);
      process.exitCode = await withEngine(globals(), async ({ call }) => {
        const ids = await call.sources.import({ file: content });
        say(`${ids.length} sources added or updated: ${ids.join(', ')}`);
        return EXIT.done;
      });
    });

  sources
    .command('list')
    .description('what is configured, and how it is')
    .option('--json', 'print one object a line')
    .action(async ({ json }: { json?: boolean }) => {
      process.exitCode = await withEngine(globals(), async ({ call }) => {
        const rows = await call.sources.list();
        if (json === true) rows.forEach((row) => print(JSON.stringify(row)));
        else if (rows.length > 0) printTable(rows, sourceColumns);
        else say(NO_SOURCE);
        return EXIT.done;
      });
    });

  sources
    .command('test')
    .description('read one listing of each source and throw it away')
    .argument('[id]', 'only this source')
    .option('--json', 'print one object a line')
    .action(async (id: string | undefined, { json }: { json?: boolean }) => {
      process.exitCode = await withEngine(globals(), (context) => testSources(context, id, json === true));
    });

  sources
    .command('remove')
    .description('forget a source and everything that came from it')
    .argument('<id>')
    .action(async (id: string) => {
      process.exitCode = await withEngine(globals(), async ({ call }) => {
        await call.sources.remove({ id });
        say(`The source "${id}" is gone, with its sessions and events. Revocations and the audit stay.`);
        return EXIT.done;
      });
    });
}

async function testSources(
  { call }: CommandContext,
  id: string | undefined,
  isJson: boolean,
): Promise<ExitCode> {
  let areAllOk = true;
  let count = 0;
  for await (const test of await call.sources.test({ ids: id === undefined ? null : [id] })) {
    areAllOk &&= test.ok;
    count += 1;
    if (isJson) print(JSON.stringify(test));
    else if (test.ok)
      print(
        `${test.source}: works, as ${test.account ?? 'an account it does not name'}, ${test.sessions ?? 0} sessions`,
      );
    else print(`${test.source}: ${test.error?.message ?? 'failed'} (${test.error?.code ?? 'internal'})`);
  }
  if (count === 0) say(NO_SOURCE);
  return areAllOk ? EXIT.done : EXIT.partly;
}

async function readJson(file: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    throw new UsageError(`The file "${file}" can't be read; give the path of a sources file.`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(
      `The file "${file}" is not JSON: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
