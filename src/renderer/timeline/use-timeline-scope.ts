import { anyUserTerms, term, userTerms } from '../query/term.ts';
import { useAccounts, useUser } from '../users/use-user.ts';

/** Accounts drawn together; a query holds no more of them. */
export const MAX_ACCOUNTS = 12;

/** Whom the timeline is of: one user, or everybody who is the same person. */
export function useTimelineScope(source: string, userId: string, wantsPerson: boolean) {
  const { data: user } = useUser(source, userId);
  const personId = user?.personId ?? null;
  const accounts = useAccounts(personId).data ?? [];
  const isOfPerson = wantsPerson && personId !== null && accounts.length > 1;
  const query = isOfPerson ? anyUserTerms(accounts.slice(0, MAX_ACCOUNTS)) : userTerms(source, userId);
  return {
    userName: user?.userName ?? null,
    accounts: accounts.length,
    isOfPerson,
    /** What is drawn. */
    query,
    /** What is ended: of a person's sessions none is forgotten because it is not drawn. */
    everything: isOfPerson ? term('personId', personId) : query,
  };
}
