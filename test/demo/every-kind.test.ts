import { afterEach, describe, expect, it } from 'vitest';
import type { FaultName } from '../../src/demo/api/faults.ts';
import { createDemo, type SimulatedCompany } from '../../src/demo/demo.ts';
import type { SourceId } from '../../src/demo/story.ts';
import { testClock } from '../support/clock.ts';
import { asking } from './asking.ts';

let demo: SimulatedCompany;
afterEach(() => demo.stop());

const secret = (name: string) => demo.secrets.get(`SESSIONSCOPE_DEMO_${name}`) ?? '';
const listings: Record<SourceId, () => { path: string; headers: Record<string, string> }> = {
  app: () => ({ path: '/admin/list-users', headers: { authorization: `Bearer ${secret('APP_TOKEN')}` } }),
  chat: () => ({
    path: '/api/v1/sessions/list.all',
    headers: { 'x-user-id': demo.company.operator.id, 'x-auth-token': secret('CHAT_TOKEN') },
  }),
  files: () => ({
    path: '/api/user/sessions',
    headers: { authorization: secret('FILES_TOKEN'), cookie: secret('FILES_COOKIE') },
  }),
  panel: () => ({ path: '/api/account/sessions', headers: { cookie: secret('PANEL_COOKIE') } }),
  old: () => ({ path: '/v1/users/me/sessions', headers: { cookie: secret('OLD_COOKIE') } }),
  portal: () => ({ path: '/v1/users/me/sessions', headers: { cookie: secret('PORTAL_COOKIE') } }),
};

async function startAt(source: SourceId) {
  demo = createDemo({ clock: testClock() });
  await demo.start();
  const api = demo.apis()[source];
  const ask = asking(api.url);
  const list = () => {
    const { path, headers } = listings[source]();
    return ask('GET', path, { headers });
  };
  return { api, ask, list };
}

describe.each(Object.keys(listings) as SourceId[])('the simulated source %s', (source) => {
  it('lets its own credential in and no stranger', async () => {
    const { ask, list } = await startAt(source);
    expect((await list()).status).toBe(200);
    expect((await ask('GET', listings[source]().path)).status).toBe(401);
  });

  it('breaks in every way it is told to, and is whole again afterwards', async () => {
    const { api, list } = await startAt(source);
    const statuses: [FaultName, number][] = [
      ['unauthorized', 401],
      ['forbidden', 403],
      ['rate-limited', 429],
      ['server-error', 500],
      ['redirect', 302],
    ];
    for (const [fault, status] of statuses) {
      api.faults.inject(fault, { times: 1 });
      expect((await list()).status).toBe(status);
    }
    for (const fault of ['html', 'truncated'] as const) {
      api.faults.inject(fault, { times: 1 });
      expect(await list()).toMatchObject({ status: 200, json: undefined });
    }
    api.faults.inject('cut', { times: 1 });
    await expect(list()).rejects.toThrow();
    expect((await list()).json).toBeTypeOf('object');
  });

  it('logs requests without any of its secrets', async () => {
    const { api, list } = await startAt(source);
    await list();
    const log = JSON.stringify(api.requests);
    expect(api.requests).toHaveLength(1);
    for (const value of demo.secrets.values()) expect(log).not.toContain(value);
  });
});
