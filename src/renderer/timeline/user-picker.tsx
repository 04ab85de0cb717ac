import { SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { ChartGantt, Search } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import type { User } from '../../contract/user.ts';
import { useAddress } from '../address/use-address.ts';
import { useList } from '../data/use-list.ts';
import { Bar } from '../frame/bar.tsx';
import { FullPage } from '../frame/full-page.tsx';
import { useEngine } from '../engine-client.ts';
import { EmptyNotice } from '../notice/empty-notice.tsx';
import { Listed } from '../notice/listed.tsx';
import { quoted } from '../query/term.ts';
import { useKeys } from '../shell/use-keys.ts';
import { useRowKeys } from '../table/use-row-keys.ts';
import { VirtualTable } from '../table/virtual-table.tsx';
import { accountsOf } from '../users/accounts-of.ts';
import { userColumns } from '../users/user-columns.tsx';
import { userFilter, userFilters } from '../users/user-filter.ts';
import { idOf } from '../users/use-user.ts';

const TAGGED = 'No source told of one, and nobody said so: open a user to say what it is.';
const EMPTY = {
  several: 'Users are joined by an equal verified e-mail, or by hand on a user’s own page.',
  administrator: TAGGED,
  service: TAGGED,
  shared: TAGGED,
} as const;

/** The users, those with open findings first, to choose whose timeline to see. */
export function UserPicker() {
  const { params, go, update } = useAddress();
  const filter = userFilter(params.only);
  const engine = useEngine();
  const columns = useMemo(() => userColumns(accountsOf(engine)), [engine]);
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text.trim(), 200);
  const input = useRef<HTMLInputElement>(null);
  const words = search === '' ? '' : quoted(search);
  const list = useList('users', { query: `${words} ${filter.query}`.trim(), sort: '-openFindings' });
  const [activeId, setActiveId] = useState<string | null>(null);
  const open = (user: User) => go('/timeline', { user: idOf(user) });
  const active = list.rows.find((user) => idOf(user) === activeId);
  useKeys({
    '/': () => input.current?.focus(),
    Enter: () => active && open(active),
  });
  useRowKeys({
    order: list.rows.map(idOf),
    openKey: activeId,
    open: setActiveId,
    close: () => setActiveId(null),
  });
  return (
    <FullPage>
      <Bar>
        <TextInput
          ref={input}
          size="sm"
          flex="1 1 220px"
          maw={420}
          aria-label="Find a user"
          placeholder="Whose timeline? Name, e-mail or id"
          leftSection={<Search size={15} />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            const [first] = list.rows;
            if (event.key === 'Enter' && first) open(first);
          }}
        />
        <SegmentedControl
          size="xs"
          aria-label="Which users"
          data={userFilters.map(({ value, label }) => ({ value, label }))}
          value={filter.value}
          onChange={(only) => update({ only: only === 'all' ? undefined : only }, true)}
        />
      </Bar>
      <Listed
        list={list}
        empty={
          <EmptyNotice icon={<ChartGantt size={28} />} title="No such user">
            {search !== ''
              ? 'Try a part of the name, the e-mail or the id.'
              : filter.value === 'all'
                ? 'No source has told of a user yet.'
                : EMPTY[filter.value]}
          </EmptyNotice>
        }
      >
        <VirtualTable
          label="Users"
          columns={columns}
          rows={list.rows}
          rowKey={idOf}
          paging={list}
          activeKey={activeId}
          onRow={open}
        />
      </Listed>
    </FullPage>
  );
}
