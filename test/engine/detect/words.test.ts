import { describe, expect, it } from 'vitest';
import { countryInText, countryName } from '../../../src/engine/detect/words.ts';

describe('a country within a sentence', () => {
  it.each([
    ['US', 'the United States'],
    ['AE', 'the United Arab Emirates'],
    ['NL', 'the Netherlands'],
    ['BQ', 'the Caribbean Netherlands'],
    ['PH', 'the Philippines'],
    ['DO', 'the Dominican Republic'],
    ['KY', 'the Cayman Islands'],
    ['IM', 'the Isle of Man'],
    ['DE', 'Germany'],
    ['CZ', 'Czechia'],
    ['NF', 'Norfolk Island'],
  ])('%s is %s', (code, words) => {
    expect(countryInText(code)).toBe(words);
  });

  it('has its article nowhere else', () => {
    expect(countryName('NL')).toBe('Netherlands');
  });

  it('is quoted where it is no country code', () => {
    expect(countryInText('the United')).toBe('“the United”');
  });
});
