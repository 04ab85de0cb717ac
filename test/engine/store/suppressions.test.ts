import { describe, expect, it } from 'vitest';
import type { SuppressionRequest, SuppressionScope } from '../../../src/contract/suppression.ts';
import { NOON_MS, ruleFinding } from '../../support/records.ts';
import { aDecision, all, another, draft, flaggedStore, scopeOf, type Flagged } from '../../support/triage.ts';

const DAY_MS = 86_400_000;
const otherWords = { title: 'In other words', explanation: '' };

const suppress = (
  { store }: Flagged,
  scope: Partial<SuppressionScope>,
  days: SuppressionRequest['days'] = 30,
) =>
  store.write.addSuppression(
    { scope: scopeOf(scope), reason: 'Our gateway.', days },
    { owner: 'ann', atMs: store.clock.now() },
    draft,
  );
const states = async ({ store }: Flagged) =>
  (await store.read.findings({ ...all, sort: 'rule' })).rows
    .map(({ rule, state }) => `${rule} ${state}`)
    .sort();

describe('a suppression', () => {
  it('silences what comes, which stays searchable with the reason, and counts', async () => {
    const flagged = await flaggedStore();
    const added = await suppress(flagged, { rule: 'impossible-travel' });
    expect(added).toMatchObject({
      id: 's1',
      owner: 'ann',
      expiresAt: '2026-12-20T12:00:00.000Z',
      inForce: true,
      hits: 0,
      lastHitAt: null,
    });
    await flagged.save(ruleFinding(), another());
    expect(await states(flagged)).toEqual(['impossible-travel suppressed', 'new-country open']);
    expect((await flagged.store.read.findings({ ...all, query: 'suppression:s1' })).rows).toMatchObject([
      { suppressedBy: 'Suppression: Our gateway.', suppression: 's1' },
    ]);
    await flagged.save(ruleFinding({ words: otherWords }));
    expect(await flagged.store.read.suppressions()).toMatchObject([
      { hits: 1, lastHitAt: '2026-11-20T12:00:00.000Z' },
    ]);
  });

  it('silences what is open when it is made: exactly what its preview named', async () => {
    const flagged = await flaggedStore();
    await flagged.save(ruleFinding(), another(), another({ dedupeKey: 'learning', state: 'learning' }));
    const preview = await flagged.store.read.previewSuppression({
      scope: scopeOf({ rule: 'impossible-travel' }),
      days: 90,
    });
    expect(preview).toMatchObject({
      total: 1,
      findings: [{ rule: 'impossible-travel', state: 'open' }],
      incidents: [],
    });
    expect(await suppress(flagged, { rule: 'impossible-travel' })).toMatchObject({ hits: 1 });
    expect(await states(flagged)).toEqual([
      'impossible-travel suppressed',
      'new-country learning',
      'new-country open',
    ]);
    expect(await flagged.store.read.incident('i1')).toMatchObject({ score: 39.8, openFindings: 1 });
  });

  it('has its preview name the incidents that vanish, and changes nothing by it', async () => {
    const flagged = await flaggedStore();
    await flagged.save(ruleFinding());
    const preview = await flagged.store.read.previewSuppression({
      scope: scopeOf({ source: 'chat', userId: 'u-ann' }),
      days: 30,
    });
    expect(preview.incidents).toMatchObject([{ id: 'i1', userName: 'Ann' }]);
    expect(await states(flagged)).toEqual(['impossible-travel open']);
    const old = await flagged.store.read.previewSuppression({ scope: scopeOf({ asn: 64_500 }), days: 30 });
    expect(old.total).toBe(1);
    await flagged.save(ruleFinding({ dedupeKey: 'old', atMs: NOON_MS - 31 * DAY_MS }));
    const both = (days: number) =>
      flagged.store.read.previewSuppression({ scope: scopeOf({ asn: 64_500 }), days: days === 30 ? 30 : 90 });
    expect([(await both(30)).total, (await both(90)).total]).toEqual([1, 2]);
  });

  it('is warned of when nothing of a rule would be left, even where it names no rule', async () => {
    const flagged = await flaggedStore();
    await flagged.save(
      ruleFinding(),
      another({ infrastructure: { prefix: null, asn: 64_511, client: null } }),
    );
    const warnings = async (scope: Partial<SuppressionScope>) =>
      (await flagged.store.read.previewSuppression({ scope: scopeOf(scope), days: 90 })).warnings;
    expect(await warnings({ asn: 64_511 })).toEqual([
      'Nothing of “New country for this user” would be left: all 1 open findings of the last 90 days would be silenced.',
    ]);
    expect(await warnings({ rule: 'tor-exit' })).toEqual([
      'It names the rule and nothing else: “Tor exit” would never alert for anybody.',
    ]);
    expect(await warnings({ rule: 'tor-exit', asn: 1 })).toEqual([]);
  });

  it('ended by hand gives back what it silenced, unless another one does', async () => {
    const flagged = await flaggedStore();
    await suppress(flagged, { rule: 'impossible-travel' });
    await suppress(flagged, { asn: 64_500, rule: 'new-country' });
    await flagged.save(ruleFinding(), another());
    await suppress(flagged, { asn: 64_500 });
    expect(await flagged.store.write.endSuppression('s1', NOON_MS, draft)).toEqual({ reopened: 0 });
    expect(await states(flagged)).toEqual(['impossible-travel suppressed', 'new-country suppressed']);
    expect(await flagged.store.write.endSuppression('s3', NOON_MS, draft)).toEqual({ reopened: 1 });
    expect(await states(flagged)).toEqual(['impossible-travel open', 'new-country suppressed']);
    expect((await flagged.store.read.incidents(all)).rows).toMatchObject([
      { openFindings: 1, rules: ['impossible-travel', 'new-country'] },
    ]);
    await expect(flagged.store.write.endSuppression('s3', NOON_MS, draft)).rejects.toMatchObject({
      code: 'refused',
    });
    await expect(flagged.store.write.endSuppression('s9', NOON_MS, draft)).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('that has expired lets new findings through, and keeps the old ones', async () => {
    const flagged = await flaggedStore();
    await suppress(flagged, { asn: 64_500 }, 1);
    await flagged.save(ruleFinding());
    await flagged.store.clock.advance(DAY_MS);
    await flagged.save(ruleFinding({ words: otherWords }), another());
    expect(await states(flagged)).toEqual(['impossible-travel suppressed', 'new-country open']);
    expect(await flagged.store.read.suppressions()).toMatchObject([
      { inForce: false, endedAt: null, hits: 1 },
    ]);
  });

  it('never expires only where that was said', async () => {
    const flagged = await flaggedStore();
    expect(await suppress(flagged, { asn: 64_500 }, 'never')).toMatchObject({ expiresAt: null });
    await flagged.store.clock.advance(400 * DAY_MS);
    await flagged.save(ruleFinding());
    expect(await states(flagged)).toEqual(['impossible-travel suppressed']);
  });

  it('leaves verdicts alone, and is there again when one is taken back', async () => {
    const flagged = await flaggedStore();
    await flagged.save(ruleFinding());
    await flagged.store.write.decide({ kind: 'incidents', ids: ['i1'] }, aDecision('true-positive'), draft);
    await suppress(flagged, { asn: 64_500 });
    expect(await states(flagged)).toEqual(['impossible-travel closed']);
  });

  it('is refused for a network that is none', async () => {
    const flagged = await flaggedStore();
    await expect(suppress(flagged, { network: 'my office' })).rejects.toMatchObject({
      code: 'invalid-input',
    });
    expect(() => scopeOf({})).toThrow(/silence everything/);
    expect(() => scopeOf({ userId: 'u1' })).toThrow(/which source/);
  });
});
