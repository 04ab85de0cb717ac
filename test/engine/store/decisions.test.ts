import { describe, expect, it } from 'vitest';
import { factsIn } from '../../support/facts-in.ts';
import { NOON_MS, ruleFinding } from '../../support/records.ts';
import { aDecision, all, another, draft, flaggedStore, type Flagged } from '../../support/triage.ts';

const away = {
  sighting: 'start:ann-phone',
  ip: '203.0.113.9',
  country: 'AU',
  asn: null,
  networkKinds: [],
  browser: 'Mobile Safari',
  os: 'iOS',
  deviceKind: 'mobile',
};
const home = {
  ...away,
  sighting: 'start:ann-laptop',
  ip: '198.51.100.7',
  country: 'DE',
  browser: 'Firefox',
  os: 'Windows',
  deviceKind: 'desktop',
};
const travel = ruleFinding({
  infrastructure: { prefix: '203.0.113.0/24', asn: null, client: 'Mobile Safari on iOS' },
  sessions: ['ann-laptop', 'ann-phone'],
  evidence: { from: home, to: away },
});

async function idsOf({ store }: Flagged): Promise<readonly string[]> {
  return (await store.read.findings({ ...all, sort: 'rule' })).rows.map(({ id }) => id);
}

describe('a verdict', () => {
  it('closes a finding and says who, when and why', async () => {
    const flagged = await flaggedStore();
    await flagged.save(travel);
    const effect = await flagged.store.write.decide(
      { kind: 'findings', ids: await idsOf(flagged) },
      aDecision('benign-positive'),
      draft,
    );
    expect(effect).toEqual({ findings: 1, sessions: ['ann-laptop', 'ann-phone'], users: [flagged.ann] });
    expect((await flagged.store.read.findings(all)).rows).toMatchObject([
      {
        state: 'closed',
        verdict: 'benign-positive',
        verdictReason: 'Because.',
        verdictBy: 'bob',
        verdictAt: '2026-11-20T12:00:00.000Z',
      },
    ]);
    expect((await flagged.store.read.users({ ...all, query: 'user:ann' })).rows[0]?.openFindings).toBe(0);
    expect((await flagged.store.read.audit(1, null))[0]?.action).toBe('test.done');
  });

  it('on an incident closes all that waits in it, and the incident', async () => {
    const flagged = await flaggedStore();
    await flagged.save(
      travel,
      another({ state: 'learning' }),
      another({ dedupeKey: 'quiet', state: 'suppressed', suppressedBy: 'Known.' }),
    );
    await flagged.store.write.decide({ kind: 'incidents', ids: ['i1'] }, aDecision('true-positive'), draft);
    expect(await flagged.store.read.incident('i1')).toMatchObject({
      state: 'closed',
      alerting: false,
      verdict: 'true-positive',
      verdictBy: 'bob',
    });
    expect((await flagged.store.read.findings({ ...all, query: 'state:closed' })).rows).toHaveLength(2);
    expect((await flagged.store.read.findings({ ...all, query: 'state:suppressed' })).rows).toHaveLength(1);
  });

  it('taken back leaves everything as the rules had it', async () => {
    const flagged = await flaggedStore();
    await flagged.save(travel, another({ state: 'learning' }));
    const before = await flagged.store.read.findings(all);
    await flagged.store.write.decide({ kind: 'incidents', ids: ['i1'] }, aDecision('false-positive'), draft);
    await flagged.store.write.decide({ kind: 'incidents', ids: ['i1'] }, aDecision(null), draft);
    expect(await flagged.store.read.findings(all)).toEqual(before);
    expect(factsIn(flagged.store, flagged.ann)?.learned).toBeUndefined();
  });

  it('“true positive” keeps the attacker’s sightings, and only his, from teaching', async () => {
    const flagged = await flaggedStore();
    await flagged.save(travel);
    const quarantined = () =>
      factsIn(flagged.store, flagged.ann)
        ?.sightings.filter(({ isQuarantined }) => isQuarantined === true)
        .map(({ sessionKey }) => sessionKey);
    expect(quarantined()).toEqual([]);
    await flagged.store.write.decide({ kind: 'incidents', ids: ['i1'] }, aDecision('true-positive'), draft);
    expect(quarantined()).toEqual(['ann-phone']);
    await flagged.store.write.decide({ kind: 'incidents', ids: ['i1'] }, aDecision(null), draft);
    expect(quarantined()).toEqual([]);
  });

  it('“false positive” makes the values of the doubted side known', async () => {
    const flagged = await flaggedStore();
    await flagged.save(travel);
    await flagged.store.write.decide({ kind: 'incidents', ids: ['i1'] }, aDecision('false-positive'), draft);
    const learned = factsIn(flagged.store, flagged.ann)?.learned ?? [];
    expect(new Set(learned.map(({ feature, value }) => `${feature} ${value}`))).toEqual(
      new Set([
        'prefix 203.0.113.0/24',
        'country AU',
        'os iOS',
        'browser Mobile Safari',
        'device iOS|mobile|Mobile Safari',
      ]),
    );
  });

  it('“benign positive” teaches nothing', async () => {
    const flagged = await flaggedStore();
    await flagged.save(travel);
    await flagged.store.write.decide({ kind: 'incidents', ids: ['i1'] }, aDecision('benign-positive'), draft);
    expect(factsIn(flagged.store, flagged.ann)?.learned).toBeUndefined();
  });

  it('“duplicate” links to what it repeats, and never to itself', async () => {
    const flagged = await flaggedStore();
    await flagged.save(travel, another());
    const [travelId = '', countryId = ''] = await idsOf(flagged);
    const duplicate = (duplicateOf: string) =>
      flagged.store.write.decide(
        { kind: 'findings', ids: [countryId] },
        aDecision('duplicate', { duplicateOf }),
        draft,
      );
    await expect(duplicate(countryId)).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(duplicate('i99')).rejects.toMatchObject({ code: 'not-found' });
    await duplicate(travelId);
    expect(await flagged.store.read.finding(countryId)).toMatchObject({
      state: 'closed',
      duplicateOf: travelId,
    });
  });

  it('is not given for nothing, and then changes nothing', async () => {
    const flagged = await flaggedStore();
    await flagged.save(travel);
    const decide = (
      kind: 'findings' | 'incidents',
      ids: readonly string[],
      verdict: Parameters<typeof aDecision>[0] = 'benign-positive',
    ) => flagged.store.write.decide({ kind, ids }, aDecision(verdict), draft);
    await expect(decide('findings', [...(await idsOf(flagged)), 'none'])).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(decide('incidents', ['i1', 'i7'])).rejects.toMatchObject({ code: 'not-found' });
    await expect(decide('incidents', ['i1'], null)).rejects.toMatchObject({ code: 'refused' });
    expect(await flagged.store.read.count('findings', 'state:open')).toBe(1);
    await decide('incidents', ['i1']);
    await expect(decide('incidents', ['i1'])).rejects.toMatchObject({ code: 'refused' });
  });

  it('stays when the rules say something else afterwards', async () => {
    const flagged = await flaggedStore();
    await flagged.save(travel);
    const [id = ''] = await idsOf(flagged);
    await flagged.store.write.decide({ kind: 'findings', ids: [id] }, aDecision('true-positive'), draft);
    await flagged.save({ ...travel, severity: 'low' });
    expect(await flagged.store.read.finding(id)).toMatchObject({
      severity: 'high',
      verdict: 'true-positive',
    });
    expect(await flagged.store.write.saveFindings([], [id])).toMatchObject({ withdrawn: [] });
  });

  it('does not keep an incident closed when its attacker comes again', async () => {
    const flagged = await flaggedStore();
    await flagged.save(travel);
    await flagged.store.write.decide({ kind: 'incidents', ids: ['i1'] }, aDecision('benign-positive'), draft);
    await flagged.save(another({ atMs: NOON_MS }));
    expect(await flagged.store.read.incident('i1')).toMatchObject({
      state: 'open',
      openFindings: 1,
      score: 40,
    });
  });
});
