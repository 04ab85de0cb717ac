import { Option, type Command } from 'commander';
import { userTag, type UserRef } from '../../contract/person.ts';
import { personColumns } from '../columns.ts';
import { EXIT, UsageError } from '../exit.ts';
import { print, printTable, say } from '../output.ts';
import { withEngine, type EngineOptions } from '../with-engine.ts';

/** `persons`: users of several sources who are one; `users tag`: what a user is. */
export function addPersons(
  program: Command,
  { users }: { readonly users: Command },
  globals: () => EngineOptions,
): void {
  const persons = program
    .command('persons')
    .description('users of several sources who are one person: same verified e-mail, or linked by hand')
    .addOption(new Option('--format <format>', 'how to print').choices(['table', 'json']).default('table'))
    .action(async ({ format }: { format: 'table' | 'json' }) => {
      process.exitCode = await withEngine(globals(), async ({ call }) => {
        const rows = await call.persons.list();
        if (format === 'json') print(JSON.stringify({ rows, total: rows.length, next: null }));
        else if (rows.length === 0)
          say('Nobody is known at more than one source; "persons link A B" links users.');
        else
          printTable(
            rows.flatMap(({ id, users: members }) => members.map((user) => ({ id, ...user }))),
            personColumns,
          );
        return EXIT.done;
      });
    });

  persons
    .command('link')
    .description('say that users are one person; each as SOURCE/USER-ID')
    .argument('<users...>')
    .action(async (names: string[]) => {
      const refs = names.map(refOf);
      if (refs.length < 2) throw new UsageError('Name at least two users, each as SOURCE/USER-ID.');
      process.exitCode = await withEngine(globals(), async ({ call }) => {
        await call.persons.link({ users: refs });
        say(`${names.join(', ')}: one person.`);
        return EXIT.done;
      });
    });

  persons
    .command('unlink')
    .description('part a user from its person, for good')
    .argument('<user>', 'SOURCE/USER-ID')
    .action(async (name: string) => {
      const ref = refOf(name);
      process.exitCode = await withEngine(globals(), async ({ call }) => {
        await call.persons.unlink(ref);
        say(`${name}: a person of its own.`);
        return EXIT.done;
      });
    });

  users
    .command('tag')
    .description(`say what a user is: ${userTag.options.join(', ')}; without a tag, nothing of it`)
    .argument('<user>', 'SOURCE/USER-ID')
    .argument('[tags...]')
    .action(async (name: string, words: string[]) => {
      const user = refOf(name);
      const tags = words.map((word) => {
        const tag = userTag.safeParse(word).data;
        if (tag === undefined) throw new UsageError(`"${word}" is no tag: ${userTag.options.join(', ')}.`);
        return tag;
      });
      process.exitCode = await withEngine(globals(), async ({ call }) => {
        await call.users.tag({ user, tags });
        say(`${name}: ${tags.join(', ') || 'no tag'}.`);
        return EXIT.done;
      });
    });
}

/** Ids of users may hold slashes, those of sources don't. */
function refOf(name: string): UserRef {
  const at = name.indexOf('/');
  const [source, userId] = [name.slice(0, at), name.slice(at + 1)];
  if (at < 1 || userId === '')
    throw new UsageError(`"${name}" is no user: write SOURCE/USER-ID, as "users" shows them.`);
  return { source, userId };
}
