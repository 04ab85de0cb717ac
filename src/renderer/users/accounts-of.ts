import type { User } from '../../contract/user.ts';
import { gathered } from '../data/gathered.ts';
import type { EngineClient } from '../engine-client.ts';
import { anyTerm } from '../query/term.ts';
import { byId } from './use-user.ts';

/** Accounts of a person, sorted by source. */
export type AccountsOf = (personId: string) => Promise<readonly User[]>;

/** Persons asked for in one call: with ten accounts each they fit on one page of a list. */
const PERSONS = 50;
const PAGE = 500;

/** Finds the accounts of persons for the rows of a list: one call for all rows that come into view together. */
export function accountsOf(engine: EngineClient): AccountsOf {
  return gathered(async (personIds) => {
    const users = await usersOf(engine, personIds);
    const byPerson = Map.groupBy(users, ({ personId }) => personId);
    return (personId) => (byPerson.get(personId) ?? []).toSorted(byId);
  }, PERSONS);
}

async function usersOf(engine: EngineClient, personIds: readonly string[]): Promise<readonly User[]> {
  const users: User[] = [];
  let cursor: string | null = null;
  do {
    const page = await engine.users.list.query({
      query: anyTerm('personId', personIds),
      limit: PAGE,
      total: false,
      cursor,
    });
    users.push(...page.rows);
    cursor = page.next;
  } while (cursor !== null);
  return users;
}
