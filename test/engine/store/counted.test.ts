import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Session } from '../../../src/contract/session.ts';
import { wrongTallies } from '../../../src/engine/store/care/tallies.ts';
import { openReader } from '../../../src/engine/store/database.ts';
import { sweep, testStore, type TestStore } from '../../support/data-dir.ts';
import { manySessions } from '../../support/many-sessions.ts';
import { ipFacts, ruleFinding, sydney } from '../../support/records.ts';
import { found } from '../../support/found.ts';

const HOUR_MS = 3_600_000;

/** Sessions that came, moved, ended, were revoked and came back. */
async function company(): Promise<TestStore> {
  const store = await testStore();
  const rows = manySessions(120);
  const moved = rows.map((row, index) =>
    index % 6 === 0 ? { ...row, ip: ipFacts('203.0.113.9', sydney), place: sydney } : row,
  );
  const { touched } = await sweep(store, rows);
  await sweep(store, moved.slice(20));
  await sweep(store, moved.slice(10));
  await store.write.markRevoked(['session-000003'], store.clock.now());
  await store.write.saveFindings([
    found(
      touched[0] ?? 0,
      ruleFinding({ sessions: ['session-000020', 'session-000024'], severity: 'high' }),
      ruleFinding({ dedupeKey: 'b', severity: 'critical', sessions: ['session-000024'] }),
      ruleFinding({ dedupeKey: 'c', rule: 'new-device', severity: 'low', sessions: ['session-000030'] }),
      ruleFinding({
        dedupeKey: 'd',
        rule: 'old-session',
        severity: 'medium',
        sessions: ['session-000031'],
      }),
    ),
  ]);
  return store;
}

async function listed({ read }: TestStore, query: string): Promise<readonly Session[]> {
  return (await read.sessions({ query, sort: null, limit: 500, cursor: null })).rows;
}

function wrongIn(store: TestStore) {
  const db = openReader(join(store.dataDir, 'sessionscope.db'));
  try {
    return wrongTallies(db);
  } finally {
    db.close();
  }
}

/** The first ones are answered from tallies, the others session by session. */
const queries = [
  '',
  'state:active',
  '-state:active,expired',
  'source:chat country:DE',
  'NOT country:*',
  'city:Sydney OR state:ended',
  'lat:<0',
  'browser:Firefox state:active',
  'NOT os:* OR deviceKind:mobile city:Sydney',
  'user:ann',
  'severity:>=high',
];

describe('counting', () => {
  it.each(queries)('"%s" gives the numbers of the list, before and after time has passed', async (query) => {
    const store = await company();
    for (const hours of [0, 1, 3, 30]) {
      await store.clock.advance(hours * HOUR_MS);
      const sessions = await listed(store, query);
      const overview = await store.read.overview(query);
      for (const [state, count] of Object.entries(overview.sessions)) {
        expect([state, count]).toEqual([state, sessions.filter((each) => each.state === state).length]);
      }
      const map = await store.read.map(query);
      expect(map.located).toBe(sessions.filter(({ lat }) => lat !== null).length);
      expect(map.unlocated).toBe(sessions.filter(({ lat }) => lat === null).length);
      for (const place of map.places) {
        const here = sessions.filter(({ lat, city }) => lat === place.lat && city === place.city);
        const flagged = here.filter(({ findings }) => findings.includes('impossible-travel'));
        expect([place.city, place.sessions, place.flagged]).toEqual([
          place.city,
          here.length,
          flagged.length,
        ]);
      }
      const source = (await store.read.sources())[0];
      const live = await listed(store, 'state:active,unknown');
      expect(source?.liveSessions).toBe(live.length);
    }
  });

  it('stays right whatever is written, and settling what expired changes no answer', async () => {
    const store = await company();
    expect(wrongIn(store)).toEqual([]);
    await store.clock.advance(3 * HOUR_MS);
    const before = await listed(store, '');
    const figures = await store.read.overview('');
    const users = await store.read.users({ query: '', sort: 'liveSessions', limit: 500, cursor: null });
    await sweep(store, [], { complete: false });

    expect((await listed(store, 'state:expired')).length).toBeGreaterThan(10);
    expect((await listed(store, '')).map(({ key, state }) => [key, state])).toEqual(
      before.map(({ key, state }) => [key, state]),
    );
    expect(await store.read.overview('')).toEqual(figures);
    const again = await store.read.users({ query: '', sort: 'liveSessions', limit: 500, cursor: null });
    expect(again.rows.map(({ userId, liveSessions }) => [userId, liveSessions])).toEqual(
      users.rows.map(({ userId, liveSessions }) => [userId, liveSessions]),
    );
    expect(wrongIn(store)).toEqual([]);
    await store.write.removeSource('chat');
    expect(wrongIn(store)).toEqual([]);
  });

  it('writes no observation because time went by, and one when an expired session lives on', async () => {
    const store = await testStore();
    const [row] = manySessions(2).slice(1);
    if (row === undefined) throw new Error('no row');
    const live = { ...row, expiresAtMs: store.clock.now() + HOUR_MS };
    await sweep(store, [live]);
    await store.clock.advance(2 * HOUR_MS);
    expect((await sweep(store, [live])).observations).toBe(0);
    expect((await sweep(store, [live])).observations).toBe(0);
    const [expired] = await listed(store, '');
    expect(expired?.state).toBe('expired');
    const extended = { ...live, expiresAtMs: store.clock.now() + HOUR_MS };
    expect((await sweep(store, [extended])).observations).toBe(1);
    expect((await listed(store, ''))[0]?.state).toBe(row.state);
  });
});
