import { useMantineColorScheme } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, type SpotlightActionData } from '@mantine/spotlight';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { CircleHelp, MoonStar, Search, UserRound } from 'lucide-react';
import { useState } from 'react';
import { useAddress } from '../address/use-address.ts';
import { useEngine } from '../engine-client.ts';
import { quoted } from '../query/term.ts';
import { visibleString } from '../text/visible-text.ts';
import { pages } from './pages.ts';

const MIN_USER_SEARCH = 2;

/** Ctrl K: pages, commands, and users by name. */
export function Palette({ onHelp }: { onHelp: () => void }) {
  const engine = useEngine();
  const { go, params } = useAddress();
  const { setColorScheme, colorScheme } = useMantineColorScheme({ keepTransitions: true });
  const [text, setText] = useState('');
  const search = text.trim();
  // Nobody wants what is found for the first letters of a name that is being typed.
  const [typed] = useDebouncedValue(search, 200);
  const users = useQuery({
    queryKey: ['users', 'palette', typed],
    queryFn: ({ signal }) =>
      engine.users.list.query({ query: quoted(typed), limit: 6, total: false }, { signal }),
    enabled: typed.length >= MIN_USER_SEARCH,
    placeholderData: keepPreviousData,
    retry: false,
  });

  const actions: SpotlightActionData[] = [
    ...pages.map(({ path, name, icon: Icon }) => ({
      id: path,
      label: name,
      description: 'Page',
      leftSection: <Icon size={16} />,
      onClick: () => go(path),
    })),
    {
      id: 'query',
      label: search === '' ? 'Search sessions' : `Search sessions for ${visibleString(search, 60)}`,
      description: 'Command',
      keywords: [search],
      leftSection: <Search size={16} />,
      onClick: () => go('/sessions', { q: search === '' ? params.q : search }),
    },
    {
      id: 'scheme',
      label: colorScheme === 'dark' ? 'Use light colours' : 'Use dark colours',
      description: 'Command',
      leftSection: <MoonStar size={16} />,
      onClick: () => setColorScheme(colorScheme === 'dark' ? 'light' : 'dark'),
    },
    {
      id: 'help',
      label: 'Keyboard and query help',
      description: 'Command',
      leftSection: <CircleHelp size={16} />,
      onClick: onHelp,
    },
    ...(search.length < MIN_USER_SEARCH ? [] : (users.data?.rows ?? [])).map((user) => ({
      id: `user:${user.source}/${user.userId}`,
      label: `Timeline of ${visibleString(user.userName ?? user.userId, 60)}`,
      description: `User at ${user.source}, ${user.liveSessions} live sessions`,
      keywords: [search],
      leftSection: <UserRound size={16} />,
      onClick: () => go('/timeline', { user: `${user.source}/${user.userId}` }),
    })),
  ];

  return (
    <Spotlight
      actions={actions}
      query={text}
      onQueryChange={setText}
      shortcut="mod + K"
      nothingFound="Nothing of that name"
      highlightQuery
      scrollable
      maxHeight={420}
      searchProps={{
        placeholder: 'Go to a page, a user, or run a command',
        leftSection: <Search size={16} />,
      }}
    />
  );
}
