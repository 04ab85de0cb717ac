import { Option, type Command } from 'commander';
import { ruleId } from '../../contract/rules.ts';
import {
  DEFAULT_SUPPRESSION_DAYS,
  MAX_SUPPRESSION_DAYS,
  type Suppression,
  type SuppressionPreview,
  type SuppressionScope,
} from '../../contract/suppression.ts';
import { counted } from '../amounts.ts';
import { findingColumns, incidentColumns, suppressionColumns } from '../columns.ts';
import { EXIT, UsageError, type ExitCode } from '../exit.ts';
import { print, printTable, say } from '../output.ts';
import { wholeNumber } from '../whole-number.ts';
import { withEngine, type CommandContext, type EngineOptions } from '../with-engine.ts';

type AddOptions = {
  readonly rule?: string;
  readonly source?: string;
  readonly user?: string;
  readonly network?: string;
  readonly asn?: number;
  readonly countries?: string;
  readonly client?: string;
  readonly list?: string;
  readonly reason?: string;
  readonly days?: number | 'never';
  readonly dryRun?: boolean;
  readonly json?: boolean;
};

/** `suppressions`: lists, adds (or previews) and ends decisions not to be told of something. */
export function addSuppressions(program: Command, globals: () => EngineOptions): void {
  const suppressions = program
    .command('suppressions')
    .description('what you decided not to be told of; what it silences stays in the lists')
    .addOption(new Option('--format <format>', 'how to print').choices(['table', 'json']).default('table'))
    .action(async ({ format }: { format: 'table' | 'json' }) => {
      process.exitCode = await withEngine(globals(), async ({ call }) => {
        const rows = await call.suppressions.list();
        if (format === 'json') print(JSON.stringify({ rows, total: rows.length, next: null }));
        else if (rows.length > 0) printTable(rows, suppressionColumns);
        else say('Nothing is suppressed.');
        return EXIT.done;
      });
    });

  suppressions
    .command('add')
    .description(
      'suppress what all of the given terms say; --dry-run shows what you would not have been told',
    )
    .option('--rule <id>', 'a rule, such as impossible-travel')
    .option('--source <id>', 'a source')
    .option('--user <id>', 'id of a user at that source')
    .option('--network <cidr>', 'an address or a network, such as 203.0.113.0/24')
    .option('--asn <n>', 'number of a network', wholeNumber('--asn', 4_294_967_295))
    .option('--countries <pair>', 'two countries, such as DE,JP; the same twice for one alone')
    .option('--client <name>', 'browser and system, such as "Chrome on Windows"')
    .option('--list <name>', 'a kind of network, such as vpn, or the name of a list')
    .option('--reason <text>', 'why; kept with it and in the audit')
    .option(
      '--days <n>',
      `until new findings get through again, or "never" (default ${DEFAULT_SUPPRESSION_DAYS})`,
      daysOf,
    )
    .option('--dry-run', 'show what it would have silenced and do nothing')
    .option('--json', 'print one object')
    .action(async (options: AddOptions) => {
      process.exitCode = await withEngine(globals(), (context) => add(context, options));
    });

  suppressions
    .command('end')
    .description('end one; what it silenced is told again')
    .argument('<id>')
    .action(async (id: string) => {
      process.exitCode = await withEngine(globals(), async ({ call }) => {
        const { reopened } = await call.suppressions.end({ id });
        say(`${id} is ended; ${counted(reopened, 'finding')} came back.`);
        return EXIT.done;
      });
    });
}

async function add({ call }: CommandContext, options: AddOptions): Promise<ExitCode> {
  const scope = scopeOf(options);
  const preview = await call.suppressions.preview({ scope });
  for (const warning of preview.warnings) say(`note: ${warning}`);
  if (options.dryRun === true) {
    showPreview(preview, options.json === true);
    return EXIT.done;
  }
  const { reason, days = DEFAULT_SUPPRESSION_DAYS } = options;
  if (reason === undefined || reason.trim() === '')
    throw new UsageError('--reason is missing: say why nobody needs to be told.');
  const added = await call.suppressions.add({ scope, reason, days });
  if (options.json === true) print(JSON.stringify(added));
  else say(describe(added));
  return EXIT.done;
}

function describe({ id, hits, expiresAt }: Suppression): string {
  const until = expiresAt === null ? 'for ever' : `until ${expiresAt}`;
  return `${id} silences ${counted(hits, 'open finding')} and what comes ${until}.`;
}

function showPreview(preview: SuppressionPreview, isJson: boolean): void {
  const { findings, incidents, total, days } = preview;
  if (isJson) {
    print(JSON.stringify(preview));
    return;
  }
  if (findings.length > 0) printTable(findings, findingColumns);
  if (incidents.length > 0) {
    say('Incidents of which nothing would be left:');
    printTable(incidents, incidentColumns);
  }
  say(
    `Of the last ${days} days it would have silenced ${counted(total, 'open finding')}. Nothing was saved.`,
  );
}

function scopeOf(options: AddOptions): Partial<SuppressionScope> & { rule: SuppressionScope['rule'] } {
  const {
    rule = null,
    source = null,
    user = null,
    network = null,
    asn = null,
    client = null,
    list = null,
  } = options;
  const known = rule === null ? null : ruleId.safeParse(rule).data;
  if (known === undefined) throw new UsageError(`--rule: there is no rule "${rule}"; "rules" lists them.`);
  return {
    rule: known,
    source,
    userId: user,
    network,
    asn,
    client,
    list,
    countries: pairOf(options.countries),
  };
}

function pairOf(text: string | undefined): [string, string] | null {
  if (text === undefined) return null;
  const [one = '', other = '', ...more] = text.split(',').map((part) => part.trim().toUpperCase());
  if (one === '' || other === '' || more.length > 0)
    throw new UsageError('--countries: give two of them, such as DE,JP.');
  return [one, other];
}

function daysOf(text: string): number | 'never' {
  return text === 'never' ? text : wholeNumber('--days', MAX_SUPPRESSION_DAYS)(text);
}
