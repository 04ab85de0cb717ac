import type { ByteRange } from './key-bytes.ts';

/** How the addresses of a family are written: parts of so many bytes to a base, without leading zeros. */
type Family = {
  readonly sortByte: number;
  readonly separator: string;
  readonly base: number;
  readonly parts: number;
  readonly partBytes: number;
  readonly isBeginning: RegExp;
};

const families: readonly Family[] = [
  {
    sortByte: 4,
    separator: '.',
    base: 10,
    parts: 4,
    partBytes: 1,
    isBeginning: /^(?:\d{1,3}\.){0,3}\d{0,3}$/,
  },
  {
    sortByte: 6,
    separator: ':',
    base: 16,
    parts: 8,
    partBytes: 2,
    isBeginning: /^(?:[\da-f]{1,4}:){0,7}[\da-f]{0,4}$/,
  },
];

/**
 * Sort keys of all addresses whose canonical text begins so (`192.0.2.`, `19`, `2001:db8:`), and perhaps of some more; null
 * when a beginning says nothing of them. Behind `::` nothing is known of the place of what follows.
 */
export function ipBeginning(beginning: string): readonly ByteRange[] | null {
  const [known = '', rest] = beginning.split('::');
  if (known === '' || known === ':') return null;
  const text = rest === undefined ? known : `${known}:`;
  return families
    .filter(({ isBeginning }) => isBeginning.test(text))
    .flatMap((family) => rangesIn(family, text));
}

function rangesIn(family: Family, text: string): readonly ByteRange[] {
  const parts = text.split(family.separator);
  const last = parts.pop() ?? '';
  const whole = parts.map((part) => Number.parseInt(part, family.base));
  if (last === '') return [rangeOf(family, whole, [])];
  return continuations(family, last).map(([low, high]) => rangeOf(family, whole, [low, high]));
}

/** The values that are written with these digits and perhaps more: 19 and 190 to 199. */
function continuations({ base, partBytes }: Family, digits: string): readonly (readonly [number, number])[] {
  const most = 256 ** partBytes - 1;
  const value = Number.parseInt(digits, base);
  const found: [number, number][] = [];
  for (let width = 1; value * width <= most; width *= base) {
    found.push([value * width, Math.min((value + 1) * width - 1, most)]);
    // Nothing is written with a zero in front.
    if (value === 0) break;
  }
  return found;
}

function rangeOf(
  { sortByte, parts, partBytes }: Family,
  whole: readonly number[],
  between: readonly number[],
): ByteRange {
  const most = 256 ** partBytes - 1;
  const [low = 0, high = most] = between;
  const end = (value: number, filler: number) => {
    const values = [...whole, value, ...Array<number>(parts).fill(filler)].slice(0, parts);
    return Buffer.from([
      sortByte,
      ...values.flatMap((each) => (partBytes === 1 ? [each] : [each >> 8, each & 0xff])),
    ]);
  };
  return { low: end(low, 0), high: end(high, most) };
}
