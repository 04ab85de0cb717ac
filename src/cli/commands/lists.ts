import { Option, type Command } from 'commander';
import { event } from '../../contract/event.ts';
import { finding } from '../../contract/finding.ts';
import { incident } from '../../contract/incident.ts';
import { MAX_PAGE, type ListPage } from '../../contract/list.ts';
import { session } from '../../contract/session.ts';
import { user } from '../../contract/user.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { eventColumns, findingColumns, incidentColumns, sessionColumns, userColumns } from '../columns.ts';
import { FORMATS, hasNoReader, print, printTable, say, toCsv, type Column, type Format } from '../output.ts';
import { wholeNumber } from '../whole-number.ts';
import { withEngine, type CommandContext, type EngineOptions } from '../with-engine.ts';

/** Rows of a table when `--limit` is not given; the other formats then print everything. */
const TABLE_LIMIT = 50;

type ListOptions = { readonly format: Format; readonly limit?: number; readonly sort?: string };
type Page = { query: string; sort: string | null; limit: number; cursor: string | null; total: boolean };
type Lister<T> = (context: CommandContext, request: Page) => Promise<ListPage<T>>;

/**
 * `sessions`, `findings`, `incidents`, `users` and `events`: one command each, the same options. Answers those that have
 * commands of their own below them.
 */
export function addLists(
  program: Command,
  globals: () => EngineOptions,
): Readonly<Record<'findings' | 'incidents' | 'users', Command>> {
  const add = <T extends Record<string, unknown>>(
    name: string,
    about: string,
    keys: readonly string[],
    columns: readonly Column<T>[],
    list: Lister<T>,
  ) =>
    program
      .command(name)
      .description(about)
      .argument(
        '[query...]',
        'terms of the query language, such as country:DE (put -- before a term that begins with -)',
      )
      .addOption(new Option('--format <format>', 'how to print').choices(FORMATS).default('table'))
      .option('--limit <n>', 'at most this many rows', wholeNumber('--limit'))
      .option('--sort <field>', 'a field; with a leading - descending (--sort=-startedAt)')
      .action(async (terms: string[], options: ListOptions) => {
        process.exitCode = await withEngine(globals(), (context) =>
          printList((request) => list(context, request), terms.join(' '), options, keys, columns),
        );
      });

  add('sessions', 'who is signed in where', Object.keys(session.shape), sessionColumns, ({ call }, request) =>
    call.sessions.list(request),
  );
  const findings = add(
    'findings',
    'what the rules hold against users and sessions',
    Object.keys(finding.shape),
    findingColumns,
    ({ call }, request) => call.findings.list(request),
  );
  const incidents = add(
    'incidents',
    'findings grouped by person and attacker: what waits for an analyst',
    Object.keys(incident.shape),
    incidentColumns,
    ({ call }, request) => call.incidents.list(request),
  );
  const users = add(
    'users',
    'users at their sources',
    Object.keys(user.shape),
    userColumns,
    ({ call }, request) => call.users.list(request),
  );
  add('events', 'logins and other moments', Object.keys(event.shape), eventColumns, ({ call }, request) =>
    call.events.list(request),
  );
  return { findings, incidents, users };
}

/** Reads page by page, so that a million rows need no more memory than one page. */
async function printList<T extends Record<string, unknown>>(
  list: (request: Page) => Promise<ListPage<T>>,
  query: string,
  { format, limit, sort }: ListOptions,
  keys: readonly string[],
  columns: readonly Column<T>[],
): Promise<ExitCode> {
  const wanted = limit ?? (format === 'table' ? TABLE_LIMIT : Infinity);
  const printer = printers<T>(keys, columns)[format]();
  let printed = 0;
  let total = 0;
  let cursor: string | null = null;
  for (;;) {
    const page: ListPage<T> = await list({
      query,
      sort: sort ?? null,
      limit: Math.min(MAX_PAGE, wanted - printed),
      cursor,
      total: cursor === null,
    });
    total = page.total ?? total;
    printer.rows(page.rows);
    printed += page.rows.length;
    cursor = page.next;
    if (cursor === null || printed >= wanted || hasNoReader()) {
      printer.end(total, cursor);
      return EXIT.done;
    }
  }
}

type Printer<T> = { rows(rows: readonly T[]): void; end(total: number, next: string | null): void };

function printers<T extends Record<string, unknown>>(
  keys: readonly string[],
  columns: readonly Column<T>[],
): Record<Format, () => Printer<T>> {
  return {
    table: () => {
      const all: T[] = [];
      return {
        rows: (rows) => all.push(...rows),
        end: (total) => {
          if (all.length > 0) printTable(all, columns);
          say(all.length === total ? `${total} rows` : `${all.length} of ${total} rows; --limit shows more`);
        },
      };
    },
    json: () => {
      let printed = 0;
      return {
        rows: (rows) => {
          for (const row of rows) {
            process.stdout.write(`${printed === 0 ? '{"rows":[\n' : ',\n'}${JSON.stringify(row)}`);
            printed += 1;
          }
        },
        end: (total, next) =>
          print(`${printed === 0 ? '{"rows":[' : ''}],"total":${total},"next":${JSON.stringify(next)}}`),
      };
    },
    jsonl: () => ({
      rows: (rows) => rows.forEach((row) => print(JSON.stringify(row))),
      end: () => undefined,
    }),
    csv: () => {
      let isFirst = true;
      return {
        rows: (rows) => {
          process.stdout.write(toCsv(rows, keys, isFirst));
          isFirst = false;
        },
        end: () => undefined,
      };
    },
  };
}
