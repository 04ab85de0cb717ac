import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AWAY_IP, startSixApis, type SixApis } from '../support/six-apis.ts';
import { poll, startEngine, type TestEngine } from '../support/engine.ts';

let far: SixApis;
let near: TestEngine;
beforeEach(async () => {
  far = await startSixApis();
  near = await startEngine({ env: far.env, sources: far.sources });
});
afterEach(async () => {
  await near.close();
  await far.close();
});

const sessions = async (query: string) => (await near.call.sessions.list({ query })).rows;

describe('six kinds of source, end to end', () => {
  it('lists all of them, complete and without an error', async () => {
    const reports = await poll(near);
    expect(
      [...reports.values()]
        .map(({ source, ok, complete, sessions: count, error }) => [source, ok, complete, count, error])
        .sort(),
    ).toEqual([
      ['app', true, true, 3, null],
      ['chat', true, true, 2, null],
      ['files', true, true, 2, null],
      ['old', true, true, 2, null],
      ['panel', true, true, 2, null],
      ['portal', true, true, 1, null],
    ]);
  });

  it('enriches what they tell with place, network and device', async () => {
    await poll(near);
    const [ann] = await sessions(`source:chat ip:${AWAY_IP}`);
    expect(ann).toMatchObject({
      userName: 'Ann',
      country: 'GB',
      ipClass: 'public',
      placeFrom: 'database',
      browser: 'Chrome',
      os: 'Windows',
    });
    expect(ann?.asn).toBeTypeOf('number');
    const [portal] = await sessions('source:portal current:true');
    expect(portal).toMatchObject({ city: 'Berlin', placeFrom: 'source', lat: 52.52 });
    const [phone] = await sessions('source:files device:mobile');
    expect(phone).toMatchObject({ state: 'unknown', ip: null, country: null, deviceKind: 'mobile' });
  });

  it('says what each can end, and offers nothing where the API has no such call', async () => {
    await poll(near);
    expect((await sessions('revocable:true')).map(({ source }) => source).sort()).toEqual([
      'app',
      'app',
      'app',
      'chat',
      'chat',
      'files',
      'files',
      'panel',
      'panel',
    ]);
    const { items } = await near.call.revocations.plan({ query: 'source:old,portal' });
    expect(new Set(items.map(({ state }) => state))).toEqual(new Set(['skipped']));
  });

  it('ends sessions on every source that can, verified by listing, and spares the own ones', async () => {
    await poll(near);
    const plan = await near.call.revocations.plan({ query: '' });
    expect(plan.counts).toMatchObject({ planned: 5 });
    const { id } = await near.call.revocations.start({ planId: plan.id, reason: 'incident 42' });
    for await (const _ of await near.call.revocations.watch({ id }));
    const job = await near.call.revocations.get({ id });
    expect(job.state).toBe('done');
    expect(job.counts.verified).toBe(5);
    const ended = new Map(
      job.items.filter(({ state }) => state === 'verified').map(({ session, source }) => [session, source]),
    );
    expect([...ended.values()].sort()).toEqual(['app', 'app', 'chat', 'files', 'panel']);
    for (const key of ended.keys()) expect((await near.call.sessions.get({ key })).state).toBe('revoked');

    expect(far.apis['better-auth'].sessions.map(({ id: each }) => each)).toEqual(['app-session-admin']);
    expect(far.apis.zipline.sessions.map(({ id: each }) => each)).toEqual(['files-session-own-1']);
    expect(far.apis.xyrapanel.sessions).toHaveLength(1);
    expect((await near.call.audit.verify()).ok).toBe(true);
  });

  it('never asks Zipline to end all, nor XyraPanel to delete all', async () => {
    await poll(near);
    const plan = await near.call.revocations.plan({ query: 'source:files,panel' });
    const { id } = await near.call.revocations.start({ planId: plan.id, reason: 'incident 42' });
    for await (const _ of await near.call.revocations.watch({ id }));
    const deletes = [...far.apis.zipline.requests, ...far.apis.xyrapanel.requests].filter(
      ({ method }) => method === 'DELETE',
    );
    expect(deletes).toHaveLength(2);
    for (const { body, path } of deletes) {
      expect(JSON.stringify(body)).not.toContain('all');
      expect(path).not.toContain('includeCurrent');
    }
  });

  it('writes nothing new when nothing changed', async () => {
    await poll(near);
    for (const report of (await poll(near)).values()) {
      expect(report).toMatchObject({ ok: true, new: 0, ended: 0, observations: 0, findings: 0 });
    }
  });

  it('sees a session end, and a portal session move into history as one session', async () => {
    await poll(near);
    const api = far.apis['7331-portal'];
    const first = api.sessions[0];
    if (first === undefined) throw new Error('the portal has a session');
    const [before] = await sessions('source:portal current:true');
    first.endedAtMs = Date.now();
    await poll(near, ['portal']);
    const after = await near.call.sessions.get({ key: before?.key ?? '' });
    expect(after).toMatchObject({ key: before?.key, state: 'ended', startedAt: before?.startedAt });
    expect(await sessions('source:portal')).toHaveLength(2);
  });
});
