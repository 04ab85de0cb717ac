/** The most different users in any stretch of so many milliseconds. The list is in time order; O(n). */
export function mostUsersWithin(
  moments: readonly (readonly [atMs: number, user: number])[],
  withinMs: number,
): number {
  const present = new Map<number, number>();
  let [first, most] = [0, 0];
  for (const [atMs, user] of moments) {
    for (let old = moments[first]; old !== undefined && old[0] <= atMs - withinMs; old = moments[first]) {
      const left = (present.get(old[1]) ?? 0) - 1;
      if (left > 0) present.set(old[1], left);
      else present.delete(old[1]);
      first += 1;
    }
    present.set(user, (present.get(user) ?? 0) + 1);
    most = Math.max(most, present.size);
  }
  return most;
}
