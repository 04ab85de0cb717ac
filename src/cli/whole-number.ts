import { UsageError } from './exit.ts';

/** Reads an option as a whole number above 0 and at most `max`; throws UsageError naming the option. */
export function wholeNumber(option: string, max = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= 1 && value <= max) return value;
    const most = max === Number.MAX_SAFE_INTEGER ? '' : ` and at most ${max}`;
    throw new UsageError(`${option}: "${text}" is not a whole number above 0${most}.`);
  };
}
