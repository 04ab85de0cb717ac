import { expect, it, onTestFinished } from 'vitest';
import { problemOf } from '../../src/link/problem.ts';
import { poll, revoke, startEngine } from '../support/engine.ts';
import { startSixApis } from '../support/six-apis.ts';

it('an engine whose store works in threads does the main job, and tells its mistakes in the same words', async () => {
  const far = await startSixApis();
  onTestFinished(() => far.close());
  const near = await startEngine({ env: far.env, sources: far.sources, threads: true });
  onTestFinished(() => near.close());
  const { call, log } = near;

  const polled = poll(near);
  expect((await call.sessions.list({ query: 'state:active', total: false })).total).toBeNull();
  expect([...(await polled).values()].every(({ complete }) => complete)).toBe(true);

  const ended = await revoke(near, { query: 'source:chat revocable:true', keys: [] });
  expect(ended.items.map(({ state }) => state)).toContain('verified');
  expect((await call.overview({ query: '' })).sessions.revoked).toBeGreaterThan(0);
  expect(await call.audit.verify()).toMatchObject({ ok: true });

  const mistake = call.sessions.list({ query: 'city:(' });
  expect(problemOf(await mistake.catch((error: unknown) => error))).toMatchObject({
    code: 'invalid-input',
    position: 5,
  });
  expect(log).toEqual([]);
});
