import fc from 'fast-check';

/** A network in numbers: the naive way to say which addresses it holds. */
export type PlainNetwork = { readonly version: 4 | 6; readonly base: bigint; readonly bits: number };

const widthOf = (version: 4 | 6) => (version === 4 ? 32 : 128);

export function holds({ version, base, bits }: PlainNetwork, of: 4 | 6, address: bigint): boolean {
  const free = BigInt(widthOf(version) - bits);
  return version === of && base >> free === address >> free;
}

/** As a list may write it, with the bits beyond the prefix left as they are. */
export function networkText({ version, base, bits }: PlainNetwork): string {
  return `${addressText(version, base)}/${bits}`;
}

export function addressText(version: 4 | 6, address: bigint): string {
  const [parts, size, radix, separator] = version === 4 ? [4, 8, 10, '.'] : [8, 16, 16, ':'];
  return Array.from({ length: parts }, (_, index) =>
    ((address >> BigInt((parts - 1 - index) * size)) & ((1n << BigInt(size)) - 1n)).toString(radix),
  ).join(separator);
}

/** Addresses that are close to each other, so that networks of them nest and repeat; of IPv6 outside the mapped block. */
export const anAddress = fc.oneof(
  fc.record({ version: fc.constant(4 as const), address: near(0xc0000200n, 9n, 32) }),
  fc.record({
    version: fc.constant(6 as const),
    address: near(0x20010db8_00000000_00000000_00000000n, 100n, 128),
  }),
);

function near(start: bigint, spread: bigint, width: number): fc.Arbitrary<bigint> {
  const far = fc.bigInt({ min: 1n << BigInt(width - 3), max: (1n << BigInt(width)) - 1n });
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc.bigInt({ min: 0n, max: (1n << spread) - 1n }).map((offset) => start + offset),
    },
    { weight: 1, arbitrary: far },
  );
}

export const aNetwork: fc.Arbitrary<PlainNetwork> = anAddress.chain(({ version, address }) =>
  fc
    .oneof(
      { weight: 3, arbitrary: fc.integer({ min: version === 4 ? 20 : 40, max: widthOf(version) }) },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: widthOf(version) }) },
    )
    .map((bits) => ({ version, base: address, bits })),
);
