import { resolve } from 'node:path';
import type { Command } from 'commander';
import { restoreBackup } from '../../engine/store/care/restore.ts';
import { counted } from '../amounts.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { createTerminalHost } from '../host.ts';
import { print, say } from '../output.ts';
import type { EngineOptions } from '../with-engine.ts';

/** `restore`: works without an engine, since a damaged database is when one needs it. */
export function addRestore(program: Command, globals: () => EngineOptions): void {
  program
    .command('restore')
    .description('put a backup in place; what was there is moved aside, never deleted')
    .argument('<file>', 'a file that "backup" made')
    .option('--yes', 'move the data that is there aside', false)
    .action((file: string, { yes }: { yes: boolean }) => {
      process.exitCode = restore(resolve(file), globals(), yes);
    });
}

function restore(file: string, options: EngineOptions, isConfirmed: boolean): ExitCode {
  const { paths, actor, clock } = createTerminalHost('cli', options);
  const outcome = restoreBackup({ file, dataDir: paths.dataDir, clock, actor, isConfirmed });
  const { madeAtMs, version, sessions, users } = outcome.backup;
  const what = `the backup of ${new Date(madeAtMs).toISOString()} (version ${version}): ${counted(sessions, 'session')}, ${counted(users, 'user')}`;
  if ('there' in outcome) {
    say(`The data directory ${paths.dataDir} holds ${outcome.there}.`);
    say(`Nothing was changed. With --yes it is moved aside and replaced by ${what}.`);
    return EXIT.refused;
  }
  print(`Restored ${what}.`);
  if (outcome.movedTo !== null) say(`What was there is now ${outcome.movedTo}`);
  if (outcome.stoppedRevocations.length > 0) {
    say(`Revocations that were under way in it were stopped: ${outcome.stoppedRevocations.join(', ')}.`);
    say('Look at them, and go on with "revocations resume ID" if that is what you want.');
  }
  return EXIT.done;
}
