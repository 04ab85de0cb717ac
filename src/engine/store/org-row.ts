import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Counted } from '../detect/organisation.ts';
import type { ScoreCounts } from '../detect/days/score-counts.ts';
import { countedFeatures, type DayTally, type NetworkCount, type ValueCount } from '../detect/days/tally.ts';

/** A day's tally as it is stored: JSON without names, deflated. The same tally gives the same bytes. */
export function packTally({ logins, values, prefixes, asns }: DayTally): Buffer {
  const lists = countedFeatures.map((feature) =>
    values[feature].map(([value, count, users]) =>
      users.length === 0 ? [value, count] : [value, count, ...stepsOf(users)],
    ),
  );
  return deflateRawSync(JSON.stringify([logins, lists, prefixes, asns]));
}

/** What `packTally` packed. */
export function unpackTally(packed: Buffer): DayTally {
  const [logins, lists, prefixes, asns] = JSON.parse(inflateRawSync(packed).toString()) as PackedTally;
  const values = countedFeatures.map((feature, at) => [feature, (lists[at] ?? []).map(valueCountOf)]);
  return { logins, values: Object.fromEntries(values) as Record<Counted, ValueCount[]>, prefixes, asns };
}

type PackedTally = [
  logins: number,
  lists: [value: string, logins: number, ...users: number[]][][],
  prefixes: NetworkCount[],
  asns: NetworkCount[],
];

/** Most values name nobody: one list serves them all. */
const NOBODY: readonly number[] = [];

function valueCountOf([value, logins, ...users]: PackedTally[1][number][number]): ValueCount {
  return [value, logins, users.length === 0 ? NOBODY : sumsOf(users)];
}

/** Ascending numbers as the steps between them, which have fewer digits. */
function stepsOf(numbers: readonly number[]): readonly number[] {
  return numbers.map((number, at) => number - (numbers[at - 1] ?? 0));
}

function sumsOf(steps: readonly number[]): readonly number[] {
  let sum = 0;
  return steps.map((step) => (sum += step));
}

export function packScores(scores: ScoreCounts): Buffer {
  return deflateRawSync(JSON.stringify(scores));
}

export function unpackScores(packed: Buffer): ScoreCounts {
  return JSON.parse(inflateRawSync(packed).toString()) as ScoreCounts;
}
