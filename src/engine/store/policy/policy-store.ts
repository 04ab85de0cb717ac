import type { CountryPolicy, CountryPolicyPreview } from '../../../contract/country-policy.ts';
import type { AuditDraft } from '../audit-draft.ts';

/** A change of the policy that is not settled, with the numbers of all users of whom it may say something else than before. */
export type PolicyChange = { readonly revision: number; readonly users: readonly number[] };

/** What can be asked of the policy of countries. */
export type PolicyReads = {
  countryPolicy(): Promise<CountryPolicy>;
  /** What a policy would speak against; passes over all sessions. */
  previewPolicy(policy: CountryPolicy): Promise<CountryPolicyPreview>;
  /** Null when everybody was judged by the policy in force; else takes as long as there are observations. */
  policyChange(): Promise<PolicyChange | null>;
};

export type PolicyWrites = {
  /** Where people may be from now on. */
  setPolicy(policy: CountryPolicy, audit: AuditDraft): Promise<void>;
  /** Whom the changes until that revision concern was judged. */
  settlePolicy(revision: number): Promise<void>;
};
