import { CloseButton, Text, Title } from '@mantine/core';
import type { User } from '../../contract/user.ts';
import { useSystemInfo } from '../data/use-system-info.ts';
import { SidePanel } from '../frame/side-panel.tsx';
import { EmptyNotice } from '../notice/empty-notice.tsx';
import { Fetched } from '../notice/fetched.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';
import { UserRound } from 'lucide-react';
import { PersonAccounts } from './person-accounts.tsx';
import { TagChoice } from './tag-choice.tsx';
import { useUser } from './use-user.ts';
import classes from './users.module.css';

/** What a user is, and who else is the same person; both can be changed here. */
export function UserPanel({
  source,
  userId,
  onClose,
}: {
  source: string;
  userId: string;
  onClose: () => void;
}) {
  const result = useUser(source, userId);
  const isReadOnly = useSystemInfo().data?.pollingByPid != null;
  return (
    <SidePanel label="About this user" width="440px">
      <div className={classes.head}>
        <Title order={2}>About this user</Title>
        <CloseButton aria-label="Close what is known of the user" onClick={onClose} />
      </div>
      <div className={classes.body} role="group" aria-label="What is known of the user" tabIndex={0}>
        <Fetched result={result} lines={12}>
          {(user) =>
            user === null ? (
              <EmptyNotice icon={<UserRound size={28} />} title="There is no such user">
                Its source was removed, or retention removed all that was known of it.
              </EmptyNotice>
            ) : (
              <>
                <Facts user={user} />
                <TagChoice key={user.tags.join(' ')} user={user} isReadOnly={isReadOnly} />
                <PersonAccounts user={user} isReadOnly={isReadOnly} />
                {isReadOnly && (
                  <Text c="dimmed" mt="md">
                    Another process polls this data directory: change it there.
                  </Text>
                )}
              </>
            )
          }
        </Fetched>
      </div>
    </SidePanel>
  );
}

function Facts({ user }: { user: User }) {
  return (
    <dl className={classes.facts}>
      <dt>Name</dt>
      <dd>
        <UntrustedText text={user.userName} wrap />
      </dd>
      <dt>Source</dt>
      <dd>
        <UntrustedText text={user.source} wrap />
      </dd>
      <dt>Id there</dt>
      <dd>
        <UntrustedText text={user.userId} mono wrap />
      </dd>
      <dt>Verified e-mail</dt>
      <dd>
        <UntrustedText text={user.email} wrap />
      </dd>
    </dl>
  );
}
