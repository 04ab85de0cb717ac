import type { CountryPolicy } from '../../contract/country-policy.ts';
import type { DetectSettings } from './settings.ts';

/** The settings under a policy of countries. */
export function underPolicy(settings: DetectSettings, policy: CountryPolicy): DetectSettings {
  return {
    ...settings,
    policy: {
      deniedCountries: policy.kind === 'deny' ? policy.countries : [],
      allowedCountries: policy.kind === 'allow' ? policy.countries : [],
    },
  };
}

/** Whether a policy speaks against a country; an unknown one is never against it. */
export function isAgainst(policy: CountryPolicy, country: string): boolean {
  switch (policy.kind) {
    case 'none':
      return false;
    case 'allow':
      return !policy.countries.includes(country);
    case 'deny':
      return policy.countries.includes(country);
    default:
      return policy satisfies never;
  }
}
