import { shareOf, type Share } from './share.ts';

/** Scores that order logins by suspicion; 0 is "nothing to say". */
export type Ranking = {
  /** Of each benign login. */
  readonly benign: readonly { readonly score: number; readonly user: number; readonly before: number }[];
  /** Of each attack: the highest of its sightings. */
  readonly attacks: readonly number[];
};

/** The score that no more than that share of benign logins is above; never below 0. */
export function thresholdAt({ benign }: Pick<Ranking, 'benign'>, falsePositiveRate: number): number {
  const sorted = Float64Array.from(benign, ({ score }) => score).sort();
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
  const isAsked = (score: number) => score >= threshold;
  const rates = new Map<number, { asked: number; logins: number }>();
  for (const { score, user } of benign) {
    const rate = rates.get(user) ?? { asked: 0, logins: 0 };
    rates.set(user, rate);
    rate.logins += 1;
    if (isAsked(score)) rate.asked += 1;
  }
  const perUser = [...rates.values()].map(({ asked, logins }) => asked / logins).sort((a, b) => a - b);
  const shareAsked = (list: Ranking['benign']) =>
    list.length === 0 ? 0 : list.filter(({ score }) => isAsked(score)).length / list.length;
  const inBucket = (bucket: HistoryBucket) =>
    shareAsked(benign.filter(({ before }) => bucketOf(before) === bucket));
  return {
    all: shareAsked(benign),
    median: perUser[Math.floor(perUser.length / 2)] ?? 0,
    byHistory: { '0': inBucket('0'), '1–4': inBucket('1–4'), '≥ 5': inBucket('≥ 5') },
  };
}
