import { Text } from '@mantine/core';
import type { User } from '../../contract/user.ts';
import { InstantText } from '../text/instant-text.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';

/** Why a user is one person with others, or is not any more: its e-mail, or who said so and when. */
export function JoinedBy({ user }: { user: User }) {
  const { personFrom, personBy, personAt, email } = user;
  if (personFrom === null) return null;
  if (personFrom === 'email') {
    return (
      <Text size="xs" c="dimmed" component="div">
        same verified e-mail, <UntrustedText text={email} wrap />
      </Text>
    );
  }
  return (
    <Text size="xs" c="dimmed" component="div">
      {personFrom === 'hand' ? 'joined by hand' : 'split off by hand'}
      {personBy !== null && (
        <>
          , by <UntrustedText text={personBy} wrap />
        </>
      )}
      {personAt !== null && (
        <>
          , <InstantText at={personAt} />
        </>
      )}
      {personFrom === 'parted' && ': an equal e-mail does not join it again'}
    </Text>
  );
}
