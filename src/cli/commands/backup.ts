import { resolve } from 'node:path';
import type { Command } from 'commander';
import { EXIT } from '../exit.ts';
import { print, say } from '../output.ts';
import { describeBytes } from '../amounts.ts';
import { withEngine, type EngineOptions } from '../with-engine.ts';

/** `backup`: the whole database as one file that `restore` takes, while polling goes on. */
export function addBackup(program: Command, globals: () => EngineOptions): void {
  program
    .command('backup')
    .description('copy the data into one file that can be restored, while everything goes on')
    .argument('<file>', 'where to write it; keep it as safe as the data itself')
    .option('--force', 'replace a file that is there already', false)
    .action(async (file: string, { force }: { force: boolean }) => {
      process.exitCode = await withEngine(globals(), async ({ call }) => {
        const progress = new Percent();
        for await (const step of await call.care.backup({ path: resolve(file), replace: force })) {
          if (step.kind === 'progress') {
            progress.tell(step.bytes, step.totalBytes);
            continue;
          }
          const { path, sessions, bytes } = step.result;
          say(`${sessions} sessions, ${describeBytes(bytes)}; read back whole. It holds the identity key:`);
          say('keep it where nobody else can read it. Imported GeoIP databases and reports are not in it.');
          print(path);
        }
        return EXIT.done;
      });
    });
}

/** Talk about progress: a line for each tenth, so that a log stays readable. */
class Percent {
  #told = 0;

  tell(done: number, total: number): void {
    const tenths = total === 0 ? 0 : Math.floor((10 * done) / total);
    if (tenths <= this.#told) return;
    this.#told = tenths;
    say(`${tenths * 10} % of ${describeBytes(total)} copied`);
  }
}
