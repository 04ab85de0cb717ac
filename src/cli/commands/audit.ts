import type { Command } from 'commander';
import { EXIT } from '../exit.ts';
import { print, say } from '../output.ts';
import { wholeNumber } from '../whole-number.ts';
import { withEngine, type EngineOptions } from '../with-engine.ts';

/** `audit`: the chain, oldest first, one entry a line; `--verify` holds every link. */
export function addAudit(program: Command, globals: () => EngineOptions): void {
  program
    .command('audit')
    .description('what was done, by whom and why: an append-only chain of hashes')
    .option('--verify', 'check every link; exit code 1 at the first broken one')
    .option('--limit <n>', 'the newest n entries, 500 at most', wholeNumber('--limit', 500), 200)
    .action(async ({ verify, limit }: { verify?: boolean; limit: number }) => {
      process.exitCode = await withEngine(globals(), async ({ call }) => {
        if (verify === true) {
          const { ok, message } = await call.audit.verify();
          print(message);
          return ok ? EXIT.done : EXIT.internal;
        }
        const entries = await call.audit.list({ limit });
        for (const entry of entries.toReversed()) print(JSON.stringify(entry));
        if (entries.length === 0) say('The audit is empty: nothing was done yet.');
        return EXIT.done;
      });
    });
}
