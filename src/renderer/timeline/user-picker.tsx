import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { ChartGantt, Search } from 'lucide-react';
import { useRef, useState } from 'react';
import type { User } from '../../contract/user.ts';
import { useAddress } from '../address/use-address.ts';
import { ToneBadge } from '../badge/tone-badge.tsx';
import { useList } from '../data/use-list.ts';
import { EmptyNotice } from '../notice/empty-notice.tsx';
import { Listed } from '../notice/listed.tsx';
import { quoted } from '../query/term.ts';
import { useKeys } from '../shell/use-keys.ts';
import type { Column } from '../table/column.ts';
import { VirtualTable } from '../table/virtual-table.tsx';
import { InstantText } from '../text/instant-text.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';
import { countryName } from '../where/country-name.ts';
import classes from './timeline.module.css';

const columns: readonly Column<User>[] = [
  {
    id: 'user',
    name: 'User',
    width: 'minmax(200px, 1.5fr)',
    cell: ({ userName, userId }) => <UntrustedText text={userName ?? userId} />,
  },
  { id: 'source', name: 'Source', width: '120px', cell: ({ source }) => <UntrustedText text={source} /> },
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
    width: 'minmax(180px, 1fr)',
    cell: ({ countries }) => <UntrustedText text={countries.map(countryName).join(', ') || null} />,
  },
  {
    id: 'seen',
    name: 'Last polled',
    width: '130px',
    cell: ({ lastObservedAt }) => <InstantText at={lastObservedAt} form="relative" />,
  },
];

/** The users, those with open findings first, to choose whose timeline to see. */
export function UserPicker() {
  const { go } = useAddress();
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text.trim(), 200);
  const input = useRef<HTMLInputElement>(null);
  const list = useList('users', { query: search === '' ? '' : quoted(search), sort: '-openFindings' });
  useKeys({ '/': () => input.current?.focus() });
  return (
    <div className={classes.page}>
      <div className={classes.bar}>
        <TextInput
          ref={input}
          size="sm"
          w={420}
          aria-label="Find a user"
          placeholder="Whose timeline? Name, e-mail or id"
          leftSection={<Search size={15} />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            const [first] = list.rows;
            if (event.key === 'Enter' && first) go('/timeline', { user: `${first.source}/${first.userId}` });
          }}
        />
      </div>
      <Listed
        list={list}
        empty={
          <EmptyNotice icon={<ChartGantt size={28} />} title="No user of that name">
            {search === ''
              ? 'No source has told of a user yet.'
              : 'Try a part of the name, the e-mail or the id.'}
          </EmptyNotice>
        }
      >
        <VirtualTable
          label="Users"
          columns={columns}
          rows={list.rows}
          rowKey={({ source, userId }) => `${source}/${userId}`}
          paging={list}
          onRow={({ source, userId }) => go('/timeline', { user: `${source}/${userId}` })}
        />
      </Listed>
    </div>
  );
}
