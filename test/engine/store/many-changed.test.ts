import { describe, expect, it } from 'vitest';
import { CHANGED_AT_ONCE } from '../../../src/engine/store/database.ts';
import { chatConfig, sweep, testStore } from '../../support/data-dir.ts';
import { sessionRecord } from '../../support/records.ts';

/** More than are changed with one statement. */
const MANY = 2 * CHANGED_AT_ONCE + 1;
const all = Array.from({ length: MANY }, (_, nth) =>
  sessionRecord({ key: `session ${nth}`, user: { id: `user ${nth}`, name: null, email: null } }),
);

async function storeOfMany() {
  const store = await testStore();
  await store.write.putSource(chatConfig(), false);
  await sweep(store, all);
  return store;
}

describe('what changes very many rows', () => {
  it('ends all that a complete sweep did not list, and nothing else', async () => {
    const store = await storeOfMany();
    const { ended } = await sweep(store, all.slice(0, 10));
    expect(ended).toBe(MANY - 10);
    expect(await store.read.count('sessions', 'state:active')).toBe(10);
    expect(await store.read.count('sessions', 'state:ended')).toBe(MANY - 10);
  });

  it('says of all that a sweep saw which broke off when they were last observed', async () => {
    const store = await storeOfMany();
    const atMs = store.clock.now();
    await store.clock.advance(60_000);
    await sweep(store, all, { complete: false });
    const query = `lastObservedAt:>${new Date(atMs).toISOString()}`;
    expect(await store.read.count('sessions', query)).toBe(MANY);
  });

  it('removes a source with everything of it', async () => {
    const store = await storeOfMany();
    await store.write.removeSource('chat');
    expect(await store.read.count('sessions', '')).toBe(0);
    expect(await store.read.count('users', '')).toBe(0);
  });
});
