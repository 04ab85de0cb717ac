import type { ComboboxItem, OptionsFilter } from '@mantine/core';
import { countryCodes } from '../../contract/country-codes.ts';
import { countryName } from '../where/country-name.ts';

/** Every country by name, with its code as the value. */
export const countryOptions: readonly ComboboxItem[] = countryCodes
  .map((code) => ({ value: code, label: countryName(code) }))
  .sort((a, b) => a.label.localeCompare(b.label, 'en'));

/** Those whose name holds the text, accents and case apart, or whose code it is; the code's own first. */
export const matchingCountries: OptionsFilter = ({ options, search }) => {
  const text = plain(search.trim());
  const items = options.filter((option): option is ComboboxItem => 'value' in option);
  const byCode = items.filter(({ value }) => text !== '' && value.toLowerCase() === text);
  const byName = items.filter((item) => !byCode.includes(item) && plain(item.label).includes(text));
  return [...byCode, ...byName];
};

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
