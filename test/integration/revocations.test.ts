import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RevocationItemState } from '../../src/contract/revocation.ts';
import type { LoggedRequest } from '../../src/demo/api/request-log.ts';
import { eagerClock } from '../support/clock.ts';
import { poll, startEngine, type TestEngine } from '../support/engine.ts';
import { planted, startSixApis, type SixApis } from '../support/six-apis.ts';

let far: SixApis;
let near: TestEngine;
beforeEach(async () => {
  far = await startSixApis();
  near = await startEngine({ env: far.env, sources: far.sources, clock: eagerClock() });
  await poll(near);
});
afterEach(async () => {
  await near.close();
  await far.close();
});

/** Starts a revocation of what the query matches; what is yet to happen at the far side happens meanwhile. */
async function start(query: string): Promise<string> {
  const plan = await near.call.revocations.plan({ query });
  return (await near.call.revocations.start({ planId: plan.id, reason: 'incident 42' })).id;
}

async function toTheEnd(id: string) {
  for await (const _ of await near.call.revocations.watch({ id }));
  const job = await near.call.revocations.get({ id });
  return { ...job, meant: job.items.filter(({ why, state }) => state !== 'skipped' || why === null) };
}

const revoke = async (query: string) => toTheEnd(await start(query));

async function keyOf(query: string): Promise<string> {
  const { rows } = await near.call.sessions.list({ query });
  expect(rows).toHaveLength(1);
  return rows[0]?.key ?? '';
}

const stateOf = async (key: string) => (await near.call.sessions.get({ key })).state;

/** Audited states of each session of the job, in order. */
async function auditedSteps(id: string): Promise<Record<string, unknown[]>> {
  const entries = (await near.call.audit.list({})).filter(
    ({ action, detail }) => action === 'revocation.item' && detail.revocation === id,
  );
  const steps = Map.groupBy(entries.toReversed(), ({ detail: { session } }) =>
    typeof session === 'string' ? session : '',
  );
  return Object.fromEntries([...steps].map(([key, of]) => [key, of.map(({ detail }) => detail.state)]));
}

describe('what was ended by an accepted request', () => {
  it('is verified without a remark of the source, on every kind', async () => {
    const { state, meant } = await revoke('source:app,panel,chat,files');
    expect(state).toBe('done');
    expect(meant.map((item) => [item.state, item.why])).toEqual(meant.map(() => ['verified', null]));
  });

  it('is reopened when it comes back', async () => {
    const panel = far.apis.xyrapanel.sessions;
    const victim = panel.find(({ token }) => token === planted.panelOther);
    const key = await keyOf('source:panel current:false');
    await revoke('source:panel');
    expect(await stateOf(key)).toBe('revoked');
    if (victim !== undefined) panel.push(victim);
    await poll(near, ['panel']);
    expect(await near.call.sessions.get({ key })).toMatchObject({ state: 'active', endedAt: null });
  });
});

describe('a success answer', () => {
  it('of XyraPanel that deleted nothing leaves the session still-present and alive', async () => {
    const panel = far.apis.xyrapanel.sessions;
    panel.splice = () => []; // what the panel deletes with
    const key = await keyOf('source:panel current:false');
    const { state, meant } = await revoke('source:panel');
    expect(state).toBe('partial');
    expect(meant).toMatchObject([{ session: key, state: 'still-present' }]);
    expect(meant[0]?.why).toContain('still listed');
    expect(await stateOf(key)).toBe('active');
    expect(panel).toHaveLength(2);
  });

  it('of better-auth for a token it renewed meanwhile is followed by the right token', async () => {
    const ann = far.apis['better-auth'].sessions.find(({ id }) => id === 'app-session-ann-1');
    if (ann === undefined) throw new Error('Ann is signed in');
    const id = await start(`key:${await keyOf('source:app user:ann ip:91.64.0.10')}`);
    ann.token = `${planted.appVictim}-renewed`;
    expect((await toTheEnd(id)).meant).toMatchObject([{ state: 'verified', why: null }]);
    expect(Object.values(await auditedSteps(id))).toEqual([
      ['requested', 'accepted', 'requested', 'accepted', 'verified'],
    ]);
    expect(far.apis['better-auth'].sessions.map((session) => session.id)).not.toContain('app-session-ann-1');
  });

  it('of better-auth for tokens it never knows verifies nothing', async () => {
    const ann = far.apis['better-auth'].sessions.find(({ id }) => id === 'app-session-ann-1');
    if (ann === undefined) throw new Error('Ann is signed in');
    const key = await keyOf('source:app user:ann ip:91.64.0.10');
    let looks = 0;
    Object.defineProperty(ann, 'token', { get: () => `${planted.appVictim}-${(looks += 1)}` });
    expect(await revoke(`key:${key}`)).toMatchObject({
      state: 'partial',
      meant: [{ state: 'still-present' }],
    });
    expect(await stateOf(key)).toBe('active');
  });
});

describe('a session that went by itself', () => {
  it('is already gone when a listing says so before anything was asked', async () => {
    const sessions = far.apis['better-auth'].sessions;
    const key = await keyOf('source:app user:ann ip:91.64.0.10');
    const plan = await near.call.revocations.plan({ query: `key:${key}` });
    sessions.splice(
      sessions.findIndex(({ id }) => id === 'app-session-ann-1'),
      1,
    );
    await poll(near, ['app']);
    const { id } = await near.call.revocations.start({ planId: plan.id, reason: 'incident 42' });
    expect(await toTheEnd(id)).toMatchObject({ state: 'done', meant: [{ state: 'already-gone' }] });
    expect(await auditedSteps(id)).toEqual({ [key]: ['already-gone'] });
    expect(far.apis['better-auth'].requests.filter(({ path }) => path.includes('revoke'))).toEqual([]);
    expect(await stateOf(key)).toBe('ended');
  });

  it('is already gone when the source says so and the listing agrees', async () => {
    const sessions = far.apis.zipline.sessions;
    const id = await start('source:files');
    sessions.splice(
      sessions.findIndex((session) => session.id === 'files-session-other'),
      1,
    );
    expect((await toTheEnd(id)).meant).toMatchObject([
      { state: 'already-gone', why: expect.stringContaining('already gone') as string },
    ]);
  });

  it('is not gone when Rocket.Chat only knows it under a new id', async () => {
    const key = await keyOf('source:chat user:ann');
    const id = await start('source:chat user:ann');
    const renewed = far.apis.rocketchat.reconnect('chat-session-ann-0001');
    const { state, meant } = await toTheEnd(id);
    expect([state, meant]).toMatchObject(['done', [{ session: key, state: 'verified', why: null }]]);
    const logouts = far.apis.rocketchat.requests.filter(({ path }) => path.includes('logout'));
    expect(logouts.map(({ body, status }) => [body, status])).toEqual([
      [{ sessionId: 'chat-session-ann-0001' }, 404],
      [{ sessionId: renewed }, 200],
    ]);
    expect(await stateOf(key)).toBe('revoked');
  });
});

describe('a verification that can not be had', () => {
  it('leaves items unverifiable, with the reason, and the session as it was', async () => {
    const key = await keyOf('source:panel current:false');
    far.apis.xyrapanel.faults.inject('server-error', { on: ({ method }) => method === 'GET' });
    const { state, meant } = await revoke('source:panel');
    expect(state).toBe('partial');
    expect(meant).toMatchObject([
      { session: key, state: 'unverifiable', why: expect.stringContaining('complete listing') as string },
    ]);
    expect(await stateOf(key)).toBe('active');
  });

  it('ends the job for a source that is removed meanwhile, instead of breaking it off for ever', async () => {
    moreFiles(2);
    await poll(near, ['files']);
    const id = await start('source:files');
    const removed = onFirstDelete(() => near.call.sources.remove({ id: 'files' }));
    const { state, counts } = await toTheEnd(id);
    await removed;
    expect([state, counts]).toEqual(['partial', { skipped: 1, unverifiable: 1, failed: 2 }]);
  });
});

describe('stopping', () => {
  it('ends after the current item, verified, and resume finishes the rest', async () => {
    moreFiles(2);
    await poll(near, ['files']);
    const id = await start('source:files');
    const told = onFirstDelete(() => near.call.revocations.stop({ id }));
    const stopped = await toTheEnd(id);
    await told;
    expect([stopped.state, stopped.counts]).toEqual(['stopped', { verified: 1, planned: 2, skipped: 1 }]);
    expect(deletes()).toHaveLength(1);

    // Two at once: the job must not run twice.
    await Promise.all([near.call.revocations.resume({ id }), near.call.revocations.resume({ id })]);
    const finished = await toTheEnd(id);
    expect([finished.state, finished.counts]).toEqual(['done', { verified: 3, skipped: 1 }]);
    expect(new Set(deletes()).size).toBe(3);
    expect(deletes()).toHaveLength(3);
    const actions = (await near.call.audit.list({})).map(({ action }) => action).toReversed();
    expect(
      actions.filter((action) => action.startsWith('revocation.') && action !== 'revocation.item'),
    ).toEqual(['revocation.started', 'revocation.stopped', 'revocation.resumed', 'revocation.finished']);
  });
});

describe('going on with what was cut off', () => {
  it('waits for the end, or no longer than its caller', async () => {
    const id = await start('source:files');
    const early = onFirstDelete(() => near.engine.resumeRevocations(AbortSignal.abort()));
    const jobs = await near.engine.resumeRevocations(new AbortController().signal);
    expect(jobs).toMatchObject([{ id, state: 'done', counts: { verified: 1, skipped: 1 } }]);
    expect(await early).toMatchObject([{ id, state: 'running' }]);
    expect(deletes()).toHaveLength(1);
    expect(await near.engine.resumeRevocations(new AbortController().signal)).toEqual([]);
  });
});

describe('the audit of a revocation', () => {
  it('has one entry for each state an item came to, in order, and holds no secret', async () => {
    moreFiles(1);
    await poll(near, ['files']);
    far.apis.zipline.faults.inject('cut', { on: ({ method }) => method === 'DELETE', times: 1 });
    const { id, items, meant } = await revoke('source:app,panel,chat,files');
    const steps = await auditedSteps(id);
    expect(Object.keys(steps).sort()).toEqual(meant.map(({ session }) => session).sort());
    const usual: RevocationItemState[] = ['requested', 'accepted', 'verified'];
    const lost: RevocationItemState[] = ['requested', 'requested', 'verified'];
    expect(Object.values(steps)).toContainEqual(lost);
    for (const { session, state } of meant) {
      expect([usual, lost]).toContainEqual(steps[session]);
      expect(steps[session]?.at(-1)).toBe(state);
    }
    expect(items.length).toBeGreaterThan(meant.length);

    const entries = await near.call.audit.list({});
    const text = JSON.stringify(entries);
    for (const secret of Object.values(planted)) expect(text).not.toContain(secret);
    for (const { action, detail } of entries) {
      if (action !== 'revocation.item') continue;
      expect(Object.keys(detail).sort()).toEqual(['revocation', 'session', 'source', 'state', 'why']);
    }
    expect((await near.call.audit.verify()).ok).toBe(true);
  });
});

/** That many more sessions on Zipline, of the account that Sessionscope uses. */
function moreFiles(count: number): void {
  const [like] = far.apis.zipline.sessions;
  if (like === undefined) throw new Error('Zipline has a session');
  for (let n = 1; n <= count; n += 1)
    far.apis.zipline.sessions.push({
      ...like,
      id: `files-session-more-${n}`,
      createdAtMs: like.createdAtMs + n,
    });
}

const deletes = () =>
  far.apis.zipline.requests
    .filter(({ method }) => method === 'DELETE')
    .map(({ body }) => JSON.stringify(body));

/** Acts when Zipline's first DELETE has arrived, before it is answered. */
function onFirstDelete(act: () => Promise<unknown>): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let isDone = false;
    const on = ({ method }: LoggedRequest) => {
      if (method !== 'DELETE' || isDone) return false;
      isDone = true;
      act().then(resolve, reject);
      return false;
    };
    far.apis.zipline.faults.inject('server-error', { on });
  });
}
