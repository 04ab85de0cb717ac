import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { findingColumns, describeCounts, itemColumns } from '../columns.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { print, printTable, say } from '../output.ts';
import { withEngine, type CommandContext, type EngineOptions } from '../with-engine.ts';
import { writeReport } from './report.ts';
import { port, serve, type ServeOptions } from './serve.ts';

/** Sessions that the demo's incident is about: named by a serious finding, and the API can end them. */
const NAMED_BY_FINDINGS = 'severity:high,critical revocable:true state:active,unknown';

/** `demo`: the simulated company, in the app or as one run through the main job in the terminal. */
export function addDemo(program: Command, globals: () => EngineOptions): void {
  program
    .command('demo')
    .description('the simulated company: six session APIs on loopback with people, journeys and attacks')
    .option('--headless', 'do the main job in the terminal: poll, findings, revoke, report')
    .option('--port <n>', 'listen here; any free port when left out', port)
    .option('--open', 'open the app in a browser (the default)')
    .option('--no-open', 'only print the address')
    .action(async (options: ServeOptions & { headless?: boolean }) => {
      const demo = demoFolder(globals());
      process.exitCode = await withEngine(
        demo,
        async (context) => {
          await context.call.system.startDemo();
          if (options.headless === true) return mainJob(context, demo.dataDir);
          return serve(context, options);
        },
        options.headless === true ? 'cli' : 'web',
      );
    });
}

/** A folder of its own below the data directory, emptied first: every demo begins on the same morning. */
function demoFolder(options: EngineOptions): EngineOptions {
  const dataDir = join(options.dataDir, 'demo');
  rmSync(dataDir, { recursive: true, force: true });
  return { ...options, dataDir, threads: true };
}

async function mainJob(context: CommandContext, dataDir: string): Promise<ExitCode> {
  const { call } = context;
  for (const round of ['first', 'second']) {
    say(`\n${round} poll`);
    for await (const { source, sessions, findings, error } of await call.sources.poll({ ids: null })) {
      print(
        `polled ${source}: ${sessions} sessions, ${findings} new findings${error === null ? '' : `, ${error.message}`}`,
      );
    }
  }

  say('\nfindings');
  const findings = await call.findings.list({ query: 'state:open', sort: '-score', limit: 500 });
  printTable(findings.rows, findingColumns);
  for (const { rule, explanation } of findings.rows.filter(
    ({ severity }) => severity === 'high' || severity === 'critical',
  )) {
    print(`${rule}: ${explanation}`);
  }

  say('\nending the sessions that serious findings name');
  const plan = await call.revocations.plan({ query: NAMED_BY_FINDINGS });
  const { id } = await call.revocations.start({
    planId: plan.id,
    reason: 'demo: sessions named by serious findings',
    confirmCount: plan.counts.planned ?? 0,
  });
  for await (const _ of await call.revocations.watch({ id }));
  const job = await call.revocations.get({ id });
  printTable(job.items, itemColumns);
  print(`revocation ${job.state}: ${describeCounts(job.counts)}`);

  say('\nreport');
  print(`report: ${await writeReport(context, '', 'csv', join(dataDir, 'sessions.csv'))}`);
  const { message } = await call.audit.verify();
  print(`audit: ${message}`);
  return job.state === 'done' && (job.counts.verified ?? 0) > 0 ? EXIT.done : EXIT.partly;
}
