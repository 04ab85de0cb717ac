import { Command, CommanderError } from 'commander';
import { EngineError } from '../engine/errors.ts';
import { problemOf } from '../link/problem.ts';
import { addAudit } from './commands/audit.ts';
import { addBackup } from './commands/backup.ts';
import { addCountryPolicy } from './commands/country-policy.ts';
import { addDemo } from './commands/demo.ts';
import { addDoctor } from './commands/doctor.ts';
import { addGeoip } from './commands/geoip.ts';
import { addImport } from './commands/import.ts';
import { addRules } from './commands/rules.ts';
import { addLists } from './commands/lists.ts';
import { addNetworkLists } from './commands/network-lists.ts';
import { addPersons } from './commands/persons.ts';
import { addPoll } from './commands/poll.ts';
import { addReport } from './commands/report.ts';
import { addRestore } from './commands/restore.ts';
import { addRetention } from './commands/retention.ts';
import { addRevoke } from './commands/revoke.ts';
import { addServe } from './commands/serve.ts';
import { addSources } from './commands/sources.ts';
import { addSuppressions } from './commands/suppressions.ts';
import { addTriage } from './commands/triage.ts';
import { describeProblem, EXIT, exitCodeOf, UsageError, type ExitCode } from './exit.ts';
import { defaultDataDir, version } from './host.ts';
import { bearClosedStreams, say } from './output.ts';
import type { EngineOptions } from './with-engine.ts';

const program = new Command('sessionscope')
  .description('See who is signed in where across your services, and end sessions with proof.')
  .version(version)
  .option(
    '--data-dir <dir>',
    'where everything is kept (or SESSIONSCOPE_DATA_DIR)',
    process.env.SESSIONSCOPE_DATA_DIR ?? defaultDataDir,
  )
  .option('--verbose', 'more talk on stderr', false)
  .exitOverride()
  .showSuggestionAfterError()
  .showHelpAfterError('(--help shows how; a query term that begins with - goes after --)');

const globals = (): EngineOptions => {
  const options = program.opts<EngineOptions>();
  // Resolved, an empty text would be the folder that happens to be the current one.
  if (options.dataDir.trim() === '')
    throw new UsageError('--data-dir is empty (or SESSIONSCOPE_DATA_DIR): name a folder.');
  return options;
};
addSources(program, globals);
addPoll(program, globals);
const lists = addLists(program, globals);
addTriage(lists, globals);
addPersons(program, lists, globals);
addSuppressions(program, globals);
addRevoke(program, globals);
addReport(program, globals);
addAudit(program, globals);
addImport(program, globals);
addRules(program, globals);
addGeoip(program, globals);
addNetworkLists(program, globals);
addCountryPolicy(program, globals);
addBackup(program, globals);
addRestore(program, globals);
addRetention(program, globals);
addDoctor(program, globals);
addServe(program, globals);
addDemo(program, globals);

/** The operands of the command that runs, as one query; what the position of a query's mistake counts in. */
let query = '';
program.hook('preAction', (_, command) => {
  query = command.args.join(' ');
});

/** Runs the command line; sets the process's exit code. */
export async function runProgram(argv: readonly string[]): Promise<void> {
  bearClosedStreams();
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    process.exitCode = report(error);
  }
}

/** Says what went wrong in a sentence and answers the exit code that scripts rely on. */
function report(error: unknown): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (error instanceof UsageError) {
    say(`sessionscope: ${error.message}`);
    return EXIT.usage;
  }
  if (error instanceof EngineError) {
    say(`sessionscope: ${error.message}`);
    return exitCodeOf(error.code);
  }
  const problem = problemOf(error);
  say(`sessionscope: ${describeProblem(problem, query)}`);
  if (problem.code === 'internal' && globals().verbose)
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return exitCodeOf(problem.code);
}
