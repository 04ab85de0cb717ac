import type { Command } from 'commander';
import type { Revocation, RevocationPlan } from '../../contract/revocation.ts';
import { describeCounts, itemColumns, revocationColumns } from '../columns.ts';
import { EXIT, UsageError, type ExitCode } from '../exit.ts';
import { print, printTable, say } from '../output.ts';
import { withEngine, type CommandContext, type EngineOptions } from '../with-engine.ts';

type RevokeOptions = {
  readonly reason?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
  readonly includeCurrent?: string[];
};

/** `revoke` plans, and with `--yes` runs to the verified end; `revocations` shows jobs. */
export function addRevoke(program: Command, globals: () => EngineOptions): void {
  program
    .command('revoke')
    .description('end sessions and prove that they ended; without --yes only the plan is shown')
    .argument('<query...>', 'which sessions; key:… names one')
    .option('--reason <text>', 'why; kept with the job and in the audit')
    .option('--dry-run', 'show the plan and do nothing')
    .option('--yes', 'do it')
    .option('--json', 'print the job (or the plan) with its items')
    .option('--include-current <key...>', 'your own sessions that are meant too, named one by one')
    .action(async (terms: string[], options: RevokeOptions) => {
      checkUsage(terms, options);
      process.exitCode = await withEngine({ ...globals(), threads: true }, (context) =>
        revoke(context, terms.join(' '), options),
      );
    });

  const revocations = program
    .command('revocations')
    .description('revocation jobs, or one with its items')
    .argument('[id]')
    .option('--format <format>', 'table or json', 'table')
    .action(async (id: string | undefined, { format }: { format: string }) => {
      if (format !== 'table' && format !== 'json')
        throw new UsageError(`--format: "${format}" is not one of table, json.`);
      process.exitCode = await withEngine(globals(), (context) => show(context, id, format === 'json'));
    });

  revocations
    .command('resume')
    .description('go on with a job that was stopped or cut off')
    .argument('<id>')
    .option('--json', 'print the job with its items')
    .action(async (id: string, { json }: { json?: boolean }) => {
      process.exitCode = await withEngine({ ...globals(), threads: true }, async (context) => {
        await context.call.revocations.resume({ id });
        return followToTheEnd(context, id, json === true);
      });
    });
}

/** An empty query matches everything, and a script whose variable is unset gives one: that is never meant. */
function checkUsage(terms: readonly string[], { reason, dryRun, yes }: RevokeOptions): void {
  if (terms.join('').trim() === '')
    throw new UsageError(
      'The query is empty: say which sessions end (state:active,unknown names every live one).',
    );
  if (reason === undefined || reason.trim() === '')
    throw new UsageError('--reason is missing: say why these sessions end.');
  if (dryRun === true && yes === true) throw new UsageError('--dry-run and --yes exclude each other.');
}

async function revoke(context: CommandContext, query: string, options: RevokeOptions): Promise<ExitCode> {
  const plan = await context.call.revocations.plan({ query, includeCurrent: options.includeCurrent ?? [] });
  if (options.yes !== true) {
    printPlan(plan, options);
    if (options.dryRun === true) return EXIT.done;
    say('Nothing was done: add --yes to end these sessions, or --dry-run to only look.');
    return EXIT.refused;
  }
  for (const warning of plan.warnings) say(`note: ${warning}`);
  const planned = plan.counts.planned ?? 0;
  if (plan.items.length === 0) {
    say('No session matches; there is nothing to end.');
    if (options.json === true) printPlan(plan, options);
    return EXIT.done;
  }
  const { id } = await context.call.revocations.start({
    planId: plan.id,
    reason: options.reason ?? '',
    confirmCount: planned,
  });
  return followToTheEnd(context, id, options.json === true);
}

async function followToTheEnd({ call }: CommandContext, id: string, isJson: boolean): Promise<ExitCode> {
  for await (const summary of await call.revocations.watch({ id })) {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${describeCounts(summary.counts)}`);
  }
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  const job = await call.revocations.get({ id });
  printJob(job, isJson);
  return job.state === 'done' ? EXIT.done : EXIT.partly;
}

async function show({ call }: CommandContext, id: string | undefined, isJson: boolean): Promise<ExitCode> {
  if (id !== undefined) {
    printJob(await call.revocations.get({ id }), isJson);
    return EXIT.done;
  }
  const rows = await call.revocations.list({ limit: 500 });
  if (isJson) print(JSON.stringify({ rows, total: rows.length, next: null }));
  else if (rows.length > 0) printTable(rows, revocationColumns);
  else say('No session was ever revoked from here.');
  return EXIT.done;
}

function printJob(job: Revocation, isJson: boolean): void {
  if (isJson) {
    print(JSON.stringify(job));
    return;
  }
  printTable(job.items, itemColumns);
  say(`revocation ${job.id}: ${job.state}, ${describeCounts(job.counts)}`);
}

function printPlan(plan: RevocationPlan, { json, reason }: RevokeOptions): void {
  if (json === true) {
    const { id, createdAt, counts, items } = plan;
    print(JSON.stringify({ id, state: 'planned', reason, createdAt, finishedAt: null, counts, items }));
  } else if (plan.items.length > 0) printTable(plan.items, itemColumns);
  for (const warning of plan.warnings) say(`note: ${warning}`);
  say(`plan: ${describeCounts(plan.counts) || 'no session matches'}, about ${plan.estimatedSeconds} s`);
}
