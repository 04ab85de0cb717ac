import { createApi, type ApiOptions } from '../../src/demo/api/create-api.ts';
import type { BetterAuthApi } from '../../src/demo/api/better-auth.ts';
import type { SourceConfig } from '../../src/contract/source.ts';
import { CHROME } from './panel-session.ts';

type AppSession = ApiOptions['better-auth']['sessions'][number];

/** A session of Ann as the simulated app keeps it: begun an hour ago, at home for another week. */
export function appSession(id: string, changes: Partial<AppSession> = {}): AppSession {
  const createdAtMs = changes.createdAtMs ?? Date.now() - 3_600_000;
  return {
    id,
    token: `token-of-${id}`,
    userId: 'ann',
    createdAtMs,
    updatedAtMs: createdAtMs,
    expiresAtMs: Date.now() + 7 * 86_400_000,
    ipAddress: '91.64.0.10',
    userAgent: CHROME,
    impersonatedBy: null,
    ...changes,
  };
}

/** The simulated app without a limiter, and a source that reads it as its administrator, whose session is `own`. */
export async function startAppApi(
  options: Partial<ApiOptions['better-auth']> & Pick<ApiOptions['better-auth'], 'sessions'>,
): Promise<{ api: BetterAuthApi; source: SourceConfig; env: ReadonlyMap<string, string> }> {
  const person = (id: string, role: 'admin' | 'user') =>
    ({
      id,
      role,
      name: id,
      email: `${id}@example.org`,
      emailVerified: true,
      banned: false,
      createdAtMs: 0,
    }) as const;
  const api = await createApi('better-auth', {
    clock: { now: () => Date.now() },
    rate: null,
    users: [person('operator', 'admin'), person('ann', 'user')],
    ...options,
    sessions: [appSession('own', { userId: 'operator' }), ...options.sessions],
  });
  const env = new Map([
    ['APP_TOKEN', 'token-of-own'],
    ['APP_COOKIE', api.cookieOf('token-of-own')],
  ]);
  const source = {
    id: 'app',
    kind: 'better-auth',
    mode: 'admin',
    url: api.url,
    auth: { bearer: { env: 'APP_TOKEN' } },
  } as const;
  return { api, source, env };
}
