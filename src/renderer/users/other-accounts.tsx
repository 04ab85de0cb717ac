import { useQuery } from '@tanstack/react-query';
import type { User } from '../../contract/user.ts';
import { paced } from '../data/pace.ts';
import { UntrustedText } from '../text/untrusted-text.tsx';
import type { AccountsOf } from './accounts-of.ts';
import { accountsKey, idOf } from './use-user.ts';
import classes from './users.module.css';

/** At which sources a user has other accounts; nothing for who is joined with nobody. */
export function OtherAccounts({ user, accountsOf }: { user: User; accountsOf: AccountsOf }) {
  const { personId } = user;
  const { data, isError } = useQuery({
    queryKey: accountsKey(personId),
    queryFn: () => (personId === null ? [] : accountsOf(personId)),
    enabled: personId !== null,
    meta: paced('figures'),
  });
  if (personId === null) return null;
  if (data === undefined) {
    return (
      <span className={classes.none} title={isError ? 'The other accounts could not be fetched.' : undefined}>
        {isError ? 'joined' : '…'}
      </span>
    );
  }
  const others = data.filter((each) => idOf(each) !== idOf(user));
  return <UntrustedText text={[...new Set(others.map(({ source }) => source))].join(', ') || null} />;
}
