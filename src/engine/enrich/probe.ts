import type { GeoipDatabase } from '../../contract/geoip.ts';
import type { Mmdb, MmdbRecord, Reading } from './mmdb/mmdb.ts';

export type Probe = {
  /** Families for which at least one address answered. */
  readonly ipVersions: (4 | 6)[];
  /** Records that gave a value, and records that threw, were no objects or could not be true. */
  readonly readable: number;
  readonly broken: number;
};

/** Networks looked at from each starting point: a test database whole, a real one at ten places. */
const STEPS = 400;
/** Spread over what is assigned to the registries. */
const STARTS_4 = [
  0x01000000, 0x18000000, 0x40000000, 0x51000000, 0x80000000, 0xb0000000, 0xc0000000, 0xd8000000,
];
const STARTS_6 = [0x2001, 0x2400, 0x2600, 0x2800, 0x2a00, 0x2c00];

/** Asks a database for a few thousand neighbouring networks, as an import must before it is trusted. */
export function probe(mmdb: Mmdb, read: (record: MmdbRecord) => Reading<unknown>): Probe {
  let readable = 0;
  let broken = 0;
  const ipVersions: GeoipDatabase['ipVersions'] = [];
  for (const [version, bits, starts] of families(mmdb.ipVersion)) {
    const before = readable;
    for (const start of starts) {
      let address = start;
      for (let step = 0; step < STEPS && address < 1n << bits; step += 1) {
        const { record, prefixLength } = mmdb.networkAt(textOf(address, version));
        if (record === 'broken') broken += 1;
        else if (record !== null) {
          const { kind } = read(record);
          if (kind === 'broken') broken += 1;
          else if (kind === 'value') readable += 1;
        }
        const hostBits = bits - BigInt(Math.max(1, prefixLength));
        address = ((address >> hostBits) + 1n) << hostBits;
      }
    }
    if (readable > before) ipVersions.push(version);
  }
  return { ipVersions, readable, broken };
}

function families(ipVersion: 4 | 6): (readonly [4 | 6, bigint, readonly bigint[]])[] {
  const v4 = [4, 32n, STARTS_4.map(BigInt)] as const;
  const v6 = [6, 128n, STARTS_6.map((group) => BigInt(group) << 112n)] as const;
  return ipVersion === 4 ? [v4] : [v4, v6];
}

function textOf(address: bigint, version: 4 | 6): string {
  const [parts, bits, radix, separator] = version === 4 ? [4, 8n, 10, '.'] : [8, 16n, 16, ':'];
  return Array.from({ length: parts }, (_, index) => {
    const shift = BigInt(parts - 1 - index) * bits;
    return ((address >> shift) & ((1n << bits) - 1n)).toString(radix);
  }).join(separator);
}
