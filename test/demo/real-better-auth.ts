import { createServer } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { toNodeHandler } from 'better-auth/node';
import { admin, bearer } from 'better-auth/plugins';
import { asking } from './asking.ts';

/** The real thing on loopback, to hold the simulator against: one administrator, one user, one session each. */
export async function realBetterAuth() {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const origin = `http://127.0.0.1:${address.port}`;
  const database = new DatabaseSync(':memory:');
  const auth = betterAuth({
    database,
    baseURL: origin,
    secret: 'a secret for tests only, long enough to be taken',
    emailAndPassword: { enabled: true },
    plugins: [admin(), bearer()],
    telemetry: { enabled: false },
    logger: { disabled: true },
    // better-auth leaves the check out under a test runner unless it is asked for.
    advanced: { disableOriginCheck: false },
  });
  await (await getMigrations(auth.options)).runMigrations();
  const serve = toNodeHandler(auth);
  server.on('request', (request, response) => void serve(request, response));
  const url = `${origin}/api/auth`;
  const ask = asking(url);
  const signUp = async (name: string) => {
    const json = { name, email: `${name}@example.com`, password: 'a long password' };
    const answer = await ask('POST', '/sign-up/email', { headers: { origin }, json });
    const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    return { token: String(answer.at('token')), userId: String(answer.at('user', 'id')), cookie };
  };
  const ann = await signUp('ann');
  const bob = await signUp('bob');
  database.prepare("update user set role = 'admin' where id = ?").run(ann.userId);
  return {
    url,
    origin,
    ann,
    bob,
    /** Makes every session as old as the year 2020. */
    age: () => database.exec("update session set createdAt = '2020-01-01T00:00:00.000Z'"),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
