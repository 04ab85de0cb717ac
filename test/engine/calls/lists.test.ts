import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { testClock } from '../../support/clock.ts';
import { temporaryDir } from '../../support/data-dir.ts';
import { startEngine } from '../../support/engine.ts';
import { NOON_MS } from '../../support/records.ts';

const DAY_MS = 86_400_000;
const text = (...lines: string[]) => ({ text: lines.join('\n') });

async function started() {
  const clock = testClock();
  const engine = await startEngine({ clock });
  onTestFinished(() => engine.close());
  return { ...engine, clock };
}

describe('the lists of an engine', () => {
  it('are imported from a file or as text, bad lines named, and told of in the audit', async () => {
    const { call } = await started();
    const file = join(temporaryDir(), 'exits.txt');
    writeFileSync(file, '# exits\n192.0.2.1\nnonsense\n2001:db8::/32\n');
    const imported = await call.lists.import({ name: ' Tor exits ', tag: 'tor', from: { file } });
    expect(imported).toMatchObject({
      list: { name: 'Tor exits', tag: 'tor', entries: 2, expiresAt: null },
      ...{ added: 2, kept: 0, ended: 0, rejected: 1 },
      rejectedLines: [{ line: 3 }],
    });
    const again = await call.lists.import({ name: 'Tor exits', tag: 'tor', from: text('192.0.2.1') });
    expect(again).toMatchObject({ added: 0, kept: 1, ended: 1, rejected: 0 });
    await call.lists.remove({ name: 'Tor exits' });
    expect(await call.lists.list()).toEqual([]);

    const entries = await call.audit.list({});
    expect(entries.map(({ action, detail }) => [action, detail])).toEqual([
      ['list.removed', { list: 'Tor exits' }],
      [
        'list.imported',
        { ...{ list: 'Tor exits', tag: 'tor', expiresAt: null, rejected: 0 }, added: 0, kept: 1, ended: 1 },
      ],
      [
        'list.imported',
        { ...{ list: 'Tor exits', tag: 'tor', expiresAt: null, rejected: 1 }, added: 2, kept: 0, ended: 0 },
      ],
    ]);
  });

  it('expire 30 days after they were added where addresses are to be told of, else only when somebody says so', async () => {
    const { call } = await started();
    const expiry = async (name: string, tag: 'listed' | 'vpn', expires?: string) => {
      const given = expires === undefined ? {} : { expires };
      const { list } = await call.lists.import({ name, tag, ...given, from: text('192.0.2.1') });
      return list.expiresAt;
    };
    expect(await expiry('a', 'listed')).toBe(new Date(NOON_MS + 30 * DAY_MS).toISOString());
    expect(await expiry('b', 'listed', 'never')).toBeNull();
    expect(await expiry('c', 'vpn')).toBeNull();
    expect(await expiry('d', 'vpn', '2027-01-01T00:00:00.000Z')).toBe('2027-01-01T00:00:00.000Z');
    await expect(expiry('e', 'vpn', '2020-01-01T00:00:00.000Z')).rejects.toThrow(/has passed/);
  });

  it('say of an address what they say at a moment', async () => {
    const { call, clock } = await started();
    await call.lists.import({ name: 'case 42', tag: 'listed', from: text('192.0.2.0/24', 'AS64500') });
    const { address, matches } = await call.lists.check({ address: '::ffff:192.0.2.7' });
    expect({ address, matches }).toEqual({
      address: '192.0.2.7',
      matches: [
        {
          ...{ list: 'case 42', tag: 'listed', entry: '192.0.2.0/24', inForce: true, from: null },
          until: new Date(NOON_MS + 30 * DAY_MS).toISOString(),
        },
      ],
    });
    expect((await call.lists.check({ address: '2001:db8::1', asn: 64_500 })).matches).toMatchObject([
      { entry: 'AS64500' },
    ]);
    await clock.advance(31 * DAY_MS);
    expect((await call.lists.check({ address: '192.0.2.7' })).matches).toMatchObject([{ inForce: false }]);
    const then = new Date(NOON_MS).toISOString();
    expect((await call.lists.check({ address: '192.0.2.7', at: then })).matches).toMatchObject([
      { inForce: true },
    ]);
    await expect(call.lists.check({ address: 'nonsense' })).rejects.toThrow(/is no IP address/);
  });

  it.each([
    [{ name: '', tag: 'tor', from: { text: '192.0.2.1' } }],
    [{ name: 'a\u202eb', tag: 'tor', from: { text: '192.0.2.1' } }],
    [{ name: 'a', tag: 'evil', from: { text: '192.0.2.1' } }],
    [{ name: 'a', tag: 'tor', from: { text: '192.0.2.1', file: '/etc/passwd' } }],
    [{ name: 'a', tag: 'tor', from: { text: 'nothing' } }],
    [{ name: 'a', tag: 'tor', expires: 'tomorrow', from: { text: '192.0.2.1' } }],
  ])('are not made of %j', async (request) => {
    const { call } = await started();
    await expect(call.lists.import(request as never)).rejects.toThrow();
    expect(await call.lists.list()).toEqual([]);
  });
});
