import { resolve } from 'node:path';
import type { Command } from 'commander';
import { reportFormat } from '../../contract/report.ts';
import { EXIT, UsageError } from '../exit.ts';
import { print, say } from '../output.ts';
import { withEngine, type CommandContext, type EngineOptions } from '../with-engine.ts';

/** Formats that are promised and not there yet. */
const LATER = new Set(['json', 'xlsx', 'html', 'pdf']);

/** `report`: the sessions of a query as a file that stands on its own, with a FILE.meta.json beside it. */
export function addReport(program: Command, globals: () => EngineOptions): void {
  program
    .command('report')
    .description(
      'write the sessions of a query to a file, with its scope, source health and attributions beside it',
    )
    .argument('[query...]')
    .requiredOption('--format <format>', reportFormat.options.join(' or '))
    .requiredOption('--out <file>', 'where to write it')
    .action(async (terms: string[], { format, out }: { format: string; out: string }) => {
      process.exitCode = await withEngine({ ...globals(), threads: true }, async (context) => {
        print(await writeReport(context, terms.join(' '), format, out));
        return EXIT.done;
      });
    });
}

/** Answers the report's path; progress goes to stderr. Throws UsageError for a format that can't be written. */
export async function writeReport(
  { call }: CommandContext,
  query: string,
  format: string,
  out: string,
): Promise<string> {
  const known = reportFormat.safeParse(format);
  if (!known.success) {
    const why = LATER.has(format) ? 'is not available in this version' : 'is no report format';
    throw new UsageError(`--format: "${format}" ${why}; use ${reportFormat.options.join(' or ')}.`);
  }
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const steps = await call.reports.create({ query, format: known.data, path: resolve(out), timeZone });
  for await (const step of steps) {
    if (step.kind === 'done') {
      say(`${step.result.rows} rows; scope, source health and attributions are in ${step.result.metaPath}`);
      return step.result.path;
    }
  }
  throw new Error('The report ended without a result.');
}
