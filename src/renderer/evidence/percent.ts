/** A share of 0 to 1 in percent, cut off rather than rounded: nothing is ever rounded up to certainty. */
export function percent(share: number): string {
  return `${(Math.floor(share * 1000) / 10).toFixed(1)} %`;
}
