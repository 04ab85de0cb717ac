import { Option, type Command } from 'commander';
import type { RuleDescription } from '../../contract/rule-description.ts';
import { EXIT } from '../exit.ts';
import { print, printTable, type Column } from '../output.ts';
import { withEngine, type EngineOptions } from '../with-engine.ts';

const columns: readonly Column<RuleDescription>[] = [
  { title: 'rule', cell: ({ id }) => id },
  { title: 'severity', cell: ({ severity }) => severity },
  { title: 'what', cell: ({ name }) => name },
  { title: 'needs', cell: ({ inputs }) => inputs.join('; ') },
];

/** `rules`: what is looked for, what each rule needs and can't judge, and the numbers it is tuned by. */
export function addRules(program: Command, globals: () => EngineOptions): void {
  program
    .command('rules')
    .description('what is looked for, and by which numbers')
    .addOption(new Option('--format <format>', 'how to print').choices(['table', 'json']).default('table'))
    .action(async ({ format }: { format: 'table' | 'json' }) => {
      process.exitCode = await withEngine(globals(), async ({ call }) => {
        const rules = await call.rules();
        if (format === 'json') print(JSON.stringify({ rows: rules }));
        else printTable(rules, columns);
        return EXIT.done;
      });
    });
}
