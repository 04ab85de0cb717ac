import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import {
  listTag,
  listTagOf,
  type ListImport,
  type ListMatch,
  type NetworkList,
} from '../../contract/lists.ts';
import { counted } from '../amounts.ts';
import { minute } from '../columns.ts';
import { EXIT, UsageError, type ExitCode } from '../exit.ts';
import { print, printTable, say, type Column } from '../output.ts';
import { visibleText } from '../visible-text.ts';
import { withEngine, type CommandContext, type EngineOptions } from '../with-engine.ts';

const listColumns: readonly Column<NetworkList>[] = [
  { title: 'name', cell: ({ name }) => name },
  { title: 'tag', cell: ({ tag }) => tag },
  { title: 'entries', cell: ({ entries }) => entries },
  { title: 'past', cell: ({ past }) => past },
  { title: 'added (UTC)', cell: ({ addedAt }) => minute(addedAt) },
  { title: 'imported (UTC)', cell: ({ importedAt }) => minute(importedAt) },
  { title: 'expires (UTC)', cell: ({ expiresAt }) => minute(expiresAt) ?? 'never' },
  { title: 'note', cell: ({ note }) => note },
];

const matchColumns: readonly Column<ListMatch>[] = [
  { title: 'list', cell: ({ list }) => list },
  { title: 'tag', cell: ({ tag }) => tag },
  { title: 'entry', cell: ({ entry }) => entry },
  { title: 'from (UTC)', cell: ({ from }) => minute(from) ?? 'always' },
  { title: 'until (UTC)', cell: ({ until }) => minute(until) ?? 'no end' },
  { title: 'in force', cell: ({ inForce }) => (inForce ? 'yes' : 'no') },
];

type Globals = () => EngineOptions;
type ImportOptions = {
  readonly name: string;
  readonly tag: string;
  readonly note?: string;
  readonly expires?: string;
};

/** `lists`, `lists import|remove|check`: the analyst's own lists of networks. */
export function addNetworkLists(program: Command, globals: Globals): void {
  const lists = program
    .command('lists')
    .description('your own lists of networks: Tor exits, company egress, addresses of a case')
    .option('--json', 'print one array')
    .action(async ({ json }: { json?: boolean }) => {
      process.exitCode = await withEngine(globals(), ({ call }) => show(call, json === true));
    });
  addImport(lists, globals);
  addRemove(lists, globals);
  addCheck(lists, globals);
}

function addImport(lists: Command, globals: Globals): void {
  lists
    .command('import')
    .description('add a list, or a newer version of it; users who were seen on it are judged again')
    .argument('<file>', 'networks, addresses or AS numbers, one a line, or CSV with a header')
    .requiredOption('--name <name>', 'what to call it; the same name again is a newer version')
    .requiredOption('--tag <tag>', `what it says: ${listTag.options.join(', ')}`)
    .option('--note <text>', 'where it is from')
    .addOption(
      new Option('--expires <moment>', 'when it stops to count: 2026-12-31T00:00:00Z, or never').default(
        undefined,
        'after 30 days for "listed", never for others',
      ),
    )
    .action(async (file: string, options: ImportOptions) => {
      process.exitCode = await withEngine(globals(), (context) => load(context, resolve(file), options));
    });
}

async function load(
  { call, engine, signal }: CommandContext,
  file: string,
  { name, tag: word, note, expires }: ImportOptions,
): Promise<ExitCode> {
  const tag = listTagOf(word);
  if (tag === null) throw new UsageError(`--tag: "${word}" is none of ${listTag.options.join(', ')}.`);
  const imported = await call.lists.import({
    ...{ name, tag, note: note ?? null, from: { file } },
    expires: expires === undefined ? 'default' : momentOf(expires),
  });
  tell(imported);
  const { users, findings } = await engine.judgeChanges(signal);
  if (users > 0) say(`${counted(users, 'user')} judged again: ${counted(findings, 'new finding')}.`);
  return imported.rejected > 0 ? EXIT.partly : EXIT.done;
}

function momentOf(text: string): string {
  if (text === 'never') return text;
  const ms = Date.parse(text);
  if (Number.isNaN(ms))
    throw new UsageError(`--expires: "${text}" is no moment; write 2026-12-31T00:00:00Z, or never.`);
  return new Date(ms).toISOString();
}

function tell({ list, added, kept, ended, rejected, rejectedLines }: ListImport): void {
  const until = list.expiresAt === null ? 'without an end' : `until ${list.expiresAt}`;
  say(
    `"${visibleText(list.name)}" (${list.tag}) has ${counted(list.entries, 'entry', 'entries')} ${until}: ${added} new, ${kept} as before, ${ended} ended.`,
  );
  for (const { line, why } of rejectedLines) say(`line ${line}: ${why}`);
  const more = rejected - rejectedLines.length;
  if (rejected > 0)
    say(`${counted(rejected, 'line')} left out${more > 0 ? `, ${more} of them not named` : ''}.`);
}

function addRemove(lists: Command, globals: Globals): void {
  lists
    .command('remove')
    .description('forget a list and all it said; users who were seen on it are judged again')
    .argument('<name>')
    .action(async (name: string) => {
      process.exitCode = await withEngine(globals(), async ({ call, engine, signal }) => {
        await call.lists.remove({ name });
        const { users } = await engine.judgeChanges(signal);
        say(`The list is removed; ${counted(users, 'user')} judged again.`);
        return EXIT.done;
      });
    });
}

function addCheck(lists: Command, globals: Globals): void {
  lists
    .command('check')
    .description('what the lists say of an address, now and earlier')
    .argument('<address>')
    .option('--json', 'print one object')
    .action(async (address: string, _options: unknown, command: Command) => {
      // `lists` has the same option, and takes it first.
      const { json } = command.optsWithGlobals<{ json?: boolean }>();
      process.exitCode = await withEngine(globals(), async ({ call }) => {
        const answer = await call.lists.check({ address });
        if (json === true) print(JSON.stringify(answer));
        else if (answer.matches.length > 0) printTable(answer.matches, matchColumns);
        if (answer.matches.length === 0) say(`${answer.address} is on none of your lists.`);
        return EXIT.done;
      });
    });
}

async function show(call: CommandContext['call'], isJson: boolean): Promise<ExitCode> {
  const all = await call.lists.list();
  if (isJson) print(JSON.stringify(all));
  else if (all.length > 0) printTable(all, listColumns);
  else say('There is no list yet; "lists import FILE --name NAME --tag TAG" adds one.');
  return EXIT.done;
}
