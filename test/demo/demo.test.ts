import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sourceConfig } from '../../src/contract/source.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/demo/clock.ts';
import { createDemo, type SimulatedCompany } from '../../src/demo/demo.ts';
import type { SourceId, StoryId } from '../../src/demo/story.ts';
import type { Demo } from '../../src/engine/host.ts';
import { testClock } from '../support/clock.ts';
import { asking } from './asking.ts';

const start = Date.parse('2026-11-20T12:00:00.000Z');
const open: SimulatedCompany[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((demo) => demo.stop()));
});

function company(seed?: number) {
  const clock = testClock(start);
  const demo = createDemo(seed === undefined ? { clock } : { clock, seed });
  open.push(demo);
  return { clock, demo };
}

/** Everything a company is, with its clocks and tokens, as one text. */
async function portrait(demo: SimulatedCompany): Promise<string> {
  await demo.start();
  const { app, chat, files, panel, old, portal } = demo.apis();
  const models = [
    app.users,
    chat.users,
    old.logins,
    demo.stories.map(({ act, ...story }) => [story, act !== null]),
  ];
  const sessions = [app, chat, files, panel, old, portal].map((api) => api.sessions);
  return JSON.stringify([demo.company, [...demo.secrets], models, sessions]);
}

describe('the simulated company', () => {
  it('is the same for the same seed and clock, and another one for another seed', async () => {
    const first = await portrait(company(1).demo);
    expect(await portrait(company(1).demo)).toBe(first);
    expect(await portrait(company(2).demo)).not.toBe(first);
  });

  it('has 40 people and 150 to 250 sessions over six sources', async () => {
    const { demo } = company();
    await demo.start();
    const { app, chat, files, panel, old, portal } = demo.apis();
    const counts = [app, chat, files, panel, old, portal].map((api) => api.sessions.length);
    const total = counts.reduce((sum, count) => sum + count, 0);
    expect(demo.company.people).toHaveLength(40);
    expect(total).toBeGreaterThanOrEqual(150);
    expect(total).toBeLessThanOrEqual(250);
    expect(chat.sessions.length).toBeLessThanOrEqual(50);
    expect(panel.sessions.length).toBeLessThanOrEqual(15);
  });

  it('answers sources that are valid, point to loopback and hold references instead of secrets', async () => {
    const { demo } = company();
    const fits: Demo = demo;
    const sources = await fits.start();
    expect(sources.map(({ id }) => id)).toEqual(['app', 'chat', 'files', 'panel', 'old', 'portal']);
    for (const source of sources) {
      expect(sourceConfig.safeParse(source).error).toBeUndefined();
      expect(new URL(source.url).hostname).toBe('127.0.0.1');
    }
    const text = JSON.stringify(sources);
    expect([...demo.secrets.keys()].every((name) => text.includes(name))).toBe(true);
    expect([...demo.secrets.values()].some((value) => text.includes(value))).toBe(false);
    expect(await demo.start()).toBe(sources);
  });

  it.each([7, 7331, 99])(
    'gives every user a history long enough to know what is normal (seed %i)',
    async (seed) => {
      const { demo } = company(seed);
      await demo.start();
      const { app } = demo.apis();
      for (const user of app.users) {
        const starts = app.sessions
          .filter((session) => session.userId === user.id && session.createdAtMs > start - 90 * DAY_MS)
          .map((session) => session.createdAtMs);
        expect(new Set(starts.map((atMs) => Math.floor(atMs / DAY_MS))).size).toBeGreaterThanOrEqual(6);
        expect(Math.min(...starts)).toBeLessThan(start - 60 * DAY_MS);
        expect(Math.max(...starts)).toBeLessThan(start);
      }
      expect(app.sessions.filter((session) => session.expiresAtMs < start).length).toBeGreaterThan(90);
    },
  );

  it.each([7, 7331, 99])('lets honest people of the app appear in one city only (seed %i)', async (seed) => {
    const { demo } = company(seed);
    await demo.start();
    const cast = new Set(demo.stories.filter(({ source }) => source === 'app').map(({ person }) => person));
    const cityOf = new Map(demo.addresses.map(({ ip, city }) => [ip, city]));
    for (const person of demo.company.people.filter(({ name }) => !cast.has(name))) {
      const cities = demo
        .apis()
        .app.sessions.filter((session) => session.userId === person.id)
        .map((session) => cityOf.get(session.ipAddress) ?? person.home);
      expect(new Set(cities).size).toBeLessThanOrEqual(1);
    }
  });
});

describe('the stories', () => {
  let demo: SimulatedCompany;
  beforeAll(async () => {
    demo = createDemo({ clock: testClock(start) });
    await demo.start();
  });
  afterAll(() => demo.stop());

  const storiesOf = (id: StoryId, source: SourceId) =>
    demo.stories.filter((story) => story.id === id && story.source === source);
  const appSessionsOf = (id: StoryId) => {
    const ids = storiesOf(id, 'app').flatMap(({ sessions }) => sessions);
    return demo.apis().app.sessions.filter((session) => ids.includes(session.id));
  };
  const cityOf = (ip: string) => demo.addresses.find((address) => address.ip === ip)?.city;

  it('are all told', () => {
    expect(new Set(demo.stories.map(({ id }) => id))).toEqual(
      new Set<StoryId>([
        'traveller',
        'vpn-user',
        'stolen-cookie',
        'impossible-journey',
        'new-country',
        'forgotten-session',
        'impersonated-session',
        'own-sessions',
        'left-company',
        'phished-operator',
        'script-in-files',
      ]),
    );
    expect(demo.stories.every(({ sessions }) => sessions.length > 0)).toBe(true);
  });

  it('send the traveller no faster than an airliner flies', () => {
    const trip = appSessionsOf('traveller').sort((a, b) => a.createdAtMs - b.createdAtMs);
    const recent = trip.slice(-3);
    expect(recent.map(({ ipAddress }) => cityOf(ipAddress))).toEqual(['berlin', 'london', 'newYork']);
    const [berlin, london, newYork] = recent.map(({ createdAtMs }) => createdAtMs);
    expect((london ?? 0) - (berlin ?? 0)).toBeGreaterThan(4 * HOUR_MS);
    expect((newYork ?? 0) - (london ?? 0)).toBeGreaterThan(10 * HOUR_MS);
    const seenBefore = new Set(trip.slice(0, -2).map(({ ipAddress }) => cityOf(ipAddress)));
    expect(seenBefore).toEqual(new Set(['berlin', 'london', 'newYork']));
  });

  it('switch the VPN user between exits within the hour, never through an honest network', () => {
    const networks = appSessionsOf('vpn-user').map(
      ({ ipAddress }) => demo.addresses.find(({ ip }) => ip === ipAddress)?.network.kind,
    );
    expect(networks.filter((kind) => kind === 'vpn')).toHaveLength(5);
    expect(networks.filter((kind) => kind === 'fixed')).toHaveLength(1);
  });

  it('sign one user in at Berlin and 90 minutes later at Singapore', () => {
    const [berlin, singapore] = appSessionsOf('impossible-journey');
    expect(cityOf(berlin?.ipAddress ?? '')).toBe('berlin');
    expect(cityOf(singapore?.ipAddress ?? '')).toBe('singapore');
    expect((singapore?.createdAtMs ?? 0) - (berlin?.createdAtMs ?? 0)).toBe(90 * MINUTE_MS);
  });

  it('keep a session of 200 days alive, in the app and among the files', () => {
    const [session] = appSessionsOf('forgotten-session');
    expect(session?.createdAtMs).toBe(start - 200 * DAY_MS);
    expect(session?.expiresAtMs).toBeGreaterThan(start);
    const [file] = storiesOf('forgotten-session', 'files').flatMap(({ sessions }) => sessions);
    const row = demo.apis().files.sessions.find(({ id }) => id === file);
    expect(row?.createdAtMs).toBe(start - 200 * DAY_MS);
  });

  it('let support act as a user', () => {
    const [session] = appSessionsOf('impersonated-session');
    const support = demo.company.people.find(({ name }) => name === 'Emre Kaya');
    expect(session?.impersonatedBy).toBe(support?.id);
  });

  it('leave a chat session behind whose user is deleted', () => {
    const [id] = storiesOf('left-company', 'chat').flatMap(({ sessions }) => sessions);
    const { chat } = demo.apis();
    const left = chat.sessions.find(({ sessionId }) => sessionId === id);
    expect(chat.users.some((user) => user.id === left?.userId)).toBe(false);
  });

  it("put the attacker into the operator's portal 40 minutes after an honest sign-in", () => {
    const suffixes = storiesOf('phished-operator', 'portal').flatMap(({ sessions }) => sessions);
    const [honest, attack] = demo.apis().portal.sessions.filter(({ suffix }) => suffixes.includes(suffix));
    expect([honest?.geo.city, attack?.geo.city]).toEqual(['Berlin', 'Lagos']);
    expect((attack?.createdAtMs ?? 0) - (honest?.createdAtMs ?? 0)).toBe(40 * MINUTE_MS);
  });
});

describe('the cookie thefts', () => {
  /** One complete listing of the app as an adapter makes it: all users, then each one's sessions. */
  async function listApp(demo: SimulatedCompany) {
    const ask = asking(demo.apis().app.url);
    const headers = { authorization: `Bearer ${demo.secrets.get('SESSIONSCOPE_DEMO_APP_TOKEN') ?? ''}` };
    const users = await ask('GET', '/admin/list-users?limit=100', { headers });
    const found: unknown[] = [];
    for (let index = 0; index < Number(users.at('total')); index += 1) {
      const userId = users.at('users', index, 'id');
      const listed = await ask('POST', '/admin/list-user-sessions', { headers, json: { userId } });
      const sessions = listed.at('sessions');
      if (Array.isArray(sessions)) found.push(...(sessions as unknown[]));
    }
    return found as { id: string; ipAddress: string; userAgent: string; createdAt: string }[];
  }

  it('happen to the app between its first complete listing and the second', async () => {
    const { demo } = company();
    await demo.start();
    const [id] = demo.stories.find((story) => story.id === 'stolen-cookie')?.sessions ?? [];
    const stolen = async () => (await listApp(demo)).find((session) => session.id === id);
    const first = await stolen();
    const second = await stolen();
    const cityOf = (ip?: string) => demo.addresses.find((address) => address.ip === ip)?.city;
    expect([cityOf(first?.ipAddress), cityOf(second?.ipAddress)]).toEqual(['paris', 'bucharest']);
    const systemOf = (userAgent?: string) => /X11|Windows|Mac/.exec(userAgent ?? '')?.[0];
    expect(systemOf(second?.userAgent)).not.toBe(systemOf(first?.userAgent));
    expect(second?.createdAt).toBe(first?.createdAt);
    expect(await stolen()).toEqual(second);
  });

  it('do not happen after a listing that broke off', async () => {
    const { demo } = company();
    await demo.start();
    const { app } = demo.apis();
    app.faults.inject('server-error', { skip: 5, times: 1 });
    await listApp(demo);
    const [id] = demo.stories.find((story) => story.id === 'stolen-cookie')?.sessions ?? [];
    const row = (await listApp(demo)).find((session) => session.id === id);
    expect(demo.addresses.find(({ ip }) => ip === row?.ipAddress)?.city).toBe('paris');
  });

  it('happen to the panel likewise, and the portal moves a session to its history meanwhile', async () => {
    const { demo } = company();
    await demo.start();
    const { panel, portal } = demo.apis();
    const get = (url: string, path: string, name: string) =>
      asking(url)('GET', path, { headers: { cookie: demo.secrets.get(name) ?? '', 'user-agent': 'test' } });
    const lists = async () => {
      const rows = (await get(panel.url, '/api/account/sessions', 'SESSIONSCOPE_DEMO_PANEL_COOKIE')).text;
      const past = (await get(portal.url, '/v1/users/me/sessions', 'SESSIONSCOPE_DEMO_PORTAL_COOKIE')).at(
        'history',
      );
      return { isStolen: rows.includes('105.112.2.'), past: Array.isArray(past) ? past.length : -1 };
    };
    const first = await lists();
    const second = await lists();
    expect([first.isStolen, second.isStolen]).toEqual([false, true]);
    expect(second.past).toBe(first.past + 1);
  });

  it('can be brought about by hand, and are undone by nothing but a revoke', async () => {
    const { demo } = company();
    await demo.start();
    demo.advance();
    const { app } = demo.apis();
    const [id] = demo.stories.find((story) => story.id === 'stolen-cookie')?.sessions ?? [];
    const row = app.sessions.find((session) => session.id === id);
    expect(demo.addresses.find(({ ip }) => ip === row?.ipAddress)?.city).toBe('bucharest');
    const ask = asking(app.url);
    await ask('POST', '/admin/revoke-user-session', {
      headers: { authorization: `Bearer ${demo.secrets.get('SESSIONSCOPE_DEMO_APP_TOKEN') ?? ''}` },
      json: { sessionToken: row?.token },
    });
    await demo.stop();
    await demo.start();
    expect(demo.apis().app.sessions.some((session) => session.id === id)).toBe(false);
  });

  it('leave the chat alone but for a reconnect every five minutes', async () => {
    const { clock, demo } = company();
    await demo.start();
    const { chat } = demo.apis();
    const list = async () => {
      const answer = await asking(chat.url)('GET', '/api/v1/sessions/list.all', {
        headers: {
          'x-user-id': demo.company.operator.id,
          'x-auth-token': demo.secrets.get('SESSIONSCOPE_DEMO_CHAT_TOKEN') ?? '',
        },
      });
      const sessions = answer.at('sessions') as { sessionId: string }[];
      return new Set(sessions.map(({ sessionId }) => sessionId));
    };
    const first = await list();
    expect(await list()).toEqual(first);
    await clock.advance(5 * MINUTE_MS);
    const later = await list();
    expect(later.size).toBe(first.size);
    expect([...later].filter((id) => !first.has(id))).toHaveLength(1);
  });
});
