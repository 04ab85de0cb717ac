import type { Command } from 'commander';
import {
  countryPolicy,
  type CountryPolicy,
  type CountryPolicyPreview,
} from '../../contract/country-policy.ts';
import { counted } from '../amounts.ts';
import { EXIT, UsageError, type ExitCode } from '../exit.ts';
import { print, say } from '../output.ts';
import { withEngine, type CommandContext, type EngineOptions } from '../with-engine.ts';

type PolicyOptions = {
  readonly allow?: readonly string[];
  readonly deny?: readonly string[];
  readonly off?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
};

/** `country-policy`: shows or sets in which countries people may be. */
export function addCountryPolicy(program: Command, globals: () => EngineOptions): void {
  program
    .command('country-policy')
    .description('in which countries people may be; who is seen elsewhere is told of (rule country-policy)')
    .option('--allow <codes...>', 'only in these countries: DE AT, or DE,AT')
    .option('--deny <codes...>', 'anywhere but in these countries')
    .option('--off', 'anywhere')
    .option('--dry-run', 'say what it would speak against, and change nothing')
    .option('--json', 'print one object')
    .action(async (options: PolicyOptions) => {
      const wanted = wantedPolicy(options);
      process.exitCode = await withEngine(globals(), (context) => run(context, wanted, options));
    });
}

/** Null: none is wanted, only shown. */
function wantedPolicy({ allow, deny, off, dryRun }: PolicyOptions): CountryPolicy | null {
  const given = [allow, deny, off].filter((each) => each !== undefined).length;
  if (given > 1) throw new UsageError('Give one of --allow, --deny and --off: one list says it all.');
  if (given === 0 && dryRun === true)
    throw new UsageError('--dry-run needs the policy to try: --allow, --deny or --off.');
  if (off === true) return { kind: 'none' };
  const [kind, codes] = allow === undefined ? (['deny', deny] as const) : (['allow', allow] as const);
  if (codes === undefined) return null;
  const countries = codes.flatMap((code) => code.split(',')).filter((code) => code !== '');
  const parsed = countryPolicy.safeParse({ kind, countries });
  if (parsed.success) return parsed.data;
  throw new UsageError(`--${kind}: ${parsed.error.issues[0]?.message ?? 'not understood'}.`);
}

async function run(
  { call, engine, signal }: CommandContext,
  wanted: CountryPolicy | null,
  { dryRun, json }: PolicyOptions,
): Promise<ExitCode> {
  if (wanted !== null && dryRun === true) {
    const preview = await call.policy.previewCountries(wanted);
    print(json === true ? JSON.stringify(preview) : previewWords(preview));
    return EXIT.done;
  }
  if (wanted !== null) {
    await call.policy.setCountries(wanted);
    const { users, findings } = await engine.judgeChanges(signal);
    if (users > 0) say(`${counted(users, 'user')} judged again: ${counted(findings, 'new finding')}.`);
  }
  const policy = await call.policy.countries();
  print(json === true ? JSON.stringify(policy) : policyWords(policy));
  return EXIT.done;
}

function policyWords(policy: CountryPolicy): string {
  switch (policy.kind) {
    case 'none':
      return 'People may be in any country; "country-policy --allow CODES" or "--deny CODES" sets a policy.';
    case 'allow':
      return `People may be in ${policy.countries.join(', ')} only.`;
    case 'deny':
      return `People may be anywhere but in ${policy.countries.join(', ')}.`;
    default:
      return policy satisfies never;
  }
}

function previewWords({ days, sessions, unplaced, against, countries }: CountryPolicyPreview): string {
  const where = countries.map((each) => `${each.country} ${each.sessions}`).join(', ');
  return (
    `Of ${counted(sessions, 'session')} seen in the last ${days} days, ${against.sessions} of ` +
    `${counted(against.users, 'user')} were last where it says no${where === '' ? '' : `: ${where}`}. ` +
    `Of ${unplaced} the country is not known: those are never told of.`
  );
}
