import type { Organisation } from '../../src/engine/detect/organisation.ts';

/** An organisation that answers the same to every question: so many others, such a share of the logins. */
export function organisationOf(others: number | null, loginShare: number | null = null): Organisation {
  return { others: () => others, loginShare: () => loginShare, background: () => null };
}
