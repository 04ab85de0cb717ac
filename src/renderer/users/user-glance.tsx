import type { User } from '../../contract/user.ts';
import { AccountLink } from './account-name.tsx';
import { TagBadges } from './tag-badges.tsx';
import { idOf, useAccounts, useUser } from './use-user.ts';
import classes from './users.module.css';

/** Other accounts that are named; the user's own page has all. */
const SHOWN = 3;

/** What is good to know of a user beside what happened: what the user is, and under which other names. */
export function UserGlance({ source, userId }: { source: string; userId: string }) {
  const { data: user } = useUser(source, userId);
  const { data: accounts } = useAccounts(user?.personId ?? null);
  if (user == null) return null;
  const others = accounts?.filter((account) => idOf(account) !== idOf(user)) ?? [];
  if (user.tags.length === 0 && others.length === 0) return null;
  return (
    <div className={classes.glance}>
      <TagBadges user={user} />
      {others.length > 0 && <Others accounts={others} />}
    </div>
  );
}

function Others({ accounts }: { accounts: readonly User[] }) {
  const more = accounts.length - SHOWN;
  return (
    <span>
      Also{' '}
      {accounts.slice(0, SHOWN).map((account, index) => (
        <span key={idOf(account)}>
          {index > 0 && ', '}
          <AccountLink account={account} />
        </span>
      ))}
      {more > 0 && ` and ${more} more`}
    </span>
  );
}
