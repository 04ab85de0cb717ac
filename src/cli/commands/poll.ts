import type { Command } from 'commander';
import type { SweepReport } from '../../contract/source.ts';
import { describeCounts } from '../columns.ts';
import { EngineError } from '../../engine/errors.ts';
import { EXIT, UsageError, type ExitCode } from '../exit.ts';
import { hasNoReader, NO_SOURCE, print, say } from '../output.ts';
import { withEngine, type CommandContext, type EngineOptions } from '../with-engine.ts';

type PollOptions = { readonly source?: string; readonly watch?: boolean; readonly json?: boolean };

/** `poll`: one complete sweep of each source; with `--watch` by schedule until interrupted. */
export function addPoll(program: Command, globals: () => EngineOptions): void {
  program
    .command('poll')
    .description('list every source once, store what changed and run the rules')
    .option('--source <id>', 'only this source')
    .option('--watch', 'go on by schedule until interrupted')
    .option('--json', 'print one object a line and source')
    .action(async (options: PollOptions) => {
      process.exitCode = await withEngine({ ...globals(), threads: true }, (context) =>
        options.watch === true ? watch(context, options) : pollOnce(context, options),
      );
    });
}

async function pollOnce(context: CommandContext, options: PollOptions): Promise<ExitCode> {
  const areAllListed = await pollSources(context, options);
  // After the listing: its lines are data that somebody waits for, while a job may have to wait out a budget.
  const areAllEnded = await finishRevocations(context);
  return areAllListed && areAllEnded ? EXIT.done : EXIT.partly;
}

async function pollSources({ call }: CommandContext, options: PollOptions): Promise<boolean> {
  let areAllOk = true;
  let count = 0;
  for await (const report of await call.sources.poll({
    ids: options.source === undefined ? null : [options.source],
  })) {
    areAllOk &&= report.ok;
    count += 1;
    printReport(report, options);
  }
  const unpolled = options.source === undefined ? await sayUnpolled(call) : 0;
  if (count + unpolled === 0) say(NO_SOURCE);
  return areAllOk;
}

/** What came from files is in no sweep, which nobody should have to guess; answers how many sources that is. */
async function sayUnpolled(call: CommandContext['call']): Promise<number> {
  const unpolled = (await call.sources.list()).filter(({ pollEverySeconds }) => pollEverySeconds === null);
  for (const { id } of unpolled)
    say(`${id}: not polled, it holds what was imported from files; "import FILE --source ${id}" adds to it.`);
  return unpolled.length;
}

/** Goes on with the revocations that a crash cut off, and waits for their end. */
async function finishRevocations({ engine, signal }: CommandContext): Promise<boolean> {
  const jobs = await engine.resumeRevocations(signal);
  for (const { id, state, counts } of jobs)
    say(`revocation ${id}, which was cut off: ${state}, ${describeCounts(counts)}`);
  return jobs.every(({ state }) => state === 'done');
}

/** Interrupting it is how it ends, so that is success. */
async function watch({ call, engine, signal }: CommandContext, options: PollOptions): Promise<ExitCode> {
  const { pollingByPid } = await call.system.info();
  if (pollingByPid !== null) {
    throw new EngineError(
      'conflict',
      `Process ${pollingByPid} polls in this data directory already; close it, or use another --data-dir.`,
    );
  }
  const sources = await call.sources.list();
  const named = sources.find(({ id }) => id === options.source);
  if (options.source !== undefined && named === undefined)
    throw new UsageError(`--source: there is no source "${options.source}"; "sources list" shows them.`);
  if (named?.pollEverySeconds === null)
    throw new UsageError(
      `--source: "${named.id}" holds what was imported from files: there is nothing to poll.`,
    );
  const unpolled = named === undefined ? await sayUnpolled(call) : 0;
  if (unpolled === sources.length) {
    if (unpolled === 0) say(NO_SOURCE);
    return EXIT.done;
  }
  const reports = await call.sources.reports();
  engine.start(options.source === undefined ? {} : { only: options.source });
  try {
    for await (const report of reports) {
      printReport(report, options);
      if (hasNoReader()) break;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return EXIT.done;
}

function printReport(report: SweepReport, { json }: PollOptions): void {
  if (json === true) {
    print(JSON.stringify(report));
    return;
  }
  const { source, sessions, ended, observations, findings, error } = report;
  const what = `${sessions} sessions, ${report.new} new, ${ended} ended, ${observations} changes, ${findings} new findings`;
  print(
    error === null
      ? `${source}: ${what}`
      : `${source}: ${error.message} (${error.code}); read so far: ${what}`,
  );
}
