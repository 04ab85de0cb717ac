import type { FactsUser } from './facts.ts';

/** What is counted of all users together. `client`: the user agent without versions. */
export type SharedFeature = 'country' | 'asn' | 'client';

/**
 * What everybody else did, as far as it was over before a moment: only whole days (UTC) that ended at least 24 hours before
 * the moment's own day count, so that an attacker who visits ten users in one night can't make his network a common one, and
 * a login that a source tells of a day late changes nothing that was judged already.
 */
export type Organisation = {
  /**
   * How many mature users, other than these, were seen with a value in the `days` before; counting stops at 20. Null
   * when nothing is known of the organisation at that time.
   */
  others(
    feature: SharedFeature,
    value: string,
    when: { readonly atMs: number; readonly days: number; readonly except: readonly FactsUser[] },
  ): number | null;
  /** Share of the successful logins of the 30 days before that had the value, 0–1; null below 1,000 logins. */
  loginShare(feature: SharedFeature, value: string, atMs: number): number | null;
};

/** Knows nobody: for people who are judged by themselves. */
export const noOrganisation: Organisation = { others: () => null, loginShare: () => null };
