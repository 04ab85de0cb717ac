import type { Command } from 'commander';
import { MAX_RETENTION_DAYS, type Retention, type RetentionCounts } from '../../contract/care.ts';
import { counted, describeBytes } from '../amounts.ts';
import { EXIT, UsageError, type ExitCode } from '../exit.ts';
import { print, say } from '../output.ts';
import { wholeNumber } from '../whole-number.ts';
import { withEngine, type CommandContext, type EngineOptions } from '../with-engine.ts';

type RetentionOptions = {
  readonly days?: number;
  readonly off?: boolean;
  readonly run?: boolean;
  readonly json?: boolean;
};

/** `retention`: shows, sets or runs the removal of what was over long ago. */
export function addRetention(program: Command, globals: () => EngineOptions): void {
  program
    .command('retention')
    .description('how long sessions that are over are kept, with their events and findings')
    .option(
      '--days <n>',
      'remove what was over more than n days ago',
      wholeNumber('--days', MAX_RETENTION_DAYS),
    )
    .option('--off', 'keep everything')
    .option('--run', 'remove now, and give the room back to the disk')
    .option('--json', 'print one object')
    .action(async (options: RetentionOptions) => {
      if (options.off === true && (options.days !== undefined || options.run === true))
        throw new UsageError('--off keeps everything: leave out --days and --run.');
      process.exitCode = await withEngine(globals(), (context) => retention(context, options));
    });
}

async function retention({ call }: CommandContext, options: RetentionOptions): Promise<ExitCode> {
  const { days, off, run, json } = options;
  if (off === true) await call.care.setRetention({ days: null });
  if (days !== undefined) await call.care.setRetention({ days });
  if (run === true) {
    for await (const step of await call.care.retain()) {
      if (step.kind === 'done')
        say(
          `Removed ${describeCounts(step.removed)}; gave ${describeBytes(step.freedBytes)} back to the disk.`,
        );
    }
  }
  const setting = await call.care.retention();
  if (json === true) print(JSON.stringify(setting));
  else show(setting);
  return EXIT.done;
}

function show({ days, lastRun }: Retention): void {
  print(
    days === null
      ? 'Everything is kept; "retention --days N" sets a limit.'
      : `What was over more than ${counted(days, 'day')} ago is removed, once an hour while Sessionscope polls.`,
  );
  if (lastRun !== null) print(`Last removed at ${lastRun.at}: ${describeCounts(lastRun.removed)}.`);
}

function describeCounts({
  sessions,
  observations,
  events,
  findings,
  users,
  entries,
}: RetentionCounts): string {
  return [
    counted(sessions, 'session'),
    counted(observations, 'observation'),
    counted(events, 'event'),
    counted(findings, 'finding'),
    counted(users, 'user'),
    counted(entries, 'address, place, network or device', 'addresses, places, networks and devices'),
  ].join(', ');
}
