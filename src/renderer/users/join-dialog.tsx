import { Button, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useState } from 'react';
import type { User } from '../../contract/user.ts';
import { useList } from '../data/use-list.ts';
import { useEngine } from '../engine-client.ts';
import { LoadingNotice } from '../notice/loading-notice.tsx';
import { ProblemNotice } from '../notice/problem-notice.tsx';
import { quoted } from '../query/term.ts';
import { counted } from '../text/counted.ts';
import { UntrustedText } from '../text/untrusted-text.tsx';
import { AccountName } from './account-name.tsx';
import { idOf } from './use-user.ts';
import classes from './users.module.css';

/** Candidates that are offered at once; a longer name finds the rest. */
const SHOWN = 8;

/** Finds another account of the same human being, first by the same name, and joins the two. */
export function JoinDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const engine = useEngine();
  const queryClient = useQueryClient();
  const [text, setText] = useState(user.userName ?? '');
  const [search] = useDebouncedValue(text.trim(), 200);
  const [picked, setPicked] = useState<User | null>(null);
  const join = useMutation({
    mutationFn: (other: User) => engine.persons.link.mutate({ users: [refOf(user), refOf(other)] }),
    onSuccess: async () => {
      await queryClient.invalidateQueries();
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title="Join another account" size={560}>
      <Stack gap="md">
        <Text component="div">
          Which account is of the same human being as <AccountName account={user} />?
        </Text>
        <TextInput
          label="Find the account"
          placeholder="Name, e-mail or id"
          leftSection={<Search size={14} />}
          value={text}
          onChange={({ currentTarget }) => {
            setText(currentTarget.value);
            setPicked(null);
          }}
          data-autofocus
        />
        <Candidates user={user} search={search} picked={picked} onPick={setPicked} />
        <Text c="dimmed">
          Joined, they are judged as one: sessions far apart at once become a finding, and what one account is
          known for, the other is known for too. Findings of both are judged anew, and their incidents become
          one where they share an attacker. Splitting one off undoes it.
        </Text>
        {join.isError && <ProblemNotice error={join.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            disabled={picked === null}
            loading={join.isPending}
            onClick={() => picked !== null && join.mutate(picked)}
          >
            Join
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Candidates({
  user,
  search,
  picked,
  onPick,
}: {
  user: User;
  search: string;
  picked: User | null;
  onPick: (user: User | null) => void;
}) {
  const list = useList('users', {
    query: search === '' ? '' : quoted(search),
    sort: 'userName',
    limit: 50,
    enabled: search !== '',
    counted: false,
  });
  if (search === '') return <Text c="dimmed">Type a part of a name, an e-mail or an id.</Text>;
  if (list.error) return <ProblemNotice error={list.error} onRetry={list.reload} />;
  if (list.isLoading) return <LoadingNotice lines={4} />;
  const others = list.rows.filter((each) => !isSamePerson(each, user));
  if (others.length === 0) return <Text role="status">No other account of that name.</Text>;
  return (
    <Radio.Group
      label="Accounts found"
      value={picked === null ? null : idOf(picked)}
      onChange={(id) => onPick(others.find((each) => idOf(each) === id) ?? null)}
    >
      <Stack gap={6} mt={6}>
        {others.slice(0, SHOWN).map((each) => (
          <Radio
            key={idOf(each)}
            size="xs"
            value={idOf(each)}
            label={<AccountName account={each} />}
            description={<Hints user={each} />}
          />
        ))}
      </Stack>
      {others.length > SHOWN && (
        <Text c="dimmed" mt={6}>
          There are more: a longer text finds fewer.
        </Text>
      )}
    </Radio.Group>
  );
}

/** What tells one Ann from another. */
function Hints({ user: { userId, email, liveSessions, personId } }: { user: User }) {
  return (
    <span className={classes.hints}>
      <UntrustedText text={email ?? userId} maxLength={80} wrap />
      {`, ${counted(liveSessions, 'live session')}`}
      {personId !== null && ', joined with others, who come along'}
    </span>
  );
}

function isSamePerson(one: User, other: User): boolean {
  return idOf(one) === idOf(other) || (one.personId !== null && one.personId === other.personId);
}

function refOf({ source, userId }: User) {
  return { source, userId };
}
