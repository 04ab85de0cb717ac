import { List, Stack, Text } from '@mantine/core';
import type { User } from '../../contract/user.ts';
import { AccountName } from './account-name.tsx';

/** What splitting an account off changes, to be read before. */
export function SplitWarning({ account, others }: { account: User; others: number }) {
  return (
    <Stack gap="xs">
      <Text component="div">
        <AccountName account={account} /> is judged as somebody else from now on.
      </Text>
      <List size="sm" spacing={4}>
        <List.Item>
          Findings of both sides are judged anew: journeys between{' '}
          {others === 1 ? 'the two' : 'it and the others'} are withdrawn, and what was known by the other may
          be new.
        </List.Item>
        <List.Item>
          Incidents that are of both come apart; their notes stay with what is left of them.
        </List.Item>
        <List.Item>An equal e-mail does not join it again. You can, by hand.</List.Item>
      </List>
    </Stack>
  );
}
