import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { RevocationItem, RevocationItemState } from '../../../src/contract/revocation.ts';
import { verifyChain } from '../../../src/engine/audit/chain.ts';
import { chatConfig, sweep, testStore } from '../../support/data-dir.ts';
import { eventRecord, ipFacts, NOON_MS, offline, ruleFinding, sessionRecord } from '../../support/records.ts';
import { found } from '../../support/found.ts';

const all = { query: '', sort: null, limit: 50, cursor: null };
const item: RevocationItem = {
  session: 'ann-laptop',
  source: 'chat',
  userId: 'u-ann',
  userName: 'Ann',
  hint: 'ab12',
  state: 'planned',
  why: null,
};

/** A step of `job`, with the audit entry that goes with it. */
function step(session: string, state: RevocationItemState) {
  const audit = {
    at: '2026-11-20T12:00:00.000Z',
    actor: 'ann',
    action: 'revocation.item',
    detail: { state },
  };
  return { id: 'job', session, state, why: null, atMs: NOON_MS, audit };
}

describe('sources', () => {
  it('tell how they are, and a failure leaves their sessions alone', async () => {
    const store = await testStore();
    await sweep(store, [sessionRecord()]);
    await store.clock.advance(1000);
    await store.write.recordFailure('chat', offline, store.clock.now());

    expect(await store.read.sources()).toEqual([
      {
        config: chatConfig(),
        demo: false,
        problem: offline,
        lastAttemptAtMs: NOON_MS + 1000,
        lastCompleteAtMs: NOON_MS,
        liveSessions: 1,
        rejectedRows: 0,
        rejectedExamples: [],
      },
    ]);
    await sweep(store, [sessionRecord()]);
    expect((await store.read.sources())[0]).toMatchObject({
      problem: null,
      lastCompleteAtMs: NOON_MS + 1000,
    });
  });

  it('keep their sessions when their configuration changes', async () => {
    const store = await testStore();
    await sweep(store, [sessionRecord()]);
    await store.write.putSource({ ...chatConfig(), url: 'https://chat.example.test' }, true);

    expect(await store.read.sources()).toMatchObject([
      { demo: true, liveSessions: 1, config: { url: 'https://chat.example.test' } },
    ]);
  });

  it('are forgotten with everything that came from them, and with nothing else', async () => {
    const store = await testStore();
    await store.write.putSource(chatConfig('other'), false);
    const { touched } = await sweep(store, { rows: [sessionRecord()], events: [eventRecord()] });
    await store.write.saveFindings([found(touched[0] ?? 0, ruleFinding())]);
    await sweep(store, [sessionRecord({ key: 'kept', ip: ipFacts('10.0.0.1') })], { source: 'other' });
    await store.write.createRevocation({ id: 'job', reason: 'why', createdAtMs: NOON_MS, items: [item] });
    await store.write.removeSource('chat');

    expect((await store.read.sources()).map(({ config }) => config.id)).toEqual(['other']);
    expect((await store.read.sessions(all)).rows.map(({ key }) => key)).toEqual(['kept']);
    expect((await store.read.users(all)).rows.map(({ source }) => source)).toEqual(['other']);
    expect((await store.read.findings(all)).total).toBe(0);
    expect((await store.read.events(all)).rows.map(({ source }) => source)).toEqual(['other']);
    expect((await store.read.revocation('job'))?.items).toEqual([item]);
    const db = new Database(join(store.dataDir, 'sessionscope.db'), { readonly: true });
    expect(db.prepare('SELECT address FROM ip').pluck().all()).toEqual(['10.0.0.1']);
    db.close();

    await store.write.putSource(chatConfig(), false);
    await sweep(store, [sessionRecord()]);
    expect((await store.read.session('ann-laptop'))?.ip).toBe('198.51.100.7');
  });

  it('that do not exist are named', async () => {
    const store = await testStore();
    await expect(store.write.removeSource('nobody')).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('"nobody"') as string,
    });
  });
});

describe('revocations', () => {
  it('keep the frozen list and what became of each item', async () => {
    const store = await testStore();
    await store.write.createRevocation({
      id: 'job',
      reason: 'stolen',
      createdAtMs: NOON_MS,
      items: [item, { ...item, session: 'other', state: 'skipped', why: 'It is your own.' }],
    });
    expect(await store.read.unfinishedRevocations()).toEqual(['job']);
    await store.write.setRevocationState('job', 'running', null);
    await store.write.recordRevocationStep(step('ann-laptop', 'verified'));
    await store.write.setRevocationState('job', 'done', NOON_MS + 1000);

    const summary = {
      id: 'job',
      state: 'done',
      reason: 'stolen',
      createdAt: '2026-11-20T12:00:00.000Z',
      finishedAt: '2026-11-20T12:00:01.000Z',
      counts: { verified: 1, skipped: 1 },
    };
    expect(await store.read.revocations(10)).toEqual([summary]);
    expect(await store.read.revocation('job')).toMatchObject({
      ...summary,
      items: [{ state: 'verified' }, { why: 'It is your own.' }],
    });
    expect(await store.read.revocationSummary('job')).toEqual(summary);
    expect(await store.read.unfinishedRevocations()).toEqual([]);
    expect(await store.read.revocation('nobody')).toBeNull();
    expect(await store.read.revocationSummary('nobody')).toBeNull();
    await expect(store.write.recordRevocationStep(step('x', 'failed'))).rejects.toMatchObject({
      code: 'not-found',
    });
    // The step that failed left no entry behind: state and entry are written together or not at all.
    expect((await store.read.audit(10, null)).map(({ detail }) => detail)).toEqual([{ state: 'verified' }]);
  });

  it('are told newest first, and unfinished ones oldest first', async () => {
    const store = await testStore();
    for (const [index, id] of ['a', 'b', 'c'].entries()) {
      await store.write.createRevocation({ id, reason: 'r', createdAtMs: NOON_MS + index, items: [] });
    }
    await store.write.setRevocationState('b', 'stopped', null);

    expect((await store.read.revocations(2)).map(({ id }) => id)).toEqual(['c', 'b']);
    expect(await store.read.unfinishedRevocations()).toEqual(['a', 'c']);
  });
});

describe('the audit chain', () => {
  it('holds from the first entry on and can be neither changed nor shortened', async () => {
    const store = await testStore();
    for (const action of ['one', 'two', 'three']) {
      const at = new Date(NOON_MS).toISOString();
      await store.write.appendAudit({
        at,
        actor: 'ann via cli',
        action,
        detail: { list: [1, null], text: 'ü\ud800' },
      });
    }

    expect(await verifyChain((seq) => store.read.auditFrom(seq))).toMatchObject({ ok: true, entries: 3 });
    expect((await store.read.audit(2, null)).map(({ seq }) => seq)).toEqual([3, 2]);
    expect((await store.read.audit(2, 2)).map(({ action }) => action)).toEqual(['one']);
    expect((await store.read.auditFrom(2)).map(({ seq }) => seq)).toEqual([3]);
    const db = new Database(join(store.dataDir, 'sessionscope.db'));
    expect(() => db.exec("UPDATE audit SET actor = 'eve'")).toThrow('never changed');
    expect(() => db.exec('DELETE FROM audit WHERE seq = 3')).toThrow('never removed');
    db.close();
  });
});
