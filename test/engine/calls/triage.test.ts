import { describe, expect, it, vi } from 'vitest';
import { createAuditLog } from '../../../src/engine/audit/log.ts';
import { verifyChain } from '../../../src/engine/audit/chain.ts';
import { triageCalls } from '../../../src/engine/calls/triage.ts';
import { Changes } from '../../../src/engine/changes.ts';
import { createJudge } from '../../../src/engine/poll/judge.ts';
import { ipFacts, NOON_MS, safari, sessionRecord, sydney } from '../../support/records.ts';
import { sweep, testStore } from '../../support/data-dir.ts';
import { all } from '../../support/triage.ts';

/** Ann at home, and within the hour in Sydney: judged as a poll does. */
async function journey() {
  const store = await testStore();
  const { touched } = await sweep(store, [
    sessionRecord(),
    sessionRecord({
      key: 'away',
      device: safari,
      startedAtMs: NOON_MS - 3_000_000,
      ip: ipFacts('203.0.113.9', sydney, { asn: 64_511, org: 'Far Net', kinds: [] }),
    }),
  ]);
  const judge = vi.fn(createJudge({ store, clock: store.clock, onFindings: () => undefined }).judge);
  await judge(new Set(touched));
  const audit = createAuditLog({
    write: store.write,
    clock: store.clock,
    actor: 'ann via test',
    onAppend: () => undefined,
  });
  const calls = triageCalls({
    actor: 'ann via test',
    clock: store.clock,
    store,
    changes: new Changes(store.clock),
    requireWriting: () => ({ write: store.write, audit }),
    judge,
  });
  const travel = async () => (await store.read.findings({ ...all, query: 'rule:impossible-travel' })).rows[0];
  return { store, calls, judge, travel };
}

describe('a decision', () => {
  it('has the user judged again, and what was decided on stays', async () => {
    const { calls, judge, travel } = await journey();
    const id = (await travel())?.id ?? '';
    judge.mockClear();
    const decided = await calls.findings.decide({
      ids: [id],
      verdict: 'true-positive',
      reason: 'Stolen.',
      duplicateOf: null,
    });
    expect(decided).toEqual({ findings: 1, sessions: ['ann-laptop', 'away'] });
    expect(judge).toHaveBeenCalledOnce();
    expect(await travel()).toMatchObject({
      state: 'closed',
      verdict: 'true-positive',
      verdictBy: 'ann via test',
    });
  });

  it('is in the audit chain, with who, what and why, and so is taking it back', async () => {
    const { store, calls, travel } = await journey();
    const id = (await travel())?.id ?? '';
    await calls.findings.decide({
      ids: [id],
      verdict: 'benign-positive',
      reason: 'Our test.',
      duplicateOf: null,
    });
    await calls.findings.reopen({ ids: [id], reason: 'It was not.' });
    const entries = await store.read.audit(2, null);
    expect(entries.map(({ actor, action, detail }) => ({ actor, action, detail }))).toEqual([
      {
        actor: 'ann via test',
        action: 'findings.reopened',
        detail: { findings: [id], count: 1, verdict: null, reason: 'It was not.', duplicateOf: null },
      },
      {
        actor: 'ann via test',
        action: 'findings.decided',
        detail: {
          findings: [id],
          count: 1,
          verdict: 'benign-positive',
          reason: 'Our test.',
          duplicateOf: null,
        },
      },
    ]);
    expect(await verifyChain((after) => store.read.auditFrom(after))).toMatchObject({ ok: true });
    expect((await travel())?.verdict).toBeNull();
  });

  it('names an original only of a duplicate, and always of one', async () => {
    const { calls, travel } = await journey();
    const ids = [(await travel())?.id ?? ''];
    const decide = (verdict: 'duplicate' | 'benign-positive', duplicateOf: string | null) =>
      calls.findings.decide({ ids, verdict, reason: 'The same.', duplicateOf });
    await expect(decide('duplicate', null)).rejects.toMatchObject({
      code: 'invalid-input',
      field: 'duplicateOf',
    });
    await expect(decide('benign-positive', 'i1')).rejects.toMatchObject({
      code: 'invalid-input',
      field: 'duplicateOf',
    });
  });

  it('leaves no trace in the audit when it is refused', async () => {
    const { store, calls } = await journey();
    const before = await store.read.audit(10, null);
    const refused = calls.incidents.decide({
      ids: ['i77'],
      verdict: 'benign-positive',
      reason: 'None.',
      duplicateOf: null,
    });
    await expect(refused).rejects.toMatchObject({ code: 'not-found' });
    expect(await store.read.audit(10, null)).toEqual(before);
  });
});
