/**
 * Probability that a Poisson variable of this mean is at least `count`, for counts above the mean, where it is summed from the
 * first term on so that small ones keep their digits: P(X ≥ k) = Σ_{i≥k} e^(−λ) λ^i / i!. Else 1, which nobody asks the digits of.
 */
export function poissonTail(count: number, mean: number): number {
  if (count <= mean) return 1;
  if (mean <= 0) return 0;
  let term = Math.exp(count * Math.log(mean) - mean - logFactorial(count));
  let sum = 0;
  for (let k = count; term > sum * Number.EPSILON; k += 1) {
    sum += term;
    term *= mean / (k + 1);
  }
  return Math.min(1, sum);
}

/** ln n!, by Stirling's series from 20 on, where it is right to ten digits. */
function logFactorial(n: number): number {
  if (n >= 20) return n * Math.log(n) - n + Math.log(2 * Math.PI * n) / 2 + 1 / (12 * n) - 1 / (360 * n ** 3);
  let log = 0;
  for (let factor = 2; factor <= n; factor += 1) log += Math.log(factor);
  return log;
}
