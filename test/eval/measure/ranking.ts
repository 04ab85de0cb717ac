/** Scores that order logins by suspicion; 0 is "nothing to say". */
export type Ranking = {
  /** Of each benign login. */
  readonly benign: readonly { readonly score: number; readonly user: number; readonly before: number }[];
  /** Of each attack: the highest of its sightings. */
  readonly attacks: readonly number[];
};

/** The share of attacks that score above all but that share of benign logins. */
export function recallAt({ benign, attacks }: Ranking, falsePositiveRate: number): number {
  const threshold = lowestPassing(
    benign.map(({ score }) => score),
    falsePositiveRate,
  );
  return shareAbove(attacks, threshold);
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

/** The lowest score that no more than that share of the scores reaches; never 0. */
function lowestPassing(scores: readonly number[], share: number): number {
  const sorted = [...scores].sort((a, b) => b - a);
  const allowed = Math.floor(share * sorted.length);
  const firstOut = sorted[allowed] ?? 0;
  return Math.max(firstOut, 0);
}

/** Strictly above: with ties at the threshold all of them are let go. */
function shareAbove(scores: readonly number[], threshold: number): number {
  return scores.length === 0 ? 0 : scores.filter((score) => score > threshold).length / scores.length;
}
