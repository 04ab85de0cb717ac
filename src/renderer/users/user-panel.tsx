import { Text, Title } from '@mantine/core';
import type { User } from '../../contract/user.ts';
import { useSystemInfo } from '../data/use-system-info.ts';
import { Facts, type Fact } from '../frame/facts.tsx';
import { PanelBody } from '../frame/panel-body.tsx';
import { PanelSection } from '../frame/panel-section.tsx';
import { PanelHead } from '../frame/panel-head.tsx';
import { SidePanel } from '../frame/side-panel.tsx';
import { EmptyNotice } from '../notice/empty-notice.tsx';
import { Fetched } from '../notice/fetched.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';
import { UserRound } from 'lucide-react';
import { PersonAccounts } from './person-accounts.tsx';
import { TagChoice } from './tag-choice.tsx';
import { useUser } from './use-user.ts';

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
      <PanelHead
        title={<Title order={2}>About this user</Title>}
        close={{ label: 'Close what is known of the user', onClose }}
      />
      <PanelBody label="What is known of the user">
        <Fetched result={result} lines={12}>
          {(user) =>
            user === null ? (
              <EmptyNotice icon={<UserRound size={28} />} title="There is no such user">
                Its source was removed, or retention removed all that was known of it.
              </EmptyNotice>
            ) : (
              <>
                <PanelSection title="Identity">
                  <Facts facts={factsOf(user)} />
                </PanelSection>
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
      </PanelBody>
    </SidePanel>
  );
}

function factsOf({ userName, source, userId, email }: User): readonly Fact[] {
  return [
    ['Name', <UntrustedText text={userName} wrap />],
    ['Source', <UntrustedText text={source} wrap />],
    ['Id there', <UntrustedText text={userId} mono wrap />],
    ['Verified e-mail', <UntrustedText text={email} wrap />],
  ];
}
