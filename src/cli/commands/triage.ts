import type { Command } from 'commander';
import { verdict as verdicts, type Verdict } from '../../contract/finding.ts';
import type { IncidentDetail } from '../../contract/incident.ts';
import type { Decided } from '../../contract/triage.ts';
import { counted } from '../amounts.ts';
import { findingColumns } from '../columns.ts';
import { EXIT, UsageError, type ExitCode } from '../exit.ts';
import { print, printTable, say } from '../output.ts';
import { visibleText } from '../visible-text.ts';
import { withEngine, type CommandContext, type EngineOptions } from '../with-engine.ts';

type DecideOptions = { readonly reason?: string; readonly of?: string; readonly json?: boolean };
type Kind = 'findings' | 'incidents';

/** `verdict` and `reopen` under `findings` and `incidents`, and `show`, `assign` and `note` under `incidents`. */
export function addTriage(lists: Readonly<Record<Kind, Command>>, globals: () => EngineOptions): void {
  for (const kind of ['findings', 'incidents'] as const) addDecisions(lists[kind], kind, globals);
  const { incidents } = lists;

  incidents
    .command('show')
    .description('one incident with its findings and notes')
    .argument('<id>')
    .option('--json', 'print one object')
    .action(async (id: string, { json }: { json?: boolean }) => {
      process.exitCode = await withEngine(globals(), (context) => show(context, id, json === true));
    });

  incidents
    .command('assign')
    .description('say who works on incidents')
    .argument('<what...>', 'ids, and last the name; "nobody" takes it away')
    .action(async (what: string[]) => {
      const [ids, name] = idsAndLast(what, 'the name of who works on it');
      const assignee = name === 'nobody' ? null : name;
      process.exitCode = await withEngine(globals(), async ({ call }) => {
        await call.incidents.assign({ ids, assignee });
        say(`${counted(ids.length, 'incident')}: ${assignee ?? 'nobody works on it'}.`);
        return EXIT.done;
      });
    });

  incidents
    .command('note')
    .description('write on an incident; notes are never changed')
    .argument('<id>')
    .argument('<text...>')
    .action(async (id: string, text: string[]) => {
      process.exitCode = await withEngine(globals(), async ({ call }) => {
        await call.incidents.note({ id, text: text.join(' ') });
        return EXIT.done;
      });
    });
}

function addDecisions(parent: Command, kind: Kind, globals: () => EngineOptions): void {
  parent
    .command('verdict')
    .description(`decide on ${kind}: ${verdicts.options.join(', ')}`)
    .argument('<what...>', 'ids, and last the verdict')
    .option('--reason <text>', 'why; kept with the finding and in the audit')
    .option('--of <id>', 'the finding or incident that a duplicate repeats')
    .option('--json', 'print one object')
    .action(async (what: string[], options: DecideOptions) => {
      const [ids, word] = idsAndLast(what, 'the verdict');
      const verdict = verdicts.safeParse(word).data;
      if (verdict === undefined)
        throw new UsageError(`"${word}" is no verdict: ${verdicts.options.join(', ')}.`);
      const reason = reasonOf(options);
      process.exitCode = await withEngine(globals(), async ({ call }) => {
        const decided = await call[kind].decide({ ids, verdict, reason, duplicateOf: options.of ?? null });
        report(decided, verdict, options);
        return EXIT.done;
      });
    });

  parent
    .command('reopen')
    .description(`take verdicts on ${kind} back`)
    .argument('<id...>')
    .option('--reason <text>', 'why; kept in the audit')
    .option('--json', 'print one object')
    .action(async (ids: string[], options: DecideOptions) => {
      const reason = reasonOf(options);
      process.exitCode = await withEngine(globals(), async ({ call }) => {
        report(await call[kind].reopen({ ids, reason }), null, options);
        return EXIT.done;
      });
    });
}

function report(decided: Decided, verdict: Verdict | null, { json, reason }: DecideOptions): void {
  if (json === true) print(JSON.stringify(decided));
  const done = verdict ?? 'open again';
  say(`${counted(decided.findings, 'finding')}: ${done}.`);
  if (verdict !== 'true-positive' || decided.sessions.length === 0) return;
  say(`The next step may be to end ${counted(decided.sessions.length, 'session')}; look at the plan first:`);
  say(`  ${revokeCommand(decided.sessions, reason ?? '')}`);
}

/** As it is typed: the plan is shown, and `--yes` in place of `--dry-run` runs it. */
function revokeCommand(sessions: readonly string[], reason: string): string {
  const quoted = `'${visibleText(reason).replaceAll("'", "'\\''")}'`;
  return `sessionscope revoke key:${sessions.join(',')} --reason ${quoted} --dry-run`;
}

async function show({ call }: CommandContext, id: string, isJson: boolean): Promise<ExitCode> {
  const incident = await call.incidents.get({ id });
  const { rows } = await call.findings.list({ query: `incident:${incident.id}`, sort: 'at', limit: 500 });
  if (isJson) {
    print(JSON.stringify({ ...incident, findingRows: rows }));
    return EXIT.done;
  }
  for (const line of linesOf(incident)) print(visibleText(line));
  printTable(rows, findingColumns);
  if (incident.sessions.length > 0 && incident.verdict !== 'false-positive')
    say(`To end its sessions: ${revokeCommand(incident.sessions, `incident ${incident.id}`)}`);
  return EXIT.done;
}

function linesOf(incident: IncidentDetail): readonly string[] {
  const { id, severity, score, state, userName, userId, source, title, firstAt, lastAt, assignee } = incident;
  const { verdict, verdictBy, verdictAt, verdictReason, noteTexts } = incident;
  return [
    `${id}  ${severity}, score ${score}, ${state}: ${title}`,
    `${userName ?? userId} at ${source}, from ${firstAt} to ${lastAt}; ${assignee ?? 'nobody'} works on it.`,
    ...(verdict === null
      ? []
      : [`${verdict}, said ${verdictBy ?? 'somebody'} at ${verdictAt ?? '?'}: ${verdictReason ?? ''}`]),
    ...noteTexts.map(({ at, by, text }) => `note of ${by} at ${at}: ${text}`),
  ];
}

function idsAndLast(what: readonly string[], name: string): [ids: string[], last: string] {
  const last = what.at(-1);
  if (what.length < 2 || last === undefined) throw new UsageError(`Give one id or more, and last ${name}.`);
  return [what.slice(0, -1), last];
}

/** A script whose variable is unset gives an empty one: that is never meant. */
function reasonOf({ reason }: DecideOptions): string {
  if (reason === undefined || reason.trim() === '')
    throw new UsageError('--reason is missing: say why, for whoever reads this later.');
  return reason;
}
