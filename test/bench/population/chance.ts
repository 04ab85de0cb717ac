/** A number in [0, 1) that follows from a few whole numbers alone: any row can be computed without those before it. */
export function chance(...parts: readonly number[]): number {
  return word(...parts) / 2 ** 32;
}

/** A whole number from 0 up to `count`, `count` itself left out. */
export function below(count: number, ...parts: readonly number[]): number {
  return Math.floor(chance(...parts) * count);
}

/** Takes an entry of a list by chance. */
export function pick<T>(items: readonly T[], ...parts: readonly number[]): T {
  const item = items[below(items.length, ...parts)];
  if (item === undefined) throw new Error('There is nothing to pick from.');
  return item;
}

/** 8 hexadecimal digits for each word asked for. */
export function hex(words: number, ...parts: readonly number[]): string {
  let text = '';
  for (let at = 0; at < words; at += 1) {
    text += word(...parts, at)
      .toString(16)
      .padStart(8, '0');
  }
  return text;
}

/** MurmurHash3's mixing step over each part: 32 evenly spread bits. */
function word(...parts: readonly number[]): number {
  let hash = 0x9747b28c;
  for (const part of parts) {
    let block = Math.imul(part | 0, 0xcc9e2d51);
    block = Math.imul((block << 15) | (block >>> 17), 0x1b873593);
    hash ^= block;
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
