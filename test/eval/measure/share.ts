import { chanceOf } from '../company/chance.ts';

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

/** Events over exposure with its 95 % interval, drawn anew account by account: what one account does is not independent. */
export type Rate = { readonly value: number; readonly low: number; readonly high: number };

export type Exposed = { readonly events: number; readonly exposure: number };

const RESAMPLES = 200;

/** Percentile bootstrap over accounts; where nothing happened at all, up to three events (rule of three). */
export function rateOf(accounts: readonly Exposed[]): Rate {
  const [events, exposure] = [sum(accounts.map((a) => a.events)), sum(accounts.map((a) => a.exposure))];
  if (events === 0 || exposure === 0)
    return { value: 0, low: 0, high: exposure === 0 ? 1 : Math.min(1, 3 / exposure) };
  const chance = chanceOf('bootstrap');
  const draws = Array.from({ length: RESAMPLES }, () => {
    const drawn = { events: 0, exposure: 0 };
    for (const _ of accounts) {
      const account = chance.pick(accounts);
      drawn.events += account.events;
      drawn.exposure += account.exposure;
    }
    return drawn.exposure === 0 ? 0 : drawn.events / drawn.exposure;
  });
  return { value: events / exposure, low: quantile(draws, 0.025), high: quantile(draws, 0.975) };
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Of numbers in any order; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
