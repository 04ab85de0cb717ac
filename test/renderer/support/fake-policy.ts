import { POLICY_PREVIEW_DAYS, type CountryPolicy } from '../../../src/contract/country-policy.ts';
import type { Session } from '../../../src/contract/session.ts';
import { isAgainst } from '../../../src/engine/detect/under-policy.ts';
import type { Engine } from '../../../src/engine/engine.ts';

/** A policy that is kept, and previewed over the made-up sessions. */
export function fakePolicy(sessions: readonly Session[]): Engine['policy'] {
  let kept: CountryPolicy = { kind: 'none' };
  return {
    countries: async () => kept,
    setCountries: async (policy) => {
      kept = policy;
      return kept;
    },
    previewCountries: async (policy) => {
      const against = sessions.filter(({ country }) => country !== null && isAgainst(policy, country));
      const counts = (some: readonly Session[]) => ({
        sessions: some.length,
        users: new Set(some.map(({ source, userId }) => `${source}/${userId}`)).size,
      });
      const byCountry = [...Map.groupBy(against, ({ country }) => country ?? '')];
      return {
        days: POLICY_PREVIEW_DAYS,
        sessions: sessions.length,
        unplaced: sessions.filter(({ country }) => country === null).length,
        against: counts(against),
        countries: byCountry
          .map(([country, some]) => ({ country, ...counts(some) }))
          .sort((a, b) => b.sessions - a.sessions),
      };
    },
  };
}
