import type { Session } from '../../contract/session.ts';
import { UntrustedText } from '../text/untrusted-text.tsx';
import { UserGlance } from '../users/user-glance.tsx';

/** Who else the user of a session is, with the id that the query language finds the person by. */
export function PersonFact({ session }: { session: Pick<Session, 'source' | 'userId' | 'personId'> }) {
  return (
    <>
      <UntrustedText text={session.personId} mono wrap />
      <UserGlance source={session.source} userId={session.userId} />
    </>
  );
}
