import type { FactsUser } from './facts.ts';

/** What is counted of all users together. `client`: the user agent without versions. */
export type SharedFeature = 'country' | 'asn' | 'client';

/** What logins are counted by: that, and the other levels of the Freeman score. */
export type Counted = SharedFeature | 'ip' | 'agent' | 'browser' | 'os' | 'device';

/**
 * What everybody else did, as far as it was over before a moment: only whole days (UTC) that ended at least 24 hours before
 * the moment's own day count, so that an attacker who visits ten users in one night can't make his network a common one, and
 * a login that a source tells of a day late changes nothing that was judged already.
 */
export type Organisation = {
  /**
   * How many mature users, other than these, were seen with a value in the `days` before; counting stops at 20. Null
   * when nothing is known of the organisation at that time. Of each day five users with a value are known, and of several
   * sources the one with the most counts, because a person may have a user at each: so it is never too many.
   */
  others(
    feature: SharedFeature,
    value: string,
    when: { readonly atMs: number; readonly days: number; readonly except: readonly FactsUser[] },
  ): number | null;
  /** Share of the successful logins of the 30 days before that had the value, 0–1; null below 1,000 logins. */
  loginShare(feature: SharedFeature, value: string, atMs: number): number | null;
  /** What the Freeman score of a login at a source is measured by; null without any login in the 90 settled days before. */
  background(source: string, atMs: number): Background | null;
};

/** All logins of a source in the look-back, for the Freeman score (detections 5). */
export type Background = {
  readonly logins: number;
  /** Users that were ever seen to log in. */
  readonly users: number;
  count(feature: Counted, value: string): number;
  distinct(feature: Counted): number;
  /** From this score on a login is in the top 0.5 % of the 30 settled days before; null: too few were scored to tell. */
  readonly unlikelyFrom: number | null;
};

/** Knows nobody: for people who are judged by themselves. */
export const noOrganisation: Organisation = {
  others: () => null,
  loginShare: () => null,
  background: () => null,
};
