import { describe, expect, it } from 'vitest';
import { sweep, testStore } from '../../support/data-dir.ts';
import { found } from '../../support/found.ts';
import { lookInto } from '../../support/recount.ts';
import { ruleFinding, sessionRecord } from '../../support/records.ts';

const all = { query: '', sort: null, limit: 200, cursor: null };

describe('findings that are saved together', () => {
  it('are all written, each with its sessions and its incident, and counted for their users', async () => {
    const store = await testStore();
    const people = Array.from({ length: 60 }, (_, index) => `p${index}`);
    const { touched } = await sweep(
      store,
      people.map((name) =>
        sessionRecord({ key: `${name}-session`, user: { id: name, name, email: null }, ip: null }),
      ),
    );
    const about = (name: string, dedupeKey: string) =>
      ruleFinding({ userId: name, dedupeKey, sessions: [`${name}-session`] });
    const judged = people.map((name, index) =>
      found(touched[index] ?? 0, about(name, 'one'), about(name, 'other')),
    );

    expect(await store.write.saveFindings(judged)).toEqual({ added: 120, changed: 0, withdrawn: [] });

    const { rows } = await store.read.findings(all);
    expect(rows).toHaveLength(120);
    for (const { userId, sessions } of rows) expect(sessions).toEqual([`${userId}-session`]);
    expect(new Set(rows.map(({ userId, incident }) => `${userId} ${incident ?? ''}`)).size).toBe(60);
    const users = await store.read.users(all);
    expect(new Set(users.rows.map(({ openFindings }) => openFindings))).toEqual(new Set([2]));
  });

  it('are counted for the planner when they became many, before any sweep does it', async () => {
    const store = await testStore();
    const { touched } = await sweep(store, [sessionRecord()]);
    const many = Array.from({ length: 2_000 }, (_, nth) =>
      ruleFinding({ dedupeKey: `k${nth}`, sessions: [] }),
    );
    const counted = () =>
      lookInto(store.dataDir, (db) => db.prepare("SELECT 1 FROM sqlite_stat1 WHERE tbl = 'finding'").all());
    expect(counted()).toEqual([]);
    await store.write.saveFindings([found(touched[0] ?? 0, ...many)]);
    expect(counted()).not.toEqual([]);
  });

  it('are written once, where the same one is told of twice', async () => {
    const store = await testStore();
    const { touched } = await sweep(store, [sessionRecord()]);
    const twice = found(touched[0] ?? 0, ruleFinding());
    expect(await store.write.saveFindings([twice, twice])).toMatchObject({ added: 1, changed: 0 });
    expect((await store.read.findings(all)).rows).toHaveLength(1);
  });

  it('keep text as it is, whatever a far side put into it', async () => {
    const store = await testStore();
    const { touched } = await sweep(store, [sessionRecord()]);
    const client = 'Fox\u0000 "on" \u{1F98A} 𝔚indows\n';
    const finding = ruleFinding({ infrastructure: { prefix: null, asn: null, client } });
    await store.write.saveFindings([found(touched[0] ?? 0, finding)]);
    expect((await store.read.findings(all)).rows).toMatchObject([{ client, prefix: null, asn: null }]);
  });
});
