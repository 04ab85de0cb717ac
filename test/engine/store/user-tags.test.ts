import { describe, expect, it } from 'vitest';
import type { UserTag } from '../../../src/contract/person.ts';
import { factsIn } from '../../support/facts-in.ts';
import { sweep, testStore } from '../../support/data-dir.ts';
import { sessionRecord } from '../../support/records.ts';
import { all, draft } from '../../support/triage.ts';

const ann = { source: 'chat', userId: 'u-ann' };

/** Ann's one session, as a source lists it that tells (or does not tell) what she is. */
async function listed() {
  const store = await testStore();
  const poll = (tags?: readonly UserTag[]) =>
    sweep(store, [
      sessionRecord({
        user: { id: 'u-ann', name: 'Ann', email: null, ...(tags === undefined ? {} : { tags }) },
      }),
    ]);
  const [number = 0] = (await poll()).touched;
  const stored = async () => {
    const [user] = (await store.read.users(all)).rows;
    return { tags: user?.tags, told: user?.toldTags };
  };
  const tag = (...tags: UserTag[]) => store.write.tagUser(ann, tags, draft);
  return { store, number, poll, stored, tag };
}

describe('tags of users', () => {
  it('come from a source that tells them, and have the user judged again when they change', async () => {
    const { store, number, poll, stored } = await listed();
    expect((await poll([])).touched).toEqual([]);
    expect((await poll(['administrator'])).touched).toEqual([number]);
    expect(await stored()).toEqual({ tags: ['administrator'], told: ['administrator'] });
    expect(factsIn(store, number)?.users[0]?.tags).toEqual(['administrator']);
    expect((await poll(['administrator'])).touched).toEqual([]);
    expect((await poll([])).touched).toEqual([number]);
    expect(await stored()).toEqual({ tags: [], told: [] });
  });

  it('stay when a source says nothing of them any more: nothing said takes nothing back', async () => {
    const { poll, stored } = await listed();
    await poll(['service']);
    await poll();
    expect(await stored()).toEqual({ tags: ['service'], told: ['service'] });
  });

  it('are the analyst’s where he says otherwise, whatever the source tells afterwards', async () => {
    const { poll, stored, tag } = await listed();
    await poll(['administrator']);
    await tag('shared');
    expect(await stored()).toEqual({ tags: ['shared'], told: ['administrator'] });
    await poll([]);
    await poll(['administrator', 'shared']);
    await poll(['administrator']);
    expect(await stored()).toEqual({ tags: ['shared'], told: ['administrator'] });
  });

  it('are the source’s again once the analyst agrees with it', async () => {
    const { poll, stored, tag } = await listed();
    await poll(['administrator']);
    await tag();
    await tag('administrator');
    await poll([]);
    expect(await stored()).toEqual({ tags: [], told: [] });
  });

  it('are found by what counts, not by what is told', async () => {
    const { store, poll, tag } = await listed();
    await poll(['administrator']);
    expect(await store.read.count('users', 'tag:administrator')).toBe(1);
    await tag();
    expect(await store.read.count('users', 'tag:administrator')).toBe(0);
  });
});
