import type { User } from '../../contract/user.ts';
import { ToneBadge } from '../badge/tone-badge.tsx';
import type { Column } from '../table/column.ts';
import { InstantText } from '../text/instant-text.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';
import { countryName } from '../where/country-name.ts';
import type { AccountsOf } from './accounts-of.ts';
import { OtherAccounts } from './other-accounts.tsx';
import { TagBadges } from './tag-badges.tsx';
import classes from './users.module.css';

/** The users' list; which accounts are of the same person is asked of `accountsOf` for the rows in view. */
export function userColumns(accountsOf: AccountsOf): readonly Column<User>[] {
  return [
    {
      id: 'user',
      name: 'User',
      width: 'minmax(200px, 1.5fr)',
      cell: (user) => (
        <span className={classes.name}>
          <UntrustedText text={user.userName ?? user.userId} />
          <TagBadges user={user} />
        </span>
      ),
    },
    { id: 'source', name: 'Source', width: '110px', cell: ({ source }) => <UntrustedText text={source} /> },
    {
      id: 'also',
      name: 'Same person at',
      width: 'minmax(120px, 0.8fr)',
      cell: (user) => <OtherAccounts user={user} accountsOf={accountsOf} />,
    },
    {
      id: 'findings',
      name: 'Open findings',
      width: '120px',
      cell: ({ openFindings }) =>
        openFindings === 0 ? (
          <span className={classes.none}>0</span>
        ) : (
          <ToneBadge tone="high">{openFindings}</ToneBadge>
        ),
    },
    {
      id: 'live',
      name: 'Live sessions',
      width: '110px',
      align: 'end',
      cell: ({ liveSessions }) => liveSessions,
    },
    { id: 'all', name: 'All sessions', width: '110px', align: 'end', cell: ({ sessions }) => sessions },
    {
      id: 'countries',
      name: 'Countries of live sessions',
      width: 'minmax(160px, 1fr)',
      cell: ({ countries }) => <UntrustedText text={countries.map(countryName).join(', ') || null} />,
    },
    {
      id: 'seen',
      name: 'Last polled',
      width: '120px',
      cell: ({ lastObservedAt }) => <InstantText at={lastObservedAt} form="relative" />,
    },
  ];
}
