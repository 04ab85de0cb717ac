import type { CountryPolicy } from '../../contract/country-policy.ts';

export type PolicyKind = CountryPolicy['kind'];

/** What the form holds: the countries stay while the analyst looks at what the other kinds would mean. */
export type PolicyDraft = { readonly kind: PolicyKind; readonly countries: readonly string[] };

export function policyDraft(policy: CountryPolicy): PolicyDraft {
  return { kind: policy.kind, countries: policy.kind === 'none' ? [] : policy.countries };
}

/** Null while a list of countries is asked for and none is named. */
export function policyOf({ kind, countries }: PolicyDraft): CountryPolicy | null {
  if (kind === 'none') return { kind };
  return countries.length === 0 ? null : { kind, countries: [...countries] };
}

/** Whatever the order in which countries were picked. */
export function samePolicy(one: CountryPolicy, other: CountryPolicy): boolean {
  return textOf(one) === textOf(other);
}

function textOf(policy: CountryPolicy): string {
  return policy.kind === 'none' ? policy.kind : `${policy.kind} ${policy.countries.toSorted().join(' ')}`;
}
