import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CidrIndexBuilder } from '../../../src/engine/enrich/cidr-index.ts';
import { addressWords } from '../../../src/engine/enrich/ip.ts';
import { highOf, listEntryOf, listEntryText, networksAround } from '../../../src/engine/enrich/list-entry.ts';
import {
  compareEntries,
  countEntries,
  EntryPacker,
  unpackEntries,
  type PackedEntries,
} from '../../../src/engine/enrich/packed-entries.ts';
import { readListFile, readListText } from '../../../src/engine/enrich/read-list-file.ts';
import type { ListFile } from '../../../src/engine/enrich/list-file.ts';
import { temporaryDir } from '../../support/data-dir.ts';
import {
  addressText,
  anAddress,
  aNetwork,
  holds,
  networkText,
  type PlainNetwork,
} from '../../support/networks.ts';

const textsOf = ({ entries }: ListFile) => [...unpackEntries(entries)].map(listEntryText);

describe('an entry of a list', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['192.0.2.7/32', '192.0.2.7'],
    ['192.0.2.7/24', '192.0.2.0/24'],
    ['128.0.0.0/1', '128.0.0.0/1'],
    ['2001:DB8:0:0::1', '2001:db8::1'],
    ['2001:db8:ffff::/33', '2001:db8:8000::/33'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.0/120', '192.0.2.0/24'],
    ['::ffff:0.0.0.0/90', '::ffc0:0:0/90'],
    ['::1.2.3.4/128', '::102:304'],
    ['as64500', 'AS64500'],
    ['AS4294967295', 'AS4294967295'],
  ])('%s is %s', (text, meaning) => {
    const entry = listEntryOf(text);
    expect(entry === null ? null : listEntryText(entry)).toBe(meaning);
  });

  it.each(['', 'x', '64500', 'AS0', 'AS4294967296', '0.0.0.0/0', '::/0', '::ffff:0:0/96', '10.0.0.0/33'])(
    'is not %j',
    (text) => expect(listEntryOf(text)).toBeNull(),
  );

  it.each([
    '::/129',
    '010.0.0.1',
    '10.0.0',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '10.0.0.0/-1',
    'fe80::1%eth0',
    'AS1/8',
  ])('is not %j either', (text) => expect(listEntryOf(text)).toBeNull());
});

describe('looking an address up among networks', () => {
  it('finds those that hold it, as trying each one does', () => {
    fc.assert(
      fc.property(fc.array(aNetwork, { maxLength: 60 }), fc.array(anAddress), (networks, addresses) => {
        const entries = networks.flatMap((network) => listEntryOf(networkText(network)) ?? []);
        expect(entries).toHaveLength(networks.length);
        const order = entries
          .map((entry, index) => ({ entry, index }))
          .sort((a, b) => Buffer.compare(a.entry.low, b.entry.low) || a.entry.bits - b.entry.bits);
        const builder = new CidrIndexBuilder();
        for (const { entry, index } of order) builder.add(entry, index);
        const built = builder.build();

        const asked = [...addresses, ...networks.map(({ version, base }) => ({ version, address: base }))];
        for (const { version, address } of asked) {
          const text = addressText(version, address);
          const found: number[] = [];
          built.around(addressWords(text) ?? [], (value) => found.push(value));
          const naive = networks.flatMap((network, index) =>
            holds(network, version, address) ? [index] : [],
          );
          expect(found.sort((a, b) => a - b)).toEqual(naive);
        }
      }),
    );
  });

  it('has all networks around an address, and the last address of each', () => {
    fc.assert(
      fc.property(anAddress, ({ version, address }) => {
        const around = networksAround(addressText(version, address));
        expect(around).toHaveLength(version === 4 ? 32 : 128);
        for (const { low, bits } of around) {
          const width = version === 4 ? 32n : 128n;
          const numberOf = (key: Uint8Array) => BigInt(`0x${Buffer.from(key.subarray(1)).toString('hex')}`);
          const free = width - BigInt(bits);
          expect([numberOf(low), numberOf(highOf({ low, bits }))]).toEqual([
            (address >> free) << free,
            ((address >> free) << free) + (1n << free) - 1n,
          ]);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('packed entries', () => {
  const packedOf = (networks: readonly PlainNetwork[]) => {
    const packer = new EntryPacker();
    for (const network of networks) packer.add(listEntryOf(networkText(network)) ?? expect.fail());
    return packer.packed();
  };
  const texts = (packed: PackedEntries) => [...unpackEntries(packed)].map(listEntryText);

  it('are sorted and each once, and compare as sets do', () => {
    const some = fc.array(aNetwork, { maxLength: 40 });
    fc.assert(
      fc.property(some, some, (one, other) => {
        const [a, b] = [packedOf(one), packedOf([...other, ...one.slice(0, 5)])];
        const [inA, inB] = [new Set(texts(a)), new Set(texts(b))];
        expect(texts(packedOf([...one].reverse()))).toEqual(texts(a));
        expect([countEntries(a), countEntries(b)]).toEqual([inA.size, inB.size]);
        const { both, onlyA, onlyB } = compareEntries(a, b);
        expect(texts(both)).toEqual([...inA].filter((text) => inB.has(text)));
        expect(texts(onlyA)).toEqual([...inA].filter((text) => !inB.has(text)));
        expect(texts(onlyB)).toEqual([...inB].filter((text) => !inA.has(text)));
      }),
    );
  });
});

describe('reading a list', () => {
  it('takes one entry a line, as Tor, FireHOL, X4BNet and Spamhaus write them', () => {
    const list = readListText(
      [
        '\uFEFF# FireHOL: example.netset',
        '#',
        '192.0.2.1',
        '198.51.100.0/24\r',
        '  2001:db8::/32   ',
        '; Spamhaus',
        '203.0.113.0/24 ; SBL1',
        'AS64500 # somebody',
        '',
      ].join('\n'),
    );
    expect(textsOf(list)).toEqual([
      'AS64500',
      '192.0.2.1',
      '198.51.100.0/24',
      '203.0.113.0/24',
      '2001:db8::/32',
    ]);
    expect(list).toMatchObject({ accepted: 5, rejected: 0, rejectedLines: [] });
  });

  it.each([
    [
      'first_seen,ip,note\n2026-11-01,192.0.2.1,x\n"2026","198.51.100.2","a ""quoted"", note"',
      ['192.0.2.1', '198.51.100.2'],
    ],
    ['# made today\nnetwork;country\n192.0.2.0/24;DE', ['192.0.2.0/24']],
    ['name\tASN\nExample\t64500\nOther\tAS64501', ['AS64500', 'AS64501']],
    ['ip\n192.0.2.1', ['192.0.2.1']],
    ['asn,cidr\n64500,192.0.2.0/24', ['192.0.2.0/24']],
  ])('takes the column that a CSV header names: %j', (text, entries) => {
    const list = readListText(text);
    expect(textsOf(list)).toEqual(entries);
    expect(list.rejected).toBe(0);
  });

  it('names lines that hold no entry by number, never by what they say, and takes the rest', () => {
    const lines = ['192.0.2.1', 'root:x:0:0', ...Array.from({ length: 30 }, () => '0.0.0.0/0'), '192.0.2.2'];
    const list = readListText(lines.join('\n'));
    expect(textsOf(list)).toEqual(['192.0.2.1', '192.0.2.2']);
    expect(list).toMatchObject({ accepted: 2, rejected: 31 });
    expect(list.rejectedLines).toHaveLength(20);
    expect(list.rejectedLines[0]).toEqual({ line: 2, why: expect.stringContaining('No address') as string });
    expect(JSON.stringify(list.rejectedLines)).not.toContain('root');
  });

  it('reads a file whose lines are cut anywhere', async () => {
    const file = join(temporaryDir(), 'list.txt');
    const networks = Array.from({ length: 30_000 }, (_, index) => `10.${index >> 8}.${index & 255}.0/24`);
    writeFileSync(file, networks.join('\r\n'));
    expect(textsOf(await readListFile(file))).toEqual(networks);
  });

  it.each([
    ['nothing in it', '# no exits today\n'],
    ['lines that are no entries', 'a\nb\n'],
    ['zeros in it', '192.0.2.1\n\0\n'],
    ['no lines', 'x'.repeat(200_000)],
  ])('refuses a file with %s in a sentence', async (_what, content) => {
    const file = join(temporaryDir(), 'list.txt');
    writeFileSync(file, content);
    await expect(readListFile(file)).rejects.toMatchObject({ code: 'invalid-input', field: 'from' });
  });

  it('refuses a folder, and what is not there, without telling where it looked', async () => {
    const dir = temporaryDir();
    await expect(readListFile(dir)).rejects.toMatchObject({ code: 'invalid-input' });
    const error: unknown = await readListFile(join(dir, 'absent.txt')).catch((thrown: unknown) => thrown);
    expect(String(error)).toContain('"absent.txt" does not exist');
    expect(String(error)).not.toContain(dir);
  });
});
