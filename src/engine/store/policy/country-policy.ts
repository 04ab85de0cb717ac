import { z } from 'zod';
import { countryPolicy, type CountryPolicy } from '../../../contract/country-policy.ts';
import type { Db } from '../database.ts';
import { readSetting, writeSetting } from '../care/settings.ts';

const SETTING = 'policy.countries';

const storedPolicy = z.object({
  policy: countryPolicy,
  /** Those that were in force since everybody was last judged by one: findings may rest on any of them. */
  before: z.array(countryPolicy),
  /** Grows with each change, so that a change made during a judging is not taken as judged. */
  revision: z.number().int(),
});
export type StoredPolicy = z.infer<typeof storedPolicy>;

const NO_POLICY: StoredPolicy = { policy: { kind: 'none' }, before: [], revision: 0 };

/** The policy of countries in force, and what of its changes nobody was judged by yet. */
export function readPolicy(db: Db): StoredPolicy {
  return readSetting(db, SETTING, storedPolicy) ?? NO_POLICY;
}

/** Inside the caller's transaction. Answers the one that it takes the place of. */
export function setPolicy(db: Db, policy: CountryPolicy): CountryPolicy {
  const stored = readPolicy(db);
  const before = [...stored.before, stored.policy];
  const distinct = [...new Map(before.map((each) => [JSON.stringify(each), each])).values()];
  writeSetting(db, SETTING, { policy, before: distinct, revision: stored.revision + 1 });
  return stored.policy;
}

/** Everybody whom the changes until that revision concern was judged again. */
export function settlePolicy(db: Db, revision: number): void {
  const stored = readPolicy(db);
  if (stored.revision === revision) writeSetting(db, SETTING, { ...stored, before: [] });
}
