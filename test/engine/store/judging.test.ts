import { describe, expect, it } from 'vitest';
import { wordsOf } from '../../../src/engine/detect/tell.ts';
import { identityOf, type Identity } from '../../../src/engine/store/finding-identity.ts';
import { tellingText } from '../../../src/engine/store/finding-telling.ts';
import type { Judgement } from '../../../src/engine/store/judgement.ts';
import { toldTelling } from '../../../src/engine/store/stored-telling.ts';
import { detect } from '../../../src/engine/detect/detect.ts';
import { Sightings } from '../../../src/engine/store/sightings.ts';
import { nowhere, StoredSighting } from '../../../src/engine/store/stored-sighting.ts';
import { chatConfig, sweep, testStore, type TestStore } from '../../support/data-dir.ts';
import { factsIn } from '../../support/facts-in.ts';
import { lookInto } from '../../support/recount.ts';
import { eventRecord, ipFacts, NOON_MS, sessionRecord, sydney } from '../../support/records.ts';

const MINUTE_MS = 60_000;
const tokyo = { ...sydney, country: 'JP', region: null, city: 'Tokyo', lat: 35.68, lon: 139.69 };

/** Two sessions of one user that began a minute apart in Berlin and far away. */
function journeyOf(name: string, place = sydney) {
  const user = { id: `u-${name}`, name, email: null };
  const startedAtMs = NOON_MS - 10 * MINUTE_MS;
  return [
    sessionRecord({ key: `${name}-home`, user, startedAtMs }),
    sessionRecord({
      key: `${name}-away`,
      user,
      startedAtMs: startedAtMs + MINUTE_MS,
      ip: ipFacts('203.0.113.9', place),
    }),
  ];
}

async function judgedTitles(store: TestStore, users: readonly number[]): Promise<readonly string[]> {
  const { found } = await store.read.judge(users);
  return lookInto(store.dataDir, (db) => {
    const tellingOf = toldTelling(db);
    return found.flatMap(({ findings }) =>
      findings.map((told) => wordsOf({ ...told, ...tellingOf(told) }, null).title),
    );
  });
}

/** What a judgement's findings are known by, with what they tell as it would be read. */
function identitiesIn(store: TestStore, { found }: Judgement): readonly Identity[] {
  return lookInto(store.dataDir, (db) => {
    const tellingOf = toldTelling(db);
    return found.flatMap(({ findings }) =>
      findings.map((told) => {
        const { publicId, content } = told;
        return { publicId, content, text: tellingText(tellingOf(told)) };
      }),
    );
  });
}

describe('judging users where their facts are', () => {
  it('finds what the rules find in their facts, user by user', async () => {
    const store = await testStore();
    const rows = [
      ...journeyOf('ann'),
      sessionRecord({ key: 'bob', user: { id: 'b', name: 'Bob', email: null } }),
    ];
    const { touched } = await sweep(store, { rows, events: [eventRecord()] });
    const [ann = 0] = touched;

    const judgement = await store.read.judge([...touched, 999]);

    const facts = factsIn(store, ann);
    const findings = facts === null ? [] : detect(facts).findings;
    expect(judgement.found.map(({ user }) => user)).toEqual([ann]);
    expect(identitiesIn(store, judgement)).toEqual(findings.map(identityOf));
    expect(judgement.found[0]?.findings.map(({ rule }) => rule)).toContain('impossible-travel');
    expect(judgement).toMatchObject({ users: touched.length + 1, sightings: 4 });
  });

  it('stops where it is enough, so that the caller asks on', async () => {
    const store = await testStore();
    const many = Array.from({ length: 4000 }, (_, index) => sessionRecord({ key: `ann-${index}` }));
    const others = Array.from({ length: 60 }, (_, index) => journeyOf(`other-${index}`)).flat();
    const { touched } = await sweep(store, [...many, ...others]);
    const { sessions } = await store.read.overview('');

    const first = await store.read.judge(touched);
    const rest = await store.read.judge(touched.slice(first.users));

    expect(first.users).toBeLessThan(61);
    expect(first.users + rest.users).toBe(61);
    expect(first.sightings + rest.sightings).toBe(sessions.active);
    // Whoever begins 4,000 sessions at once is told of as well.
    expect(first.found.length + rest.found.length).toBe(61);
    expect(await store.read.judge([])).toMatchObject({ users: 0, sightings: 0, found: [], withdrawn: [] });
  });

  it('never takes an entry for one that was removed, whose number it has', async () => {
    const store = await testStore();
    const before = await sweep(store, journeyOf('ann'));
    expect(await judgedTitles(store, before.touched)).toContainEqual(expect.stringContaining('Sydney'));

    await store.write.removeSource('chat');
    await store.write.putSource(chatConfig(), false);
    const after = await sweep(store, journeyOf('ann', tokyo));

    const titles = await judgedTitles(store, after.touched);
    expect(titles).toContainEqual(expect.stringContaining('Tokyo'));
    expect(titles.join()).not.toContain('Sydney');
  });

  it('takes what one sweep saw at one moment in the order of its ids', async () => {
    const store = await testStore();
    await sweep(store, []);
    await store.clock.advance(MINUTE_MS);
    const keys = ['ccc', 'aaa', 'ddd', 'bbb'];
    const rows = keys.map((key) => sessionRecord({ key, startedAtMs: null, startedAtQuality: 'missing' }));
    await sweep(store, { rows, events: [eventRecord({ atMs: NOON_MS + MINUTE_MS })] });

    const ids = factsIn(store, 1)?.sightings.map(({ id }) => id);
    expect(ids).toEqual([
      expect.stringMatching(/^login:chat:u-ann:/),
      'obs:aaa:1',
      'obs:bbb:1',
      'obs:ccc:1',
      'obs:ddd:1',
    ]);
  });
});

describe('the sightings of a user who has too many', () => {
  const who = { source: 'chat', userId: 'u', idReconnects: false };
  const sightingAt = (toMs: number) =>
    new StoredSighting(
      {
        ...{ kind: 'activity', quality: 'derived', outcome: 'success', isOwnPoll: false },
        ...{ fromMs: toMs, toMs, number: toMs },
      },
      { who, key: 'k' },
      nowhere,
    );

  it('are the newest 200,000, and say from when on they are whole', () => {
    const sightings = new Sightings(0);
    // Newest, oldest and everything between by turns: 7 and 500,000 have no common divisor.
    for (let index = 0; index < 500_000; index += 1) sightings.add(sightingAt((index * 7) % 500_000));

    const { sightings: kept, cutBeforeMs } = sightings.inOrder();
    expect(kept).toHaveLength(200_000);
    expect([kept[0]?.toMs, kept.at(-1)?.toMs, cutBeforeMs]).toEqual([300_000, 499_999, 300_000]);
  });

  it('are all of them up to then', () => {
    const sightings = new Sightings(10);
    for (const toMs of [30, 9, 10, 20]) sightings.add(sightingAt(toMs));
    expect(sightings.inOrder()).toEqual({ sightings: [10, 20, 30].map(sightingAt) });
  });
});
