import { describe, expect, it } from 'vitest';
import { sweep, testStore } from '../../support/data-dir.ts';
import { found } from '../../support/found.ts';
import { NOON_MS, ruleFinding } from '../../support/records.ts';
import { travellers } from '../../support/travellers.ts';
import { all, another, draft, flaggedStore, secondAttacker } from '../../support/triage.ts';

const HOUR_MS = 3_600_000;

describe('stored incidents', () => {
  it('hold what one attacker left, with whose it is and how bad', async () => {
    const { store, save } = await flaggedStore();
    await save(ruleFinding({ sessions: ['ann-laptop', 'ann-phone'] }), another({ sessions: ['ann-phone'] }));
    const { rows, total } = await store.read.incidents(all);
    expect(total).toBe(1);
    expect(rows[0]).toMatchObject({
      id: 'i1',
      state: 'open',
      severity: 'high',
      alerting: true,
      userName: 'Ann',
      source: 'chat',
      title: 'Berlin to Sydney in 20 minutes',
      rules: ['impossible-travel', 'new-country'],
      findings: 2,
      openFindings: 2,
      sessions: ['ann-laptop', 'ann-phone'],
      firstAt: '2026-11-20T11:00:00.000Z',
      assignee: null,
      notes: 0,
      verdict: null,
    });
    expect((await store.read.findings({ ...all, query: 'incident:i1' })).rows).toHaveLength(2);
  });

  it('are made of everybody whose findings are saved at once, however many', async () => {
    const store = await testStore();
    const { touched } = await sweep(store, travellers(501));
    await store.write.saveFindings(
      touched.map((user, nth) => found(user, ruleFinding({ userId: `u-${nth}`, sessions: [] }))),
      [],
      NOON_MS,
    );
    expect((await store.read.incidents(all)).total).toBe(501);
    expect((await store.read.findings({ ...all, query: 'incident:i501' })).rows).toHaveLength(1);
  });

  it('fade: their score halves in a week, and the order by score is that of the moment', async () => {
    const { store, save } = await flaggedStore();
    await save(
      ruleFinding({ atMs: NOON_MS - 14 * 24 * HOUR_MS, severity: 'critical' }),
      another({ infrastructure: secondAttacker, atMs: NOON_MS }),
    );
    const { rows } = await store.read.incidents(all);
    expect(rows.map(({ score }) => score)).toEqual([40, 22.5]);
    expect((await store.read.incidents({ ...all, query: 'score:>30' })).rows).toHaveLength(1);
    expect((await store.read.incidents({ ...all, sort: 'score' })).rows.map(({ id }) => id)).toEqual([
      'i1',
      'i2',
    ]);
  });

  it('keep their number, assignee and notes when findings join', async () => {
    const { store, save } = await flaggedStore();
    await save(another({ infrastructure: secondAttacker }));
    await store.write.assignIncidents(['i1'], 'Bob', draft);
    await store.write.addNote('i1', { text: 'Called her.', by: 'bob', atMs: NOON_MS }, draft);
    await save(ruleFinding({ infrastructure: secondAttacker }));
    expect(await store.read.incident('i1')).toMatchObject({
      findings: 2,
      assignee: 'Bob',
      noteTexts: [{ at: '2026-11-20T12:00:00.000Z', by: 'bob', text: 'Called her.' }],
    });
  });

  it('that turn out to be one go on as the oldest, with the notes of both, and answer to both names', async () => {
    const { store, save } = await flaggedStore();
    await save(ruleFinding());
    await save(another({ infrastructure: secondAttacker }));
    await store.write.addNote('i2', { text: 'Odd.', by: 'bob', atMs: NOON_MS }, draft);
    await store.write.assignIncidents(['i2'], 'Bob', draft);
    const { prefix } = ruleFinding().infrastructure;
    await save(
      another({ rule: 'new-device', dedupeKey: 'link', infrastructure: { ...secondAttacker, prefix } }),
    );
    expect((await store.read.incidents(all)).rows.map(({ id }) => id)).toEqual(['i1']);
    expect(await store.read.incident('i2')).toMatchObject({
      id: 'i1',
      findings: 3,
      notes: 1,
      assignee: 'Bob',
    });
  });

  it('fall apart when what linked them is withdrawn: the earliest part keeps the name', async () => {
    const { store, save } = await flaggedStore();
    const { prefix } = ruleFinding().infrastructure;
    await save(
      ruleFinding(),
      another({ infrastructure: secondAttacker, atMs: NOON_MS }),
      another({ rule: 'new-device', dedupeKey: 'link', infrastructure: { ...secondAttacker, prefix } }),
    );
    const link = (await store.read.findings({ ...all, query: 'rule:new-device' })).rows[0]?.id ?? '';
    await store.write.saveFindings([], [link]);
    const incident = async (rule: string) =>
      (await store.read.findings({ ...all, query: `rule:${rule}` })).rows[0]?.incident;
    expect(await incident('impossible-travel')).toBe('i1');
    expect(await incident('new-country')).toBe('i2');
  });

  it('are gone with the last of their findings', async () => {
    const { store, save } = await flaggedStore();
    await save(ruleFinding());
    await store.write.addNote('i1', { text: 'Odd.', by: 'bob', atMs: NOON_MS }, draft);
    const [finding] = (await store.read.findings(all)).rows;
    await store.write.saveFindings([], [finding?.id ?? '']);
    expect(await store.read.incident('i1')).toBeNull();
  });

  it('are not made of what is suppressed or still being learned, until something alerts', async () => {
    const { store, save } = await flaggedStore();
    await save(ruleFinding({ state: 'learning' }), another({ state: 'suppressed', suppressedBy: 'Known.' }));
    expect((await store.read.incidents(all)).rows).toEqual([]);
    await save(another({ rule: 'tor-exit', dedupeKey: 'tor', atMs: NOON_MS }));
    expect((await store.read.incidents(all)).rows).toMatchObject([
      { findings: 3, openFindings: 1, score: 40 },
    ]);
  });

  it('are found by what their findings and sessions are', async () => {
    const { store, save } = await flaggedStore();
    await save(ruleFinding({ sessions: ['ann-phone'] }));
    await store.write.assignIncidents(['i1'], 'Änne', draft);
    const hits = [
      'user:ann',
      'rule:impossible-travel',
      'country:AU',
      'session:ann-phone',
      'assignee:ÄNNE',
      'state:open alerting:true',
      'severity:>=high',
      'id:I1',
      'lastAt:<2h',
    ];
    for (const query of hits) expect([query, await store.read.count('incidents', query)]).toEqual([query, 1]);
    const misses = [
      'user:bob',
      'rule:new-country',
      'country:DE',
      'session:ann-laptop',
      '-assignee:*',
      'state:closed',
      'id:i2',
    ];
    for (const query of misses)
      expect([query, await store.read.count('incidents', query)]).toEqual([query, 0]);
  });

  it('are what the overview counts, those that alert by severity, each as the list has them', async () => {
    const { store, save } = await flaggedStore();
    await save(
      ruleFinding(),
      another(),
      another({
        rule: 'new-device',
        dedupeKey: 'low',
        severity: 'low',
        infrastructure: secondAttacker,
      }),
    );
    expect((await store.read.overview('')).openIncidents).toEqual({
      critical: 0,
      high: 1,
      medium: 0,
      withoutAlert: 1,
    });
    expect(await store.read.count('incidents', 'state:open alerting:false')).toBe(1);
    expect(await store.read.count('incidents', 'state:open alerting:true severity:high')).toBe(1);
  });

  it('go with the source they came from', async () => {
    const { store, save } = await flaggedStore();
    await save(ruleFinding());
    await store.write.addNote('i1', { text: 'Odd.', by: 'bob', atMs: NOON_MS }, draft);
    await store.write.removeSource('chat');
    expect((await store.read.incidents(all)).rows).toEqual([]);
  });
});
