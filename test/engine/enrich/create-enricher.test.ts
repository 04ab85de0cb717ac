import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { gzipSync } from 'node:zlib';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { geoipStatus } from '../../../src/contract/geoip.ts';
import { createEnricher } from '../../../src/engine/enrich/create-enricher.ts';
import type { Enricher } from '../../../src/engine/enrich/enricher.ts';
import { EngineError } from '../../../src/engine/errors.ts';
import { testClock } from '../../support/clock.ts';
import { maxmindFile } from '../../support/maxmind-file.ts';
import { packedGeoip } from '../../support/packed-geoip.ts';

const scratch = mkdtempSync(join(tmpdir(), 'enricher-'));
afterAll(() => rmSync(scratch, { recursive: true }));
const freshFolder = () => mkdtempSync(join(scratch, 'data-'));

const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
const clock = testClock();
const geoipDir = packedGeoip();
const noDatabases = join(scratch, 'none');
const enricherIn = (dataDir: string, geoip = noDatabases) =>
  createEnricher({ geoipDir: geoip, dataDir, clock, logger });

describe('with the bundled databases', () => {
  let enricher: Enricher;
  beforeAll(async () => {
    enricher = enricherIn(freshFolder(), geoipDir);
    await enricher.ready();
  });
  afterAll(() => enricher.close());

  it('places an IPv4 address and names its network', () => {
    expect(enricher.ip('81.2.69.142')).toMatchObject({
      address: '81.2.69.142',
      class: 'public',
      place: { country: 'GB', city: 'London', accuracyKm: null },
      network: { asn: 20712, kinds: [] },
    });
  });

  it('asks the IPv6 database for IPv6, where the other would answer a wrong place', () => {
    expect(enricher.ip('2003:e5::1')?.place).toMatchObject({ country: 'DE', city: 'Trier' });
    expect(enricher.ip('2001:4860:4860::8888')?.network).toMatchObject({ asn: 15169 });
  });

  it('unwraps IPv4 in IPv6 before it looks', () => {
    expect(enricher.ip('::ffff:8.8.8.8')).toEqual(enricher.ip('8.8.8.8'));
    expect(enricher.ip('8.8.8.8')?.place?.country).toBe('US');
  });

  it('knows what kind of network a well-known one is', () => {
    expect(enricher.ip('88.198.1.1')?.network).toEqual({
      asn: 24940,
      org: 'Hetzner Online GmbH',
      kinds: ['hosting'],
    });
  });

  it.each([
    ['172.20.0.2', 'private'],
    ['203.0.113.5', 'documentation'],
    ['2001:0db8:0000:0000:0000:0000:0000:0000', 'documentation'],
    ['localhost', 'loopback'],
    ['fe80::1%eth0', 'link-local'],
    ['100.64.1.1', 'carrier-nat'],
  ])('has neither place nor network for %s', (text, ipClass) => {
    expect(enricher.ip(text)).toMatchObject({ class: ipClass, place: null, network: null });
  });

  it('has nothing at all for what is no address', () => {
    for (const text of ['', 'Unknown', 'nonsense']) expect(enricher.ip(text)).toBeNull();
  });

  it('answers the same object for the same address, however it is spelt', () => {
    expect(enricher.ip('[::ffff:8.8.4.4]:443')).toBe(enricher.ip('8.8.4.4'));
    expect(enricher.device('curl/8.5.0')).toBe(enricher.device('curl/8.5.0'));
  });

  it('states age, staleness and attribution of each database', async () => {
    const status = enricher.status();
    expect(geoipStatus.parse(status)).toEqual(status);
    expect(
      status.databases.map(({ role, origin, builtOn, ipVersions }) => [role, origin, builtOn, ipVersions]),
    ).toEqual([
      ['city', 'bundled', '2026-06-05', [4]],
      ['city', 'bundled', '2026-06-05', [6]],
      ['asn', 'bundled', '2026-06-17', [4, 6]],
      ['kinds', 'bundled', '2026-11-21', [4, 6]],
    ]);
    expect(status.databases.map(({ stale }) => stale)).toEqual([true, true, true, false]);
    expect(status.attributions).toHaveLength(2);
    expect(status.attributions.join(' ')).toContain('IP Geolocation by DB-IP (https://db-ip.com)');
    expect(status.attributions.join(' ')).toContain('RouteViews');
    expect(status.problems).toEqual([]);
  });
});

describe('staleness', () => {
  it('begins after 60 days', async () => {
    const dataDir = freshFolder();
    const builtAtMs = Date.parse('2026-06-17T00:00:00Z');
    const staleAfter = async (days: number) => {
      const then = { now: () => builtAtMs + days * 86_400_000 };
      const geoip = join(dataDir, `geoip-${days}`);
      mkdirSync(geoip);
      copyFileSync(join(geoipDir, 'asn.bin'), join(geoip, 'asn.bin'));
      const enricher = createEnricher({ geoipDir: geoip, dataDir, clock: then, logger });
      await enricher.ready();
      const { databases } = enricher.status();
      return databases.map(({ role, ageDays, stale }) => [role, ageDays, stale]);
    };
    // The kinds of networks were reviewed 157 days later, and are good for a year.
    expect(await staleAfter(60)).toEqual([
      ['asn', 60, false],
      ['kinds', 0, false],
    ]);
    expect(await staleAfter(61)).toEqual([
      ['asn', 61, true],
      ['kinds', 0, false],
    ]);
    expect(await staleAfter(157 + 366)).toEqual([
      ['asn', 523, true],
      ['kinds', 366, true],
    ]);
  });
});

describe('without databases', () => {
  it('classifies addresses, and says in a sentence what is missing', async () => {
    const enricher = enricherIn(freshFolder());
    await enricher.ready();
    expect(enricher.ip('8.8.8.8')).toEqual({
      address: '8.8.8.8',
      class: 'public',
      place: null,
      network: null,
    });
    expect(enricher.status().problems).toHaveLength(3);
    expect(enricher.status().problems[0]).toMatch(/missing or damaged\. Build or install/);
  });

  it('does not remember what it did not know before it was ready', async () => {
    const enricher = enricherIn(freshFolder(), geoipDir);
    expect(enricher.ip('8.8.8.8')?.place).toBeNull();
    await Promise.all([enricher.ready(), enricher.ready()]);
    expect(enricher.ip('8.8.8.8')?.place?.country).toBe('US');
    enricher.close();
    expect(enricher.ip('8.8.8.8')?.place).toBeNull();
  });
});

describe('importing a database', () => {
  let dataDir: string;
  let enricher: Enricher;
  beforeEach(async () => {
    dataDir = freshFolder();
    enricher = enricherIn(dataDir);
    await enricher.ready();
  });

  it('puts it to use at once and keeps it for the next start', async () => {
    expect(enricher.ip('89.160.20.112')?.place).toBeNull();
    const status = await enricher.importDatabase(maxmindFile('GeoLite2-City-Test'));
    expect(status.databases).toMatchObject([
      { name: 'GeoLite2-City', role: 'city', origin: 'imported', ipVersions: [4, 6] },
      { role: 'kinds', origin: 'bundled' },
    ]);
    expect(status.attributions[0]).toContain('GeoLite2 data created by MaxMind');
    expect(enricher.ip('89.160.20.112')?.place).toMatchObject({ city: 'Linköping', accuracyKm: 76 });

    const later = enricherIn(dataDir);
    await later.ready();
    expect(later.ip('89.160.20.112')?.place).toMatchObject({ city: 'Linköping' });
  });

  it('lets several kinds describe one address', async () => {
    for (const name of [
      'GeoIP2-City-Test',
      'GeoIP2-ISP-Test',
      'GeoIP2-Anonymous-IP-Test',
      'GeoIP2-Connection-Type-Test',
    ]) {
      await enricher.importDatabase(maxmindFile(name));
    }
    expect(enricher.ip('214.78.120.1')).toMatchObject({
      place: { city: 'San Diego' },
      network: { kinds: ['satellite'] },
    });
    expect(enricher.ip('149.101.100.0')?.network).toMatchObject({ asn: 6167, kinds: ['cellular'] });
    expect(enricher.ip('81.2.69.160')?.network?.kinds).toContain('tor');
    expect(
      enricher
        .status()
        .databases.map(({ role }) => role)
        .sort(),
    ).toEqual(['anonymous', 'city', 'connection-type', 'isp', 'kinds']);
  });

  it('replaces an older database of the same role', async () => {
    await enricher.importDatabase(maxmindFile('GeoLite2-City-Test'));
    const status = await enricher.importDatabase(maxmindFile('GeoIP2-City-Test'));
    expect(status.databases.map(({ name }) => name)).toEqual(['GeoIP2-City', 'Kinds of well-known networks']);
    expect(readdirSync(join(dataDir, 'geoip'))).toEqual(['city-ipv4-ipv6.mmdb']);
  });

  it.runIf(process.platform === 'linux')(
    'lets go of files that it has replaced, and of all at the end',
    async () => {
      const openFiles = () =>
        readdirSync('/proc/self/fd').flatMap((fd) => {
          const open = join('/proc/self/fd', fd);
          // The folder just read is in its own list.
          const file = existsSync(open) ? readlinkSync(open) : '';
          return file.startsWith(dataDir) ? [file.slice(dataDir.length)] : [];
        });
      for (const name of ['GeoLite2-City-Test', 'GeoIP2-City-Test', 'GeoLite2-City-Test'])
        await enricher.importDatabase(maxmindFile(name));
      await expectRefused(
        enricher.importDatabase(maxmindFile('GeoIP2-City-Test-Invalid-Node-Count')),
        /is damaged/,
      );
      expect(openFiles()).toEqual(['/geoip/city-ipv4-ipv6.mmdb']);
      enricher.close();
      expect(openFiles()).toEqual([]);
    },
  );

  it('keeps the copy for the owner only and leaves nothing half written', async () => {
    await Promise.all([
      enricher.importDatabase(maxmindFile('GeoLite2-City-Test')),
      enricher.importDatabase(maxmindFile('GeoIP2-ISP-Test')),
    ]);
    const folder = join(dataDir, 'geoip');
    expect(readdirSync(folder).sort()).toEqual(['city-ipv4-ipv6.mmdb', 'isp-ipv4-ipv6.mmdb']);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'isp-ipv4-ipv6.mmdb')).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['GeoIP2-City-Test-Invalid-Node-Count', /is damaged: .* Download it again/],
    ['GeoIP2-City-Test-Broken-Double-Format', /is damaged: .* Download it again/],
    ['MaxMind-DB-test-broken-pointers-24', /type "Test", which Sessionscope has no use for/],
    ['MaxMind-DB-test-broken-search-tree-24', /type "Test", which Sessionscope has no use for/],
    ['MaxMind-DB-no-ipv4-search-tree', /has no use for\. Import a city/],
  ])('refuses %s in a sentence and changes nothing', async (name, sentence) => {
    await enricher.importDatabase(maxmindFile('GeoLite2-City-Test'));
    const before = enricher.status();
    await expectRefused(enricher.importDatabase(maxmindFile(name)), sentence);
    expect(enricher.status()).toEqual(before);
    expect(readdirSync(join(dataDir, 'geoip'))).toEqual(['city-ipv4-ipv6.mmdb']);
  });

  it('refuses what is no database', async () => {
    const file = (name: string, content: string | Buffer) => {
      writeFileSync(join(dataDir, name), content);
      return join(dataDir, name);
    };
    await expectRefused(
      enricher.importDatabase(join(dataDir, 'absent.mmdb')),
      /"absent.mmdb" does not exist/,
    );
    await expectRefused(enricher.importDatabase(dataDir), /is not a file/);
    await expectRefused(enricher.importDatabase(file('empty.mmdb', '')), /is not a MaxMind database/);
    await expectRefused(
      enricher.importDatabase(file('text.mmdb', 'x'.repeat(5000))),
      /is not a MaxMind database/,
    );
    await expectRefused(
      enricher.importDatabase(file('packed.mmdb', gzipSync('x'))),
      /is compressed\. Unpack it/,
    );
  });

  it('never shows where on the disk the file was', async () => {
    const error = await enricher.importDatabase('/home/ann/secret-case/absent.mmdb').catch((e: unknown) => e);
    expect(String(error)).not.toContain('secret-case');
  });

  it('goes on without a copy that was damaged since, and says so', async () => {
    await enricher.importDatabase(maxmindFile('GeoLite2-City-Test'));
    writeFileSync(join(dataDir, 'geoip', 'city-ipv4-ipv6.mmdb'), 'gone');
    const later = enricherIn(dataDir);
    await later.ready();
    expect(later.status().databases).toEqual([]);
    expect(later.status().problems.at(-1)).toMatch(
      /left out\. "city-ipv4-ipv6.mmdb" is not a MaxMind database/,
    );
  });
});

describe("the analyst's database beside the bundled ones", () => {
  let enricher: Enricher;
  let dataDir: string;
  beforeAll(async () => {
    dataDir = freshFolder();
    enricher = enricherIn(dataDir, geoipDir);
    await enricher.ready();
  });
  afterAll(() => enricher.close());

  it('wins where it contradicts or knows, and leaves the rest to them', async () => {
    const before = enricher.ip('81.2.69.142')?.place;
    expect(before).toMatchObject({ city: 'London', accuracyKm: null });
    await enricher.importDatabase(maxmindFile('GeoIP2-Country-Test'));
    // Same country: the city database says it more exactly.
    expect(enricher.ip('81.2.69.142')?.place).toEqual(before);
    // 2a02:cf40:: is Norwegian in the analyst's database and Danish in the bundled one.
    expect(enricher.ip('2a02:cf40::1')?.place).toMatchObject({ country: 'NO', city: null, lat: null });

    await enricher.importDatabase(maxmindFile('GeoIP2-City-Test'));
    expect(enricher.ip('81.2.69.142')?.place).toMatchObject({ city: 'London', accuracyKm: 10 });
    expect(enricher.ip('8.8.8.8')?.place?.city).toBe('Mountain View');
  });
});

async function expectRefused(importing: Promise<unknown>, sentence: RegExp): Promise<void> {
  const error = await importing.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(EngineError);
  expect(error).toMatchObject({
    code: 'invalid-input',
    field: 'file',
    message: expect.stringMatching(sentence) as string,
  });
}
