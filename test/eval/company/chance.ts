/** A stream of chance: the same seed gives the same numbers on every machine. */
export type Chance = {
  /** In [0, 1). */
  next(): number;
  /** Whole, from 0 up to `count`, `count` itself left out. */
  below(count: number): number;
  between(from: number, to: number): number;
  happens(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** By weight; weights need no sum. */
  weighted<T>(items: readonly (readonly [item: T, weight: number])[]): T;
  /** Standard normal (Box and Muller 1958). */
  normal(): number;
  exponential(mean: number): number;
  /** A count of rare things (Knuth); for means up to some dozens. */
  poisson(mean: number): number;
  /** A stream of its own that follows from this one's seed and the name, and not from what was drawn before. */
  fork(...name: readonly (string | number)[]): Chance;
};

/** sfc32 (C. Doty-Humphrey, PractRand) seeded by the hash of a text. */
export function chanceOf(seed: string): Chance {
  const next = sfc32(seed);
  const below = (count: number) => Math.floor(next() * count);
  const self: Chance = {
    next,
    below,
    between: (from, to) => from + next() * (to - from),
    happens: (probability) => next() < probability,
    pick: (items) => itemAt(items, below(items.length)),
    weighted(items) {
      let left = next() * items.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [item, weight] of items) {
        left -= weight;
        if (left < 0) return item;
      }
      return itemAt(items, items.length - 1)[0];
    },
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    exponential: (mean) => -mean * Math.log(1 - next()),
    poisson(mean) {
      const limit = Math.exp(-mean);
      let count = 0;
      for (let product = next(); product > limit; product *= next()) count += 1;
      return count;
    },
    fork: (...name) => chanceOf(`${seed}/${name.join('/')}`),
  };
  return self;
}

function itemAt<T>(items: readonly T[], at: number): T {
  const item = items[at];
  if (item === undefined) throw new Error('There is nothing to pick from.');
  return item;
}

function sfc32(seed: string): () => number {
  const word = hashWords(seed);
  let [a, b, c, counter] = [word(), word(), word(), 1];
  const step = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let warmUp = 0; warmUp < 12; warmUp += 1) step();
  return step;
}

/** xmur3: MurmurHash3's mixing over the characters, and a new word each time it is asked. */
function hashWords(text: string): () => number {
  let hash = 1779033703 ^ text.length;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 3432918353);
    hash = (hash << 13) | (hash >>> 19);
  }
  return () => {
    hash = Math.imul(hash ^ (hash >>> 16), 2246822507);
    hash = Math.imul(hash ^ (hash >>> 13), 3266489909);
    return (hash ^= hash >>> 16) | 0;
  };
}
