/** Above this the distribution is so close to a normal one that the difference (below 1e-5) is of no consequence. */
const SERIES_LIMIT = 100;
/** Q1 is within e^(−(b−a)²/2) of 0 or 1; beyond this many deviations that is below the last bit of a double. */
const CERTAIN_DEVIATIONS = 8.6;

/**
 * Marcum's Q of order 1: the probability that a point drawn from a round normal distribution (deviation 1) with its centre
 * `a` from the origin lies farther than `b` from the origin. `1 − Q1(a, b)` is the noncentral χ² distribution function
 * with 2 degrees of freedom and noncentrality a², at b². Both arguments are ≥ 0; infinity is allowed for one of them.
 *
 * Q1(a, b) = P(X ≤ Y) for independent Poisson X with mean b²/2 and Y with mean a²/2: a sum of positive terms, so that
 * nothing cancels. Absolute error below 1e-12, and below 1e-5 where a > 100.
 */
export function marcumQ1(a: number, b: number): number {
  if (b - a > CERTAIN_DEVIATIONS) return 0;
  if (a - b > CERTAIN_DEVIATIONS) return 1;
  if (a > SERIES_LIMIT) return 1 - normalCdf(b - Math.sqrt(a * a + 1));
  return probabilityNotAbove(poisson((b * b) / 2), poisson((a * a) / 2));
}

/** Probabilities of the counts `first`, `first + 1`, …; what is left out is below the last bit. */
type Counts = { readonly first: number; readonly probabilities: readonly number[] };

/** Starts at the mode and works outwards, because e^(−mean) underflows for large means. */
function poisson(mean: number): Counts {
  const mode = Math.floor(mean);
  const below: number[] = [];
  const above: number[] = [];
  for (let count = mode, weight = 1; count > 0 && weight > 1e-18; count -= 1) {
    weight *= count / mean;
    below.push(weight);
  }
  for (let count = mode + 1, weight = mean / count; weight > 1e-18; count += 1, weight *= mean / count) {
    above.push(weight);
  }
  const weights = [...below.reverse(), 1, ...above];
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return { first: mode - below.length, probabilities: weights.map((weight) => weight / sum) };
}

function probabilityNotAbove(x: Counts, y: Counts): number {
  let result = 0;
  let xAtMost = 0;
  let next = 0;
  y.probabilities.forEach((probability, index) => {
    for (; x.first + next <= y.first + index; next += 1) xAtMost += x.probabilities[next] ?? 0;
    result += probability * Math.min(1, xAtMost);
  });
  return Math.min(1, result);
}

/** Standard normal distribution function; Abramowitz and Stegun 26.2.17, absolute error below 7.5e-8. */
function normalCdf(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const poly =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * poly;
  return z >= 0 ? 1 - tail : tail;
}
