import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { historyFormat, type HistoryFormat, type HistoryImported } from '../../contract/history.ts';
import { counted, describeBytes } from '../amounts.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { print, say } from '../output.ts';
import { withEngine, type CommandContext, type EngineOptions } from '../with-engine.ts';

type ImportOptions = { readonly source: string; readonly format?: HistoryFormat; readonly json?: boolean };

/** `import`: login history from a file, for investigations on exported logs. */
export function addImport(program: Command, globals: () => EngineOptions): void {
  program
    .command('import')
    .description('take login history over from a file (events-jsonl or rba-csv, gzip too) and run the rules')
    .argument('<file>', 'exported log; docs/import.md describes the formats')
    .requiredOption('--source <id>', 'source that it belongs to; made when there is none')
    .addOption(
      new Option('--format <format>', 'default: what the first line looks like').choices(
        historyFormat.options,
      ),
    )
    .option('--json', 'print one object')
    .action(async (file: string, options: ImportOptions) => {
      process.exitCode = await withEngine({ ...globals(), threads: true }, (context) =>
        importFile(context, file, options),
      );
    });
}

async function importFile({ call }: CommandContext, file: string, options: ImportOptions): Promise<ExitCode> {
  const progress = new Progress();
  const { source, format = null, json } = options;
  let result: HistoryImported | null = null;
  for await (const step of await call.history.import({ file: resolve(file), source, format })) {
    if (step.kind === 'reading') progress.reading(step.bytes, step.totalBytes, step.read);
    else if (step.kind === 'judging') progress.judging(step.users, step.totalUsers);
    else result = step.result;
  }
  if (result === null) return EXIT.internal;
  print(json === true ? JSON.stringify(result) : inWords(result));
  remark(result);
  return result.rejected > 0 ? EXIT.partly : EXIT.done;
}

function inWords({ source, read, accepted, rejected, events, findings }: HistoryImported): string {
  return `${source}: ${counted(read, 'line')} read, ${accepted} accepted, ${rejected} rejected, ${counted(events, 'new event')}, ${counted(findings, 'new finding')}`;
}

/** What the figures alone would let a person misunderstand. */
function remark({ rejected, rejectedExamples, forgotten }: HistoryImported): void {
  for (const example of rejectedExamples) say(`rejected: ${example}`);
  if (rejected > rejectedExamples.length) say(`rejected: ${rejected - rejectedExamples.length} more`);
  if (forgotten > 0)
    say(
      `${counted(forgotten, 'line')} not stored: older than the retention limit, which would remove them again.`,
    );
}

/** Talk about progress: a line for each tenth, so that a log stays readable. */
class Progress {
  #told = 0;
  #judged = 0;

  reading(bytes: number, totalBytes: number, lines: number): void {
    const tenths = Math.floor((10 * bytes) / totalBytes);
    if (tenths <= this.#told || tenths >= 10) return;
    this.#told = tenths;
    say(`${tenths * 10} % of ${describeBytes(totalBytes)} read, ${counted(lines, 'line')}`);
  }

  judging(users: number, totalUsers: number): void {
    const tenths = Math.floor((10 * users) / totalUsers);
    if (tenths <= this.#judged || tenths >= 10) return;
    this.#judged = tenths;
    say(`the rules looked at ${users} of ${counted(totalUsers, 'user')}`);
  }
}
