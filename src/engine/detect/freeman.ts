/** How often a value of one level was seen: at the user's own logins and at everybody's. */
export type LevelCount = { readonly own: number; readonly all: number };

/** A feature of a login, from its finest level (the address, the whole user agent) to its coarsest. */
export type FeatureCounts = {
  readonly levels: readonly LevelCount[];
  readonly weights: readonly number[];
  /** Distinct values of the levels under the finest, and one: M of the definition. */
  readonly kinds: number;
};

export type FreemanCounts = {
  /** Successful logins of the user and of everybody, strictly before this one; at least one of the user's. */
  readonly ownLogins: number;
  readonly allLogins: number;
  /** Users so far. */
  readonly users: number;
  readonly features: readonly FeatureCounts[];
};

/** Natural logarithms: what each feature adds to the risk, what the user's share of all logins adds, and the sum. */
export type FreemanScore = {
  readonly logRisk: number;
  readonly features: readonly number[];
  readonly user: number;
};

/** Where nothing at the login was ever seen of the user, p_u is taken for a quarter of p_G: the feature adds ln 4. */
const UNSEEN = Math.log(4);

/**
 * The risk of a login after Freeman, Jain, Dürmuth, Biggio and Giacinto (NDSS 2016, doi 10.14722/ndss.2016.23240), without
 * attack data, in the form that das-group/rba-algorithm ships (detections 5):
 *
 *     S_u = Π_f [p_G(x_f) / p_u(x_f)] · (1/U) / (n_u/N)
 *
 * A ranking among the logins of one source, no probability. What the user did is part of what everybody did, so counts of
 * everybody that are smaller, because the latest days are not among them, are raised to the user's own.
 */
export function freemanScore({ ownLogins, allLogins, users, features }: FreemanCounts): FreemanScore {
  const all = Math.max(allLogins, ownLogins);
  const parts = features.map((feature) => featureRisk(feature, ownLogins, all));
  const user = userRisk(ownLogins, all, users);
  return { logRisk: parts.reduce((sum, part) => sum + part, user), features: parts, user };
}

/** No score of these own counts is higher, whatever everybody did: p_G is at most 1. */
export function highestFreemanScore({ ownLogins, allLogins, users, features }: FreemanCounts): number {
  return features.reduce(
    (sum, feature) => {
      const own = ownProbability(feature, ownLogins);
      return sum + (own === 0 ? UNSEEN : -Math.log(own));
    },
    userRisk(ownLogins, Math.max(allLogins, ownLogins), users),
  );
}

function featureRisk(feature: FeatureCounts, ownLogins: number, allLogins: number): number {
  const own = ownProbability(feature, ownLogins);
  return own === 0 ? UNSEEN : Math.log(commonProbability(feature, allLogins)) - Math.log(own);
}

/** ln (1/U) / (n_u/N). */
function userRisk(ownLogins: number, allLogins: number, users: number): number {
  return Math.log(allLogins) - Math.log(Math.max(users, 1)) - Math.log(ownLogins);
}

/** p_u(x) = Σ_k w_k · c_u,k / n_u */
function ownProbability({ levels, weights }: FeatureCounts, ownLogins: number): number {
  return levels.reduce((sum, { own }, level) => sum + ((weights[level] ?? 0) * own) / ownLogins, 0);
}

/** p_G(x) = w_1 · s_1 · p(x_1) + Σ_{k≥2} w_k · c_k / N, with s_1 = 1 − M / (c_1 + M) and p(x_1) = max(c_1, 1) / (N + M) */
function commonProbability({ levels, weights, kinds }: FeatureCounts, allLogins: number): number {
  return levels.reduce((sum, { own, all }, level) => {
    const count = Math.max(own, all);
    const seen = 1 - kinds / (count + kinds);
    const share = level === 0 ? (seen * Math.max(count, 1)) / (allLogins + kinds) : count / allLogins;
    return sum + (weights[level] ?? 0) * share;
  }, 0);
}
