import { expect, it } from 'vitest';
import { poll, revoke, type TestEngine } from '../support/engine.ts';
import { appSession, startAppApi } from '../support/app-session.ts';
import { engineOn as startOn, type FarSide } from '../support/tethered-engine.ts';
import { panelSession, startPanelApi } from '../support/panel-session.ts';

async function engineOn(far: FarSide): Promise<TestEngine> {
  const near = await startOn(far);
  await poll(near);
  return near;
}

it('trap 1: calls a session still-present that every success answer left alive', async () => {
  const sessions = [panelSession('own'), panelSession('other')];
  const restore = () => {
    if (!sessions.some(({ token }) => token === 'other')) sessions.push(panelSession('other'));
  };
  const far = await startPanelApi({ sessions, onFirstPage: restore });
  const near = await engineOn(far);
  const job = await revoke(near, { query: 'source:panel' });
  expect(job).toMatchObject({ state: 'partial', counts: { 'still-present': 1, skipped: 1 } });
  expect(far.api.requests.filter(({ method }) => method === 'DELETE').map(({ status }) => status)).toEqual([
    200, 200, 200,
  ]);
  expect((await near.call.sessions.list({ query: 'state:revoked' })).total).toBe(0);
});

it('trap 2: leaves every session of the own account out of a bulk where none is known to be the own', async () => {
  const far = await startPanelApi({ sessions: [panelSession('own'), panelSession('other')] });
  const source = { ...far.source, kind: 'xyrapanel', auth: { apiKey: { env: 'PANEL_KEY' } } } as const;
  const near = await engineOn({ ...far, source });
  const { rows } = await near.call.sessions.list({});
  expect(rows.map(({ current }) => current)).toEqual([null, null]);
  const plan = await near.call.revocations.plan({ query: '' });
  expect(plan.items.map(({ state, why }) => [state, why])).toEqual([
    ['skipped', expect.stringContaining('name it')],
    ['skipped', expect.stringContaining('name it')],
  ]);
  expect(plan.warnings.join()).toContain('does not tell which session is your own');
  await expect(near.call.revocations.start({ planId: plan.id, reason: 'incident 42' })).rejects.toThrow(
    'would end no session',
  );
  const named = rows[0]?.key ?? '';
  expect(await revoke(near, { keys: [named], includeCurrent: [named] })).toMatchObject({
    items: [{ session: named, state: 'verified' }],
  });
  expect(far.api.sessions).toHaveLength(1);
});

it('trap 2: ends all others one by one, as they stood at the plan, and never the own', async () => {
  const far = await startAppApi({ sessions: [appSession('one'), appSession('two')] });
  const near = await engineOn(far);
  const plan = await near.call.revocations.plan({ query: 'source:app' });
  far.api.sessions.push(appSession('three'));
  await poll(near);
  const { id } = await near.call.revocations.start({ planId: plan.id, reason: 'incident 42' });
  for await (const _ of await near.call.revocations.watch({ id }));
  expect(far.api.sessions.map((session) => session.id)).toEqual(['own', 'three']);
  const posts = far.api.requests.filter(({ path }) => path.includes('revoke')).map(({ path }) => path);
  expect(new Set(posts)).toEqual(new Set(['/api/auth/admin/revoke-user-session']));
});

it('trap 2: ends the own session only by name, and says that nothing can prove it any more', async () => {
  const far = await startPanelApi({ sessions: [panelSession('own'), panelSession('other')] });
  const near = await engineOn(far);
  const own = (await near.call.sessions.list({ query: 'current:true' })).rows[0]?.key ?? '';
  const job = await revoke(near, { keys: [own], includeCurrent: [own] });
  // The panel answered `currentSessionRevoked: false`; the listing that would tell is closed to us from now on.
  expect(far.api.sessions.map(({ token }) => token)).toEqual(['other']);
  expect(job).toMatchObject({ state: 'partial', counts: { unverifiable: 1 } });
  expect((await near.call.sessions.list({ query: 'state:ended,revoked' })).total).toBe(0);
});

it('trap 13: counts a session that went by itself as already gone, proven by a listing', async () => {
  const far = await startAppApi({ sessions: [appSession('one')] });
  const near = await engineOn(far);
  const plan = await near.call.revocations.plan({ query: 'user:ann' });
  far.api.sessions.splice(1, 1);
  await poll(near);
  const { id } = await near.call.revocations.start({ planId: plan.id, reason: 'incident 42' });
  for await (const _ of await near.call.revocations.watch({ id }));
  expect(await near.call.revocations.get({ id })).toMatchObject({
    state: 'done',
    items: [{ state: 'already-gone', why: expect.stringContaining('no longer listed') as string }],
  });
});

it('trap 17: names the session that it leaves behind itself after itself', async () => {
  const far = await startPanelApi({ sessions: [panelSession('own'), panelSession('other')] });
  const near = await engineOn(far);
  const { rows } = await near.call.sessions.list({ query: 'browser:sessionscope' });
  expect(rows).toMatchObject([
    {
      current: true,
      browser: 'Sessionscope',
      browserVersion: '1',
      deviceKind: 'app',
      userAgent: 'Sessionscope/1',
    },
  ]);
});

it('trap 10: draws no conclusion from the row that its own poll rewrites', async () => {
  const far = await startPanelApi({ sessions: [panelSession('own'), panelSession('other')] });
  far.api.lies.ownRowRewritten = false;
  const near = await engineOn(far);
  const own = far.api.sessions.find(({ token }) => token === 'own');
  const other = far.api.sessions.find(({ token }) => token === 'other');
  if (own === undefined || other === undefined) throw new Error('the panel has both');
  // The same change of device, network and country twice; only one of the two is ours.
  for (const session of [own, other]) {
    session.userAgent = 'python-requests/2.32.0';
    session.ipAddress = '119.74.193.10';
  }
  const reports = await poll(near);
  expect(reports.get('panel')?.findings).toBeGreaterThan(0);
  const key = async (query: string) => (await near.call.sessions.list({ query })).rows[0]?.key;
  const named = new Set((await near.call.findings.list({})).rows.flatMap(({ sessions }) => sessions));
  expect(named).toEqual(new Set([await key('current:false')]));
  expect(await key('current:true')).toBeDefined();
});
