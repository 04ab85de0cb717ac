import { shareOf, type Share } from './share.ts';

/** Of each benign login its score, whose it is, and how many came before it: in columns, because there are millions. */
export type BenignScores = {
  readonly scores: readonly number[];
  readonly users: readonly number[];
  readonly before: readonly number[];
};

/** Scores that order logins by suspicion; 0 is "nothing to say". */
export type Ranking = {
  readonly benign: BenignScores;
  /** Of each attack: the highest of its sightings. */
  readonly attacks: readonly number[];
};

/** The score that no more than that share of benign logins is above; never below 0. */
export function thresholdAt({ benign }: Pick<Ranking, 'benign'>, falsePositiveRate: number): number {
  const sorted = Float64Array.from(benign.scores).sort();
  const allowed = Math.floor(falsePositiveRate * sorted.length);
  return Math.max(sorted[sorted.length - 1 - allowed] ?? 0, 0);
}

/** The share of attacks that score above all but that share of benign logins. */
export function recallAt(ranking: Ranking, falsePositiveRate: number): Share {
  return recallAbove(ranking.attacks, thresholdAt(ranking, falsePositiveRate));
}

/** The share of attacks that score above a threshold; with ties at it all of them are let go. */
export function recallAbove(attacks: readonly number[], threshold: number): Share {
  return shareOf(attacks.filter((score) => score > threshold).length, attacks.length);
}

/** How often honest people are asked again when that share of attacks is to be stopped. */
export type Reauthentication = {
  /** Of all benign logins. */
  readonly all: number;
  /** Of each user's logins, the median user. */
  readonly median: number;
  /** By number of logins before. */
  readonly byHistory: Readonly<Record<HistoryBucket, number>>;
};

export const historyBuckets = ['0', '1–4', '≥ 5'] as const;
export type HistoryBucket = (typeof historyBuckets)[number];

export function bucketOf(loginsBefore: number): HistoryBucket {
  if (loginsBefore === 0) return '0';
  return loginsBefore < 5 ? '1–4' : '≥ 5';
}

export function reauthenticationAt({ benign, attacks }: Ranking, truePositiveRate: number): Reauthentication {
  const sorted = [...attacks].sort((a, b) => b - a);
  const threshold = sorted[Math.ceil(truePositiveRate * sorted.length) - 1] ?? 0;
  const { scores, users, before } = benign;
  const isAsked = scores.map((score) => score >= threshold);
  const perUser = sharesBy(users, isAsked);
  const rates = [...perUser.values()].sort((a, b) => a - b);
  const perBucket = sharesBy(before.map(bucketOf), isAsked);
  const inBucket = (bucket: HistoryBucket) => perBucket.get(bucket) ?? 0;
  return {
    all: isAsked.filter(Boolean).length / Math.max(1, isAsked.length),
    median: rates[Math.floor(rates.length / 2)] ?? 0,
    byHistory: { '0': inBucket('0'), '1–4': inBucket('1–4'), '≥ 5': inBucket('≥ 5') },
  };
}

/** The share that is true, by group. */
function sharesBy<Group>(groups: readonly Group[], isTrue: readonly boolean[]): ReadonlyMap<Group, number> {
  const counts = new Map<Group, { all: number; hits: number }>();
  for (const [at, group] of groups.entries()) {
    const known = counts.get(group) ?? { all: 0, hits: 0 };
    counts.set(group, known);
    known.all += 1;
    known.hits += Number(isTrue[at]);
  }
  return new Map([...counts].map(([group, { all, hits }]) => [group, hits / all]));
}
