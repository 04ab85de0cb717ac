import { expect, it } from 'vitest';
import { startAppApi, appSession } from '../support/app-session.ts';
import { poll } from '../support/engine.ts';
import { sendJson, startLoopback } from '../support/loopback-server.ts';
import { engineOn, type FarSide } from '../support/tethered-engine.ts';

const BIDI = '\u202Egnp.exe';
const HOSTILE = [
  'x'.repeat(100_000),
  'a\u0000b',
  'lone \ud800 surrogate',
  '\u001b[31mred\u0007',
  BIDI,
  '=HYPERLINK("http://evil.example","click")',
  '<img src=x onerror=alert(1)>',
  "Robert'); DROP TABLE session;--",
  '😀'.repeat(70_000),
];

/** An app whose users are named by attackers. `JSON.stringify` escapes what no JSON could carry raw. */
async function appOf(names: readonly string[]): Promise<FarSide> {
  const person = (name: string, n: number) => ({ id: `user-${n}`, name, email: name, emailVerified: true });
  const users = [{ ...person('Operator', -1), id: 'operator' }, ...names.map(person)];
  const row = (userId: string, text: string) => ({
    ...{
      id: `session-of-${userId}`,
      token: `token-of-${userId}`,
      userId,
      createdAt: new Date().toISOString(),
    },
    ...{
      userAgent: text,
      ipAddress: text,
      impersonatedBy: text,
      somethingNew: { [text.slice(0, 99)]: text },
    },
  });
  const answerTo = (path: string, body: string): unknown => {
    if (path === '/get-session') return { session: { id: 'session-of-operator' }, user: users[0] };
    if (path === '/admin/list-users') return { users, total: users.length };
    const { userId } = JSON.parse(body) as { userId: string };
    const at = users.findIndex(({ id }) => id === userId);
    return { sessions: [row(userId, at === 0 ? 'curl/8.5.0' : (names[at - 1] ?? ''))] };
  };
  const api = await startLoopback(({ url, body }, response) => {
    sendJson(response, 200, answerTo(url.replace(/\?.*/, ''), body));
  });
  const auth = { bearer: { env: 'T' } };
  const source = { id: 'app', kind: 'better-auth', mode: 'admin', url: api.url, auth } as const;
  return { api, source, env: new Map([['T', 'planted']]) };
}

it('trap 19: stores texts of an attacker cut to a length, lists every one, and stays searchable', async () => {
  const near = await engineOn(await appOf(HOSTILE));
  expect((await poll(near)).get('app')).toMatchObject({
    ok: true,
    complete: true,
    sessions: 10,
    error: null,
  });
  for (const sort of [null, 'userName', '-userName', 'userId', 'browser']) {
    const { rows, total } = await near.call.sessions.list({ sort });
    expect([rows.length, total]).toEqual([10, 10]);
  }
  const { rows } = await near.call.sessions.list({});
  for (const row of rows) {
    expect(row.userName?.length ?? 0).toBeLessThanOrEqual(256);
    expect(row.userAgent?.length ?? 0).toBeLessThanOrEqual(1024);
    for (const value of Object.values(row)) {
      if (typeof value === 'string') expect(value.isWellFormed() && value.length <= 1024).toBe(true);
    }
  }
  // What came is kept as it is, for the evidence; making it visible is the work of whoever shows it.
  expect(rows.map(({ userName }) => userName)).toEqual(
    expect.arrayContaining(['a\u0000b', '\u001b[31mred\u0007', BIDI, HOSTILE[5], HOSTILE[6], HOSTILE[7]]),
  );
  const queries = ['"DROP TABLE session"', '"gnp.exe"', '"onerror=alert"', 'userName:"a\u0000b"'];
  for (const query of [...queries, 'userName:lone*surrogate', 'userName:xxxxxxxx*']) {
    expect((await near.call.sessions.list({ query })).total, query).toBe(1);
  }
  expect((await near.call.sessions.list({ query: 'user:user-7' })).total).toBe(1);
  expect((await poll(near)).get('app')).toMatchObject({ new: 0, ended: 0, observations: 0, sessions: 10 });
});

it('trap 19: stores a user agent of 64 KB cut, once however it goes on behind the cut', async () => {
  const long = (end: string) => `Mozilla/5.0 (${'x'.repeat(65_536)}${end}`;
  const sessions = [appSession('one', { userAgent: long('a') }), appSession('two', { userAgent: long('b') })];
  const near = await engineOn(await startAppApi({ sessions }));
  await poll(near);
  const { rows } = await near.call.sessions.list({ query: 'user:ann' });
  expect(rows.map(({ userAgent }) => userAgent)).toEqual([long('').slice(0, 1024), long('').slice(0, 1024)]);
});

it('trap 19: lets no id of an attacker be too long for a row, and says which row it was', async () => {
  const sessions = [appSession('one'), appSession('i'.repeat(100_000))];
  const near = await engineOn(await startAppApi({ sessions }));
  expect((await poll(near)).get('app')).toMatchObject({ complete: false, error: { code: 'bad-answer' } });
  expect((await near.call.sessions.list({})).total).toBe(2);
  const [source] = await near.call.sources.list();
  expect(source).toMatchObject({
    rejectedRows: 1,
    rejectedExamples: ['row 3: "id" is too long or too large'],
  });
});
