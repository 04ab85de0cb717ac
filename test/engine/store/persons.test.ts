import { describe, expect, it } from 'vitest';
import { factsIn } from '../../support/facts-in.ts';
import { chatConfig, sweep, testStore, type TestStore } from '../../support/data-dir.ts';
import { ruleFinding, sessionRecord } from '../../support/records.ts';
import { all, another, draft } from '../../support/triage.ts';
import { found } from '../../support/found.ts';

const chatAnn = { source: 'chat', userId: 'u-ann' };
const appAnn = { source: 'app', userId: 'a-ann' };

/** Ann at two sources, under these e-mail addresses; Bob at the first. */
async function twoSources(chatEmail: string | null, appEmail: string | null) {
  const store = await testStore();
  await store.write.putSource(chatConfig('app'), false);
  const [chat = 0] = (await list(store, 'chat', 'u-ann', chatEmail)).touched;
  const [app = 0] = (await list(store, 'app', 'a-ann', appEmail)).touched;
  return { store, chat, app };
}

const list = (store: TestStore, source: string, id: string, email: string | null) =>
  sweep(store, [sessionRecord({ key: `${source}-${id}`, user: { id, name: id, email } })], { source });
const byEmail = { byHand: false, by: null, at: null };
const personOf = async (store: TestStore, userId: string) =>
  (await store.read.users({ ...all, query: `userId:${userId}` })).rows[0]?.personId;

describe('users of several sources', () => {
  it('are one person by the same verified e-mail, in any case', async () => {
    const { store, chat } = await twoSources('Ann@Example.test', 'ann@example.test');
    expect(await store.read.persons()).toEqual([
      {
        id: 'p1',
        users: [
          { source: 'app', userId: 'a-ann', userName: 'a-ann', email: 'ann@example.test', ...byEmail },
          { source: 'chat', userId: 'u-ann', userName: 'u-ann', email: 'Ann@Example.test', ...byEmail },
        ],
      },
    ]);
    expect(factsIn(store, chat)?.users.map(({ source }) => source)).toEqual(['app', 'chat']);
    expect((await store.read.sessions({ ...all, query: 'personId:p1' })).rows).toHaveLength(2);
  });

  it('are strangers without an address', async () => {
    const { store } = await twoSources(null, null);
    expect(await store.read.persons()).toEqual([]);
  });

  it('part when the address of one changes, and join when it becomes the same', async () => {
    const { store } = await twoSources('ann@example.test', 'ann@example.test');
    await list(store, 'app', 'a-ann', 'other@example.test');
    expect(await store.read.persons()).toEqual([]);
    await list(store, 'app', 'a-ann', 'ann@example.test');
    expect((await store.read.persons()).map(({ users }) => users.length)).toEqual([2]);
  });

  it('are not all one when a source calls one address everybody’s', async () => {
    const store = await testStore();
    const rows = Array.from({ length: 60 }, (_, index) =>
      sessionRecord({ key: `s-${index}`, user: { id: `u-${index}`, name: null, email: 'all@example.test' } }),
    );
    await sweep(store, rows);
    expect((await store.read.persons()).map(({ users }) => users.length)).toEqual([20]);
  });

  it('are linked and parted by hand, and no address changes that again', async () => {
    const { store, chat, app } = await twoSources('ann@example.test', 'ann@example.test');
    expect(await store.write.unlinkUser(chatAnn, draft)).toEqual([chat, app]);
    expect(await personOf(store, 'a-ann')).toBeNull();
    await list(store, 'chat', 'u-ann', 'new@example.test');
    await list(store, 'chat', 'u-ann', 'ann@example.test');
    expect(await store.read.persons()).toEqual([]);
    await store.write.linkUsers([chatAnn, appAnn], draft);
    expect(await personOf(store, 'u-ann')).toBe(await personOf(store, 'a-ann'));
    await expect(store.write.linkUsers([chatAnn, chatAnn], draft)).rejects.toMatchObject({
      code: 'invalid-input',
    });
    await expect(store.write.unlinkUser({ ...chatAnn, userId: 'who' }, draft)).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('say who linked or parted them, and when, where it was not their e-mail', async () => {
    const { store } = await twoSources('ann@example.test', 'ann@example.test');
    const how = async () =>
      (await store.read.users({ ...all, sort: 'userId' })).rows.map((user) => [
        user.personFrom,
        user.personBy,
        user.personAt,
      ]);
    const unsaid = [null, null];
    expect(await how()).toEqual([
      ['email', ...unsaid],
      ['email', ...unsaid],
    ]);
    await store.write.unlinkUser(chatAnn, draft);
    const later = { ...draft, actor: 'bob via cli', at: '2026-11-21T08:00:00.000Z' };
    expect(await how()).toEqual([
      [null, ...unsaid],
      ['parted', draft.actor, draft.at],
    ]);
    await store.write.linkUsers([chatAnn, appAnn], later);
    expect(await how()).toEqual([
      ['hand', later.actor, later.at],
      ['hand', later.actor, later.at],
    ]);
    expect((await store.read.persons())[0]?.users[0]).toMatchObject({ by: later.actor, at: later.at });
  });

  it('have one incident of what one attacker did at both, and two again when they are parted', async () => {
    const { store, chat, app } = await twoSources(null, null);
    await store.write.saveFindings([
      found(chat, ruleFinding({ sessions: [] })),
      found(app, another({ source: 'app', userId: 'a-ann' })),
    ]);
    await store.write.addNote('i2', { text: 'Odd.', by: 'bob', atMs: 0 }, draft);
    const ids = async () =>
      (await store.read.incidents({ ...all, sort: 'firstAt' })).rows.map(({ id }) => id).sort();
    expect(await ids()).toEqual(['i1', 'i2']);
    await store.write.linkUsers([chatAnn, appAnn], draft);
    expect(await ids()).toEqual(['i1']);
    expect(await store.read.incident('i2')).toMatchObject({ id: 'i1', findings: 2, notes: 1 });
    await store.write.unlinkUser(appAnn, draft);
    expect(await ids()).toEqual(['i1', 'i3']);
    expect(await store.read.incident('i1')).toMatchObject({ findings: 1, userId: 'u-ann' });
  });

  it('carry the tags that an analyst gave them to the rules', async () => {
    const { store, chat } = await twoSources(null, null);
    await store.write.tagUser(chatAnn, ['shared', 'administrator'], draft);
    expect(factsIn(store, chat)?.users[0]?.tags).toEqual(['administrator', 'shared']);
    expect((await store.read.users({ ...all, query: 'tag:shared' })).rows).toMatchObject([
      { tags: ['administrator', 'shared'] },
    ]);
    await store.write.tagUser(chatAnn, [], draft);
    expect(factsIn(store, chat)?.users[0]?.tags).toEqual([]);
  });

  it('go with their source, tags and incidents included', async () => {
    const { store, app } = await twoSources('ann@example.test', 'ann@example.test');
    await store.write.tagUser(appAnn, ['service'], draft);
    await store.write.saveFindings([
      found(app, another({ source: 'app', userId: 'a-ann', severity: 'critical' })),
    ]);
    await store.write.removeSource('app');
    expect((await store.read.users(all)).rows).toHaveLength(1);
    expect((await store.read.incidents(all)).rows).toEqual([]);
  });
});
