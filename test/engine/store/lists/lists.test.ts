import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openReader } from '../../../../src/engine/store/database.ts';
import { StoredLists } from '../../../../src/engine/store/lists/stored-lists.ts';
import { sweep, testStore, type TestStore } from '../../../support/data-dir.ts';
import { auditDraft, importEntries } from '../../../support/list-version.ts';
import { addressText, anAddress, aNetwork, holds, networkText } from '../../../support/networks.ts';
import { eventRecord, ipFacts, NOON_MS, sessionRecord } from '../../../support/records.ts';
import { aSighting, network } from '../../../support/sighting.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What the rules are told of an address, and of its network, at a moment. */
function ruleView(store: TestStore, ip: string | null, atMs: number, asn = 1): readonly string[] {
  const db = openReader(join(store.dataDir, 'sessionscope.db'));
  try {
    const lists = new StoredLists(db);
    lists.refresh();
    return lists
      .of(aSighting({ ip, atMs, network: network(asn) }))
      .map(({ list, tag, entry }) => `${list} ${tag} ${entry}`);
  } finally {
    db.close();
  }
}

async function checked(store: TestStore, address: string, atMs: number, asn: number | null = null) {
  const matches = await store.read.listMatches({ address, asn, atMs });
  return matches.filter(({ inForce }) => inForce).map(({ list, tag, entry }) => `${list} ${tag} ${entry}`);
}

describe('a list', () => {
  it('holds networks, addresses and systems of both families', async () => {
    const store = await testStore();
    const change = await importEntries(store, ['192.0.2.0/24', '192.0.2.7', '2001:db8::/32', 'AS64500'], {
      note: 'our own',
    });
    expect(change).toEqual({ added: 4, kept: 0, ended: 0 });
    expect(await store.read.networkLists()).toEqual([
      {
        ...{ name: 'exits', tag: 'tor', note: 'our own', entries: 4, past: 0, expiresAt: null },
        addedAt: '2026-11-20T12:00:00.000Z',
        importedAt: '2026-11-20T12:00:00.000Z',
      },
    ]);
    expect(ruleView(store, '192.0.2.7', NOON_MS)).toEqual(['exits tor 192.0.2.0/24', 'exits tor 192.0.2.7']);
    expect(ruleView(store, '2001:db8::1', NOON_MS)).toEqual(['exits tor 2001:db8::/32']);
    expect(ruleView(store, '198.51.100.1', NOON_MS, 64_500)).toEqual(['exits tor AS64500']);
    expect(ruleView(store, null, NOON_MS)).toEqual([]);
    expect(ruleView(store, '198.51.100.1', NOON_MS)).toEqual([]);
  });

  it('says what each version said in its time', async () => {
    const store = await testStore();
    await importEntries(store, ['192.0.2.1', '192.0.2.2']);
    await store.clock.advance(DAY_MS);
    const second = await importEntries(store, ['192.0.2.2', '192.0.2.3']);
    await store.clock.advance(DAY_MS);
    const third = await importEntries(store, ['192.0.2.1', '192.0.2.3']);

    expect([second, third]).toEqual([
      { added: 1, kept: 1, ended: 1 },
      { added: 1, kept: 1, ended: 1 },
    ]);
    const seen = (atMs: number) =>
      ['192.0.2.1', '192.0.2.2', '192.0.2.3'].map((ip) => ruleView(store, ip, atMs).length);
    // Before the first version nobody said otherwise.
    expect(seen(NOON_MS - 90 * DAY_MS)).toEqual([1, 1, 0]);
    expect(seen(NOON_MS + HOUR_MS)).toEqual([1, 1, 0]);
    expect(seen(NOON_MS + DAY_MS - 1)).toEqual([1, 1, 0]);
    expect(seen(NOON_MS + DAY_MS)).toEqual([0, 1, 1]);
    expect(seen(NOON_MS + 2 * DAY_MS)).toEqual([1, 0, 1]);
    expect(await store.read.networkLists()).toMatchObject([{ entries: 2, past: 2 }]);
  });

  it('to be told of looks back whenever an address was added, and ages out', async () => {
    const store = await testStore();
    const listed = (...entries: string[]) =>
      importEntries(store, entries, {
        ...{ name: 'case', tag: 'listed', expiresAtMs: store.clock.now() + 30 * DAY_MS },
      });
    await listed('192.0.2.1');
    await store.clock.advance(10 * DAY_MS);
    await listed('192.0.2.2');
    await store.clock.advance(DAY_MS);
    await listed('192.0.2.1', '192.0.2.2');

    const seen = (atMs: number) => ['192.0.2.1', '192.0.2.2'].map((ip) => ruleView(store, ip, atMs));
    const both = [['case listed 192.0.2.1'], ['case listed 192.0.2.2']];
    expect(seen(NOON_MS - 90 * DAY_MS)).toEqual(both);
    expect(seen(NOON_MS + 41 * DAY_MS - 1)).toEqual(both);
    expect(seen(NOON_MS + 41 * DAY_MS)).toEqual([[], []]);
    expect(await store.read.networkLists()).toMatchObject([{ entries: 2, past: 0 }]);
    await store.clock.advance(30 * DAY_MS);
    expect(await store.read.networkLists()).toMatchObject([{ entries: 0, past: 2 }]);
  });

  it('keeps its tag, because what it said in its time stays true', async () => {
    const store = await testStore();
    await importEntries(store, ['192.0.2.1']);
    await expect(importEntries(store, ['192.0.2.2'], { tag: 'vpn' })).rejects.toMatchObject({
      code: 'conflict',
      field: 'tag',
    });
    expect(await store.read.networkLists()).toMatchObject([{ tag: 'tor', entries: 1 }]);
    expect(await store.read.audit(10, null)).toHaveLength(1);
  });

  it('says nothing any more once it is removed, and may come back as another', async () => {
    const store = await testStore();
    await importEntries(store, ['192.0.2.1']);
    const [list] = await store.read.changedLists();
    await store.write.removeList('exits', auditDraft('list.removed', NOON_MS));

    expect(ruleView(store, '192.0.2.1', NOON_MS)).toEqual([]);
    expect(await checked(store, '192.0.2.1', NOON_MS)).toEqual([]);
    expect(await store.read.networkLists()).toEqual([]);
    await expect(store.write.removeList('exits', auditDraft('list.removed', NOON_MS))).rejects.toMatchObject({
      code: 'not-found',
    });

    await importEntries(store, ['192.0.2.2'], { tag: 'vpn' });
    expect(ruleView(store, '192.0.2.2', NOON_MS)).toEqual(['exits vpn 192.0.2.2']);
    // Those who were judged by the list as it was have not been judged by its removal.
    if (list !== undefined) await store.write.settleList(list);
    expect(await store.read.changedLists()).toMatchObject([{ isRemoved: true }, { isRemoved: false }]);
  });

  it('is told of in the audit by what changed', async () => {
    const store = await testStore();
    await importEntries(store, ['192.0.2.1', '192.0.2.2']);
    await importEntries(store, ['192.0.2.2', 'AS64500']);
    const [entry] = await store.read.audit(1, null);
    expect(entry).toMatchObject({ action: 'list.imported', detail: { added: 1, kept: 1, ended: 1 } });
  });
});

describe('lists as the rules see them', () => {
  it('match as trying each entry does, and as a check of one address says', async () => {
    const store = await testStore();
    const [networks, others, addresses] = [
      fc.sample(aNetwork, { numRuns: 400, seed: 7 }),
      fc.sample(aNetwork, { numRuns: 400, seed: 8 }),
      fc.sample(anAddress, { numRuns: 300, seed: 9 }),
    ];
    await importEntries(store, networks.map(networkText));
    await importEntries(store, others.map(networkText), { name: 'vpns', tag: 'vpn' });
    const db = openReader(join(store.dataDir, 'sessionscope.db'));
    const lists = new StoredLists(db);
    lists.refresh();

    let hits = 0;
    for (const { version, address } of addresses) {
      const ip = addressText(version, address);
      const around = (all: typeof networks) =>
        new Set(all.filter((each) => holds(each, version, address)).map(({ bits }) => bits)).size;
      const found = lists.of(aSighting({ ip, atMs: NOON_MS, network: null }));
      const counts = ['exits', 'vpns'].map((name) => found.filter(({ list }) => list === name).length);
      expect(counts, ip).toEqual([around(networks), around(others)]);
      const same = await checked(store, ip, NOON_MS);
      expect(same.toSorted()).toEqual(
        found.map(({ list, tag, entry }) => `${list} ${tag} ${entry}`).toSorted(),
      );
      hits += found.length;
    }
    expect(hits).toBeGreaterThan(1_000);
    db.close();
  });

  it('are read again when they changed, and not before', async () => {
    const store = await testStore();
    const db = openReader(join(store.dataDir, 'sessionscope.db'));
    const lists = new StoredLists(db);
    const seen = () => {
      lists.refresh();
      return lists.of(aSighting({ ip: '192.0.2.1', atMs: store.clock.now() })).map(({ list }) => list);
    };
    expect(seen()).toEqual([]);
    await importEntries(store, ['192.0.2.1']);
    expect(seen()).toEqual(['exits']);
    await importEntries(store, ['192.0.2.0/24'], { name: 'a second one', tag: 'vpn' });
    expect(seen()).toEqual(['a second one', 'exits']);
    await importEntries(store, ['192.0.2.9']);
    expect(seen()).toEqual(['a second one']);
    await store.write.removeList('a second one', auditDraft('list.removed', NOON_MS));
    expect(seen()).toEqual([]);
    db.close();
  });
});

describe('users on a changed list', () => {
  const user = (name: string) => ({ id: `u-${name}`, name, email: null });
  const at = (name: string, address: string, asn = 1) =>
    sessionRecord({
      key: `${name}-session`,
      user: user(name),
      ip: ipFacts(address, null, { asn, org: null, kinds: [] }),
    });

  async function namesOn(store: TestStore): Promise<readonly (readonly string[])[]> {
    const { rows } = await store.read.users({ query: '', sort: 'userName', limit: 50, cursor: null });
    const names = new Map<number, string>();
    for (const [index, { userName }] of rows.entries()) names.set(index + 1, userName ?? '');
    const all: string[][] = [];
    for (const list of await store.read.changedLists()) {
      const users = await store.read.usersOnList(list);
      all.push(users.map((number) => names.get(number) ?? '?'));
    }
    return all;
  }

  /** Users in the order of their names, so that their numbers are known. */
  async function company() {
    const store = await testStore();
    await sweep(store, {
      rows: [at('ann', '192.0.2.1'), at('bob', '198.51.100.1'), at('cy', '203.0.113.1', 64_500)],
    });
    await store.clock.advance(HOUR_MS);
    await sweep(store, {
      rows: [at('ann', '192.0.2.1'), at('bob', '198.51.100.99'), at('cy', '203.0.113.1', 64_500)],
      events: [
        eventRecord({ user: user('dee'), ip: ipFacts('2001:db8::1'), outcome: 'failure', kind: 'failure' }),
      ],
    });
    return store;
  }

  it('are found by where they are, where they were, by events and by their network', async () => {
    for (const [entry, name] of [
      ['192.0.2.0/24', 'ann'],
      ['198.51.100.1', 'bob'],
      ['AS64500', 'cy'],
      ['2001:db8::/32', 'dee'],
    ] as const) {
      const store = await company();
      await importEntries(store, [entry]);
      expect(await namesOn(store), entry).toEqual([[name]]);
    }
  });

  it('are those on what is new in a version', async () => {
    const store = await company();
    await importEntries(store, ['192.0.2.1']);
    for (const list of await store.read.changedLists()) await store.write.settleList(list);
    expect(await store.read.changedLists()).toEqual([]);
    await importEntries(store, ['192.0.2.1', '198.51.100.0/24']);
    expect(await namesOn(store)).toEqual([['bob']]);
  });

  it('are all of them when the list is removed', async () => {
    const store = await company();
    await importEntries(store, ['192.0.2.1', 'AS64500', '9.9.9.9']);
    for (const list of await store.read.changedLists()) await store.write.settleList(list);
    await store.write.removeList('exits', auditDraft('list.removed', NOON_MS));
    expect(await namesOn(store)).toEqual([['ann', 'cy']]);
    for (const list of await store.read.changedLists()) await store.write.settleList(list);
    expect(await store.read.changedLists()).toEqual([]);
  });

  it('are none where nobody was seen within the reach of the rules', async () => {
    const store = await company();
    await store.clock.advance(200 * DAY_MS);
    await importEntries(store, ['192.0.2.1', '198.51.100.1']);
    expect(await namesOn(store)).toEqual([[]]);
  });
});
