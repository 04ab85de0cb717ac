import type { Command } from 'commander';
import { UsageError } from '../exit.ts';

const LATER: readonly (readonly [name: string, about: string])[] = [];

/** Commands whose names are taken for what comes next: they say so instead of "unknown command". */
export function addLater(program: Command): void {
  for (const [name, about] of LATER) {
    program
      .command(name)
      .description(about)
      .argument('[anything...]')
      .allowUnknownOption()
      .action(() => {
        throw new UsageError(`"${name}" is not available in this version.`);
      });
  }
}
