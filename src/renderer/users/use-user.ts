import { useQuery } from '@tanstack/react-query';
import type { User } from '../../contract/user.ts';
import { useEngine } from '../engine-client.ts';
import { term, userTerms } from '../query/term.ts';

/** Accounts of one person that are shown: people have a handful. */
const MAX_ACCOUNTS = 100;

/** One user; null when there is none. */
export function useUser(source: string, userId: string) {
  const engine = useEngine();
  return useQuery({
    queryKey: ['users', 'one', source, userId],
    queryFn: async ({ signal }): Promise<User | null> => {
      const request = { query: userTerms(source, userId), limit: 1, total: false };
      return (await engine.users.list.query(request, { signal })).rows[0] ?? null;
    },
  });
}

/** Everybody who is one person, sorted by source; nothing is asked for somebody who is linked to nobody. */
export function useAccounts(personId: string | null) {
  const engine = useEngine();
  return useQuery({
    queryKey: accountsKey(personId),
    queryFn: async ({ signal }): Promise<readonly User[]> => {
      const request = { query: term('personId', personId ?? ''), limit: MAX_ACCOUNTS, total: false };
      const { rows } = await engine.users.list.query(request, { signal });
      return rows.toSorted(byId);
    },
    enabled: personId !== null,
  });
}

/** Under which the accounts of a person are kept. */
export function accountsKey(personId: string | null) {
  return ['users', 'accounts', personId] as const;
}

/** By source, and there by id. */
export function byId(a: User, b: User): number {
  return idOf(a) < idOf(b) ? -1 : 1;
}

/** A user in the address and as a key: ids of sources hold no slash. */
export function idOf({ source, userId }: Pick<User, 'source' | 'userId'>): string {
  return `${source}/${userId}`;
}
