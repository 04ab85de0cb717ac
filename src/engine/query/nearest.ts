/** The candidates most like a mistyped word: at most three, equally close, and none when nothing is. */
export function nearest(word: string, candidates: readonly string[]): readonly string[] {
  const wanted = word.toLowerCase();
  const furthest = Math.max(1, Math.floor(wanted.length / 3));
  const measured = candidates.map((candidate) => ({
    candidate,
    distance: distanceOf(wanted, candidate.toLowerCase()),
  }));
  const closest = Math.min(furthest, ...measured.map(({ distance }) => distance));
  return measured
    .filter(({ distance }) => distance === closest)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** Edit distance (Levenshtein); a word that merely is not finished counts as close. */
function distanceOf(typed: string, candidate: string): number {
  if (typed.length >= 2 && candidate.startsWith(typed)) return 0;
  let row = Array.from({ length: candidate.length + 1 }, (_, index) => index);
  for (const [i, letter] of typed.split('').entries()) {
    const next = [i + 1];
    for (const [j, other] of candidate.split('').entries()) {
      const replaced = (row[j] ?? 0) + Number(letter !== other);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
