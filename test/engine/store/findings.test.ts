import { describe, expect, it } from 'vitest';
import { scoreBySeverity, severity } from '../../../src/contract/rules.ts';
import type { RuleFinding } from '../../../src/engine/detect/facts.ts';
import { isListedTelling } from '../../../src/engine/store/listed-telling.ts';
import { lookInto } from '../../support/recount.ts';
import { setFindingStates } from '../../support/finding-states.ts';
import { sweep, testStore } from '../../support/data-dir.ts';
import { berlin, ipFacts, ruleFinding, safari, sessionRecord, sydney } from '../../support/records.ts';
import { found } from '../../support/found.ts';

const all = { query: '', sort: null, limit: 50, cursor: null };

async function flagged() {
  const store = await testStore();
  const { touched } = await sweep(store, [
    sessionRecord(),
    sessionRecord({ key: 'ann-phone', device: safari, ip: ipFacts('203.0.113.9', sydney) }),
    sessionRecord({ key: 'bob', user: { id: 'u-bob', name: 'Bob', email: null }, ip: null }),
  ]);
  return { store, ann: touched[0] ?? 0 };
}

describe('findings', () => {
  it('without words are told by their rule when they are read, of the user as he is called now', async () => {
    const { store, ann } = await flagged();
    const evidence = { sighting: { at: '2026-11-20T11:00:00.000Z', ip: '10.0.0.1' }, source: 'chat' };
    await store.write.saveFindings([
      found(
        ann,
        ruleFinding({ rule: 'private-ip', words: null, evidence: { ...evidence, ipClass: 'private' } }),
      ),
    ]);
    const title = '“chat” sees addresses from inside a network';
    const told = async () => (await store.read.findings(all)).rows[0];
    expect(await told()).toMatchObject({
      title,
      explanation: expect.stringContaining(
        '“Ann” at “chat” was seen at 2026-11-20 11:00 UTC from 10.0.0.1, which is of the kind “private”',
      ) as string,
      evidence: { ...evidence, ipClass: 'private' },
    });
    expect((await store.read.incidents({ ...all, query: 'alerting:*' })).rows).toMatchObject([{ title }]);

    await sweep(store, [sessionRecord({ user: { id: 'u-ann', name: 'Ann Smith', email: null } })]);
    expect((await told())?.explanation).toContain('“Ann Smith” at “chat”');
  });

  it('are told whole, and the sessions they name carry their rules', async () => {
    const { store, ann } = await flagged();
    const added = await store.write.saveFindings([
      found(
        ann,
        ruleFinding({ sessions: ['ann-laptop', 'ann-phone', 'unheard-of'] }),
        ruleFinding({
          rule: 'new-country',
          dedupeKey: 'x',
          state: 'learning',
          severity: 'low',
          sessions: ['ann-phone'],
        }),
        ruleFinding({
          rule: 'session-device-change',
          dedupeKey: 'y',
          state: 'suppressed',
          suppressedBy: 'Known VPN.',
          sessions: ['ann-phone'],
        }),
      ),
    ]);

    expect(added).toEqual({ added: 3, changed: 0, withdrawn: [] });
    const { rows } = await store.read.findings({ ...all, query: 'rule:impossible-travel' });
    expect(rows).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{26}$/) as string,
        rule: 'impossible-travel',
        severity: 'high',
        score: 70,
        userId: 'u-ann',
        userName: 'Ann',
        source: 'chat',
        sessions: ['ann-laptop', 'ann-phone'],
        at: '2026-11-20T11:00:00.000Z',
        title: 'Berlin to Sydney in 20 minutes',
        explanation: 'No airliner is that fast.',
        evidence: { distanceKm: 16_000 },
        state: 'open',
        verdict: null,
        suppressedBy: null,
        incident: 'i1',
        verdictReason: null,
        verdictBy: null,
        verdictAt: null,
        prefix: '203.0.113.0/24',
        asn: 64_500,
        client: 'Firefox on Windows',
        duplicateOf: null,
        suppression: null,
      },
    ]);
    expect(await store.read.finding(rows[0]?.id ?? '')).toEqual(rows[0]);
    expect((await store.read.session('ann-phone'))?.findings).toEqual(['impossible-travel', 'new-country']);
    expect((await store.read.session('ann-laptop'))?.findings).toEqual(['impossible-travel']);
  });

  it('about lists of sessions are stored as lines of values, and read with their words', async () => {
    const store = await testStore();
    const { touched } = await sweep(store, [sessionRecord()]);
    const [key, at] = ['a'.repeat(26), '2026-10-01T08:00:00.000Z'];
    const session = { key, startedAt: at, device: 'An app', since: '2026-10-31T08:00:00.000Z' };
    const evidence = {
      ...{ count: 1, sessions: [session], oldestAt: at, isAdministrator: false },
      ...{ afterDays: 30, appAfterDays: 90 },
    };
    await store.write.saveFindings([
      found(touched[0] ?? 0, ruleFinding({ rule: 'old-session', words: null, evidence })),
    ]);
    expect((await store.read.findings(all)).rows).toMatchObject([
      { evidence, title: '1 old session can still be used' },
    ]);
    const telling = lookInto(store.dataDir, (db) =>
      db.prepare<[], Buffer>('SELECT telling FROM finding').pluck().get(),
    );
    expect(telling && isListedTelling(telling)).toBe(true);
  });

  it('are found by their ids and by how these begin', async () => {
    const store = await testStore();
    const { touched } = await sweep(store, [sessionRecord()]);
    const named = Array.from({ length: 20 }, (_, index) => ruleFinding({ dedupeKey: String(index) }));
    await store.write.saveFindings([found(touched[0] ?? 0, ...named)]);
    const ids = (await store.read.findings({ ...all, query: '' })).rows.map(({ id }) => id);
    const [id = ''] = ids;
    const foundBy = async (query: string) =>
      (await store.read.findings({ ...all, query })).rows.map((row) => row.id);
    expect(await foundBy(`id:${id}`)).toEqual([id]);
    expect(await foundBy(`id:${id.toUpperCase()}`)).toEqual([id]);
    for (const length of [1, 2, 3, 25]) {
      const beginning = id.slice(0, length);
      expect(await foundBy(`id:${beginning}*`)).toEqual(ids.filter((each) => each.startsWith(beginning)));
    }
    expect(await foundBy(`id:*${id.slice(-5)}`)).toEqual([id]);
    expect(await foundBy(`id:${id.slice(0, 25)}`)).toEqual([]);
    expect(await foundBy('id:z* OR id:nobody')).toEqual([]);
    expect(await store.read.finding(id)).toMatchObject({ id });
    expect(await store.read.finding('nobody')).toBeNull();
  });

  it('are filtered by the score of their severity, at any bound', async () => {
    const store = await testStore();
    const { touched } = await sweep(store, [sessionRecord()]);
    const ofEach = severity.options.map((each) => ruleFinding({ dedupeKey: each, severity: each }));
    await store.write.saveFindings([found(touched[0] ?? 0, ...ofEach)]);
    const scores = severity.options.map((each) => scoreBySeverity[each]);
    const foundBy = async (query: string) =>
      (await store.read.findings({ ...all, query, sort: 'score' })).rows.map(({ score }) => score);
    for (const bound of [-1, 0, 5, 19.5, 20, 40, 69, 70, 71, 90, 91, 1_000]) {
      expect(await foundBy(`score:>${bound}`)).toEqual(scores.filter((score) => score > bound));
      expect(await foundBy(`score:>=${bound}`)).toEqual(scores.filter((score) => score >= bound));
      expect(await foundBy(`score:<${bound}`)).toEqual(scores.filter((score) => score < bound));
      expect(await foundBy(`score:<=${bound}`)).toEqual(scores.filter((score) => score <= bound));
      expect(await foundBy(`score:${bound}`)).toEqual(scores.filter((score) => score === bound));
      expect(await foundBy(`score:20..${bound}`)).toEqual(
        scores.filter((score) => score >= Math.min(20, bound) && score <= Math.max(20, bound)),
      );
    }
  });

  it('are stored once, in the words of today', async () => {
    const { store, ann } = await flagged();
    const save = (over: Partial<RuleFinding>) => store.write.saveFindings([found(ann, ruleFinding(over))]);
    await save({});
    expect(await save({})).toEqual({ added: 0, changed: 0, withdrawn: [] });
    expect(await save({ severity: 'critical', sessions: ['ann-phone'] })).toMatchObject({ changed: 1 });
    const { rows } = await store.read.findings(all);
    expect(rows).toMatchObject([{ severity: 'critical', sessions: ['ann-phone'] }]);
  });

  it('are withdrawn by their ids, unless an analyst decided on them', async () => {
    const { store, ann } = await flagged();
    await store.write.saveFindings([found(ann, ruleFinding())]);
    const { rows } = await store.read.findings(all);
    const ids = rows.map(({ id }) => id);
    setFindingStates(store, 'closed');
    expect(await store.write.saveFindings([], ids)).toMatchObject({ withdrawn: [] });
    setFindingStates(store, 'open');
    expect(await store.write.saveFindings([], ids)).toMatchObject({ withdrawn: ids });
    expect((await store.read.findings(all)).rows).toEqual([]);
  });

  it('that are suppressed stay in the list', async () => {
    const { store, ann } = await flagged();
    await store.write.saveFindings([
      found(ann, ruleFinding({ state: 'suppressed', suppressedBy: 'Same device.' })),
    ]);
    expect((await store.read.findings(all)).rows).toMatchObject([
      { state: 'suppressed', suppressedBy: 'Same device.' },
    ]);
    expect((await store.read.session('ann-laptop'))?.findings).toEqual([]);
  });

  it('are counted for users and shown on the map', async () => {
    const { store, ann } = await flagged();
    await store.write.saveFindings([
      found(ann, ruleFinding(), ruleFinding({ dedupeKey: 'z', state: 'learning', severity: 'critical' })),
    ]);

    const { rows } = await store.read.users(all);
    const unsaid = { personFrom: null, personBy: null, personAt: null, tags: [], toldTags: [] };
    expect(rows).toEqual([
      {
        source: 'chat',
        userId: 'u-ann',
        userName: 'Ann',
        email: 'ann@example.test',
        personId: null,
        ...unsaid,
        liveSessions: 2,
        sessions: 2,
        openFindings: 1,
        countries: ['AU', 'DE'],
        lastObservedAt: '2026-11-20T12:00:00.000Z',
      },
      expect.objectContaining({ userId: 'u-bob', openFindings: 0, countries: [] }),
    ]);
    const { accuracyKm, ...place } = berlin;
    expect(await store.read.map('user:ann')).toMatchObject({ located: 2, unlocated: 0 });
    const map = await store.read.map('');
    expect(map).toMatchObject({ located: 2, unlocated: 1 });
    expect(map.places).toContainEqual({
      ...place,
      accuracyKm,
      sessions: 1,

      flagged: 1,
      worst: 'high',
    });
    expect(map.places).toContainEqual(expect.objectContaining({ city: 'Sydney', flagged: 0, worst: null }));
  });
});
