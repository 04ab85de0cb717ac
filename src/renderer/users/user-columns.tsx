import type { Person } from '../../contract/person.ts';
import type { User } from '../../contract/user.ts';
import { ToneBadge } from '../badge/tone-badge.tsx';
import type { Column } from '../table/column.ts';
import { InstantText } from '../text/instant-text.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';
import { countryName } from '../where/country-name.ts';
import { TagBadges } from './tag-badges.tsx';
import { idOf } from './use-user.ts';
import classes from './users.module.css';

/** The users' list; who else is the same person comes from `persons`, by their ids. */
export function userColumns(persons: ReadonlyMap<string, Person>): readonly Column<User>[] {
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
      cell: (user) => <Elsewhere user={user} persons={persons} />,
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

function Elsewhere({ user, persons }: { user: User; persons: ReadonlyMap<string, Person> }) {
  if (user.personId === null) return null;
  const others = persons.get(user.personId)?.users.filter((each) => idOf(each) !== idOf(user));
  // Only the first thousand persons are named.
  if (others === undefined) return <span className={classes.none}>joined</span>;
  return <UntrustedText text={[...new Set(others.map(({ source }) => source))].join(', ') || null} />;
}
