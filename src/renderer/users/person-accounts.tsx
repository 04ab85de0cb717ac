import { Button, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link2 } from 'lucide-react';
import { useState } from 'react';
import type { User } from '../../contract/user.ts';
import { ToneBadge } from '../badge/tone-badge.tsx';
import { useEngine } from '../engine-client.ts';
import { PanelSection } from '../frame/panel-section.tsx';
import { Fetched } from '../notice/fetched.tsx';
import { ProblemNotice } from '../notice/problem-notice.tsx';
import { counted } from '../text/counted.ts';
import { AccountLink, AccountName } from './account-name.tsx';
import { JoinDialog } from './join-dialog.tsx';
import { JoinedBy } from './joined-by.tsx';
import { SplitWarning } from './split-warning.tsx';
import { TagBadges } from './tag-badges.tsx';
import { idOf, useAccounts } from './use-user.ts';
import classes from './users.module.css';

/** Everybody who is one person with a user, and why; accounts can be joined and split off. */
export function PersonAccounts({ user, isReadOnly }: { user: User; isReadOnly: boolean }) {
  const [isJoining, setIsJoining] = useState(false);
  const accounts = useAccounts(user.personId);
  return (
    <PanelSection title="Accounts of this person">
      {user.personId === null ? (
        <>
          <Text c="dimmed">
            None but this one. Users with the same verified e-mail are joined by themselves.
          </Text>
          {user.personFrom === 'parted' && <JoinedBy user={user} />}
        </>
      ) : (
        <Fetched result={accounts} lines={4}>
          {(all) => <Accounts user={user} accounts={all} isReadOnly={isReadOnly} />}
        </Fetched>
      )}
      <Button
        variant="default"
        mt="xs"
        leftSection={<Link2 size={14} />}
        disabled={isReadOnly}
        onClick={() => setIsJoining(true)}
      >
        Join another account…
      </Button>
      {isJoining && <JoinDialog user={user} onClose={() => setIsJoining(false)} />}
    </PanelSection>
  );
}

function Accounts({
  user,
  accounts,
  isReadOnly,
}: {
  user: User;
  accounts: readonly User[];
  isReadOnly: boolean;
}) {
  const engine = useEngine();
  const queryClient = useQueryClient();
  const split = useMutation({
    mutationFn: ({ source, userId }: User) => engine.persons.unlink.mutate({ source, userId }),
    onSuccess: () => queryClient.invalidateQueries(),
  });
  const ask = (account: User) =>
    modals.openConfirmModal({
      title: 'Split this account off?',
      children: <SplitWarning account={account} others={accounts.length - 1} />,
      labels: { confirm: 'Split it off', cancel: 'Keep it' },
      confirmProps: { color: 'red' },
      onConfirm: () => split.mutate(account),
    });
  return (
    <>
      <ul className={classes.accounts}>
        {accounts.map((account) => (
          <li key={idOf(account)}>
            <div className={classes.words}>
              <div className={classes.glance}>
                {idOf(account) === idOf(user) ? (
                  <Text component="span" fw={600}>
                    <AccountName account={account} />
                  </Text>
                ) : (
                  <AccountLink account={account} />
                )}
                <TagBadges user={account} />
                {account.openFindings > 0 && (
                  <ToneBadge tone="high">{counted(account.openFindings, 'open finding')}</ToneBadge>
                )}
              </div>
              <JoinedBy user={account} />
            </div>
            <Button
              size="compact-xs"
              variant="subtle"
              color="red"
              disabled={isReadOnly}
              loading={split.isPending && split.variables === account}
              aria-label={`Split off ${account.userName ?? account.userId} at ${account.source}`}
              onClick={() => ask(account)}
            >
              Split off…
            </Button>
          </li>
        ))}
      </ul>
      {split.isError && <ProblemNotice error={split.error} />}
    </>
  );
}
