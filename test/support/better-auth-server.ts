import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import type { toNodeHandler } from 'better-auth/node';

const PASSWORD = 'correct horse battery staple';

export type SignedIn = {
  readonly userId: string;
  readonly sessionId: string;
  readonly token: string;
  /** `name=value` of the signed session cookie. */
  readonly cookie: string;
};

export type BetterAuthServer = {
  /** Base address of the API, as a source's `url`. */
  readonly url: string;
  /** Every path that was asked for, oldest first: `POST /api/auth/list-sessions`. */
  readonly asked: readonly string[];
  /** Creates a user, whose sign-up session is removed again. */
  addUser(user: { email: string; name: string; isVerified?: boolean; role?: 'admin' }): Promise<string>;
  /** Signs in as from that address with that user agent. */
  signIn(email: string, from?: { ip?: string; userAgent?: string }): Promise<SignedIn>;
  /** Whether that token still signs somebody in. */
  isLive(token: string): Promise<boolean>;
  /** Sets columns of stored sessions by hand: ages, ends and impersonators that no call can make. */
  alterSession(id: string, columns: Partial<Record<SessionColumn, string | null>>): void;
  /** From now on it says of every revoke that it succeeded, and ends nothing. */
  ignoreRevokes(): void;
  close(): Promise<void>;
};
type SessionColumn =
  'token' | 'createdAt' | 'updatedAt' | 'expiresAt' | 'impersonatedBy' | 'ipAddress' | 'userAgent';

export type BetterAuthServerOptions = {
  /** Refuses the request after `max` in a window of 10 s; off by default. */
  readonly maxPer10Seconds?: number;
};

/**
 * A real better-auth on loopback with its database in memory: the third-party server that the product's word is
 * tested against.
 */
export async function startBetterAuth(options: BetterAuthServerOptions = {}): Promise<BetterAuthServer> {
  const { auths, restore } = await importAsInProduction();
  const asked: string[] = [];
  let handle: ReturnType<typeof toNodeHandler> | null = null;
  const http = createServer((request, response) => {
    asked.push(`${request.method ?? ''} ${(request.url ?? '').split('?', 1)[0] ?? ''}`);
    void handle?.(request, response);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const database = new DatabaseSync(':memory:');
  const auth = auths.betterAuth({
    baseURL: origin,
    secret: 'only-for-tests-only-for-tests-only-for-tests',
    database,
    emailAndPassword: { enabled: true },
    plugins: [auths.admin(), auths.bearer()],
    telemetry: { enabled: false },
    logger: { disabled: true },
    advanced: { ipAddress: { ipAddressHeaders: ['x-forwarded-for'] } },
    rateLimit:
      options.maxPer10Seconds === undefined
        ? { enabled: false }
        : { enabled: true, window: 10, max: options.maxPer10Seconds },
  });
  await (await auths.getMigrations(auth.options)).runMigrations();
  handle = auths.toNodeHandler(auth);
  const url = `${origin}/api/auth`;

  async function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const response = await fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin, ...headers },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`better-auth answered ${path} with ${response.status}`);
    return response;
  }

  return {
    url,
    asked,
    async addUser({ email, name, isVerified = false, role }) {
      const response = await post('/sign-up/email', { email, name, password: PASSWORD });
      const { user } = (await response.json()) as { user: { id: string } };
      database
        .prepare('UPDATE user SET emailVerified = ?, role = ? WHERE id = ?')
        .run(Number(isVerified), role ?? 'user', user.id);
      database.prepare('DELETE FROM session WHERE userId = ?').run(user.id);
      return user.id;
    },
    async signIn(email, { ip = '203.0.113.1', userAgent = 'Mozilla/5.0 (X11; Linux x86_64)' } = {}) {
      const response = await post(
        '/sign-in/email',
        { email, password: PASSWORD },
        { 'x-forwarded-for': ip, 'user-agent': userAgent },
      );
      const { token } = (await response.json()) as { token: string };
      const row = database.prepare('SELECT id, userId FROM session WHERE token = ?').get(token);
      const cookie = response.headers.getSetCookie().find((line) => line.includes('session_token'));
      return {
        userId: String(row?.userId),
        sessionId: String(row?.id),
        token,
        cookie: cookie?.split(';', 1)[0] ?? '',
      };
    },
    async isLive(token) {
      const response = await fetch(`${url}/get-session`, { headers: { authorization: `Bearer ${token}` } });
      return (await response.json()) !== null;
    },
    alterSession(id, columns) {
      for (const [column, value] of Object.entries(columns)) {
        database.prepare(`UPDATE session SET ${column} = ? WHERE id = ?`).run(value, id);
      }
    },
    ignoreRevokes() {
      database.exec('CREATE TRIGGER keep BEFORE DELETE ON session BEGIN SELECT RAISE(IGNORE); END');
    },
    async close() {
      await new Promise((resolve) => {
        http.close(resolve);
        http.closeAllConnections();
      });
      database.close();
      restore();
    },
  };
}

/**
 * Under NODE_ENV=test or TEST better-auth checks no origin and invents addresses; what is tested against is what
 * runs in production. NODE_ENV counts at its import, TEST at every call.
 */
async function importAsInProduction() {
  const { NODE_ENV, TEST } = process.env;
  process.env.NODE_ENV = 'production';
  delete process.env.TEST;
  const [{ betterAuth }, { getMigrations }, { toNodeHandler }, { admin, bearer }] = await Promise.all([
    import('better-auth'),
    import('better-auth/db/migration'),
    import('better-auth/node'),
    import('better-auth/plugins'),
  ]);
  if (NODE_ENV === undefined) delete process.env.NODE_ENV;
  else process.env.NODE_ENV = NODE_ENV;
  return {
    auths: { betterAuth, getMigrations, toNodeHandler, admin, bearer },
    restore: () => {
      if (TEST !== undefined) process.env.TEST = TEST;
    },
  };
}
