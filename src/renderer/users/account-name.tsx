import type { User } from '../../contract/user.ts';
import { PageLink } from '../address/page-link.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';
import { idOf } from './use-user.ts';

type Account = Pick<User, 'source' | 'userId' | 'userName'>;

/** `Ann at chat`, which leads to that user's timeline. */
export function AccountLink({ account }: { account: Account }) {
  return (
    <PageLink to="/timeline" params={{ q: undefined, user: idOf(account) }} size="sm">
      <AccountName account={account} />
    </PageLink>
  );
}

/** The same as text. */
export function AccountName({ account }: { account: Account }) {
  return (
    <>
      <UntrustedText text={account.userName ?? account.userId} maxLength={80} wrap /> at{' '}
      <UntrustedText text={account.source} maxLength={80} wrap />
    </>
  );
}
