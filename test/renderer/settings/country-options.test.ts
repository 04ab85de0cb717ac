import { describe, expect, it } from 'vitest';
import { countryCodes } from '../../../src/contract/country-codes.ts';
import { countryOptions, matchingCountries } from '../../../src/renderer/settings/country-options.ts';

const found = (search: string) =>
  matchingCountries({ options: [...countryOptions], search, limit: Infinity }).map((option) =>
    'value' in option ? option.value : '',
  );

describe('the countries to choose from', () => {
  it('are all of ISO 3166-1 and Kosovo, each with a name, in the order of the names', () => {
    expect(new Set(countryCodes).size).toBe(250);
    expect(countryOptions.filter(({ value, label }) => value === label)).toEqual([]);
    expect(countryOptions.slice(0, 3).map(({ label }) => label)).toEqual([
      'Afghanistan',
      'Åland Islands',
      'Albania',
    ]);
    for (const nobody of ['UK', 'EU', 'SU', 'ZZ']) expect(countryCodes).not.toContain(nobody);
  });

  it('are found by a part of the name in any case and without accents, by their code first', () => {
    expect(found('cote')).toEqual(['CI']);
    expect(found(' GERM ')).toEqual(['DE']);
    expect(found('gb')).toEqual(['GB']);
    expect(found('in')[0]).toBe('IN');
    expect(found('atlantis')).toEqual([]);
  });
});
