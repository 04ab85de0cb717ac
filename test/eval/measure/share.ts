/** A share with its 95 % interval. */
export type Share = {
  readonly of: number;
  readonly hits: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
};

const Z = 1.959964;

/** Wilson's score interval (1927): right for small numbers and near 0 and 1. An empty share is 0 with the interval 0 to 1. */
export function shareOf(hits: number, of: number): Share {
  if (of === 0) return { of, hits, value: 0, low: 0, high: 1 };
  const value = hits / of;
  const middle = (value + Z ** 2 / (2 * of)) / (1 + Z ** 2 / of);
  const half = (Z / (1 + Z ** 2 / of)) * Math.sqrt((value * (1 - value)) / of + Z ** 2 / (4 * of ** 2));
  return { of, hits, value, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** Events over exposure with its 95 % interval over accounts: what one account does is not independent. */
export type Rate = { readonly value: number; readonly low: number; readonly high: number };

export type Exposed = { readonly events: number; readonly exposure: number };

/**
 * The variance is that of a ratio estimate over accounts (Cochran, Sampling Techniques, 1977, 6.3), its interval on a
 * logarithmic scale, because rates are skewed; where nothing happened at all, up to three events (rule of three).
 */
export function rateOf(accounts: readonly Exposed[]): Rate {
  const events = sum(accounts.map((account) => account.events));
  const exposure = sum(accounts.map((account) => account.exposure));
  if (exposure === 0) return { value: 0, low: 0, high: 1 };
  if (events === 0) return { value: 0, low: 0, high: Math.min(1, 3 / exposure) };
  const value = events / exposure;
  const residuals = accounts.map((account) => (account.events - value * account.exposure) ** 2);
  const deviation =
    Math.sqrt((sum(residuals) * accounts.length) / Math.max(1, accounts.length - 1)) / exposure;
  const factor = Math.exp((Z * deviation) / value);
  return { value, low: value / factor, high: value * factor };
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Of numbers in any order; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
