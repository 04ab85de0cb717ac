import type { Capabilities, ConfigOf } from '../../../contract/source.ts';
import { EngineError } from '../../errors.ts';
import { fault, requireJson } from '../answer.ts';
import type { HttpRequest } from '../http.ts';
import { rateDialect } from '../rate-dialect.ts';
import { parseRows, sweepEnd } from '../rows.ts';
import type { Account, Source, SourceAdapter, SourceContext } from '../source.ts';
import { credentialOf } from './credential.ts';
import { judgeRefusal } from './refusal.ts';
import { toRow, toUser } from './transform.ts';
import { walkUsers } from './walk.ts';
import { wireOwn, wireRevoked, wireSession, wireSessions, wireUserPage, wireUserSessions } from './wire.ts';
import type { z } from 'zod';

/** better-auth with its `admin()` plugin (everybody's sessions) or without (one's own). */
export const betterAuth: SourceAdapter<'better-auth'> = { kind: 'better-auth', capabilities, open };

/** Requests under way at the same time: there is one for each user. */
const AT_ONCE = 4;

const dialect = rateDialect({ retryAfter: 'x-retry-after' });

function capabilities(config: ConfigOf<'better-auth'>): Capabilities {
  const isAdmin = config.mode === 'admin';
  return {
    scope: isAdmin ? 'perUser' : 'self',
    canListAll: isAdmin,
    canListUsers: isAdmin,
    canRevokeOne: true,
    canRevokeUser: isAdmin,
    canRevokeOthers: !isAdmin,
    hasCurrentFlag: true,
    hasRawUserAgent: true,
    hasParsedDevice: false,
    ip: 'prefix64',
    geo: 'none',
    hasNetworkFlags: false,
    hasExpiry: true,
    lastSeen: 'coarse',
    history: 'none',
    listIncludesExpired: isAdmin,
    idKind: 'id',
    idStability: 'stable',
    paging: isAdmin ? 'offset' : 'none',
    orderStable: false,
    serverSort: 'none',
    revokeProof: 'none',
    revokeLatencyMs: 0,
    minPollMs: isAdmin ? 60_000 : 30_000,
    rate: [{ max: 100, windowMs: 10_000, per: 'ip' }],
  };
}

type Own = { readonly account: Account; readonly sessionId: string };

function open(context: SourceContext<'better-auth'>): Source {
  const { config, clock } = context;
  const isAdmin = config.mode === 'admin';
  const http = context.http({
    baseUrl: config.url,
    dialect,
    rate: capabilities(config).rate,
    concurrency: AT_ONCE,
  });
  const credential = credentialOf(context);
  let known: Account | null = null;

  async function call<S extends z.ZodType>(
    request: Omit<HttpRequest, 'headers'>,
    schema: S,
  ): Promise<z.output<S>> {
    const answer = await http.request({ ...request, headers: await credential.headers() });
    credential.keep(answer);
    return requireJson(answer, schema, request.label, judgeRefusal);
  }

  /** Who the credential is at this moment: `null` with status 200 is how a revoked one is told. */
  async function own(signal: AbortSignal): Promise<Own> {
    const label = 'read own session';
    const query = { disableCookieCache: 'true' };
    const found = await call(
      { method: 'GET', path: '/get-session', query, purpose: 'poll', label, signal },
      wireOwn,
    );
    if (found === null) throw fault('unauthorized', label);
    return { account: { ...toUser(found.user), known: true }, sessionId: found.session.id };
  }

  async function ownSessions(signal: AbortSignal): Promise<readonly unknown[]> {
    const label = 'list sessions';
    return call({ method: 'GET', path: '/list-sessions', purpose: 'poll', label, signal }, wireSessions);
  }

  async function users(offset: number, limit: number, signal: AbortSignal) {
    const label = 'list users';
    const query = { limit, offset, sortBy: 'createdAt', sortDirection: 'asc' };
    return call(
      { method: 'GET', path: '/admin/list-users', query, purpose: 'poll', label, signal },
      wireUserPage,
    );
  }

  async function sessionsOf(userId: string, signal: AbortSignal): Promise<readonly unknown[]> {
    const label = 'list sessions of a user';
    const path = '/admin/list-user-sessions';
    const answer = await call(
      { method: 'POST', path, json: { userId }, purpose: 'poll', label, signal },
      wireUserSessions,
    );
    return answer.sessions;
  }

  return {
    capabilities: capabilities(config),
    async account(signal) {
      known ??= (await own(signal)).account;
      return known;
    },
    async *list(signal) {
      const { account, sessionId } = await own(signal);
      const expected = known;
      known = account;
      // The rows would be filed under the account of before: the next sweep asks anew.
      if (expected !== null && expected.id !== account.id) throw changedHands();
      const rowContext = { currentId: sessionId, nowMs: clock.now() };
      if (isAdmin) {
        return yield* walkUsers(
          {
            users: (offset, limit) => users(offset, limit, signal),
            sessionsOf: (id) => sessionsOf(id, signal),
            atOnce: AT_ONCE,
          },
          rowContext,
        );
      }
      const elements = await ownSessions(signal);
      const page = parseRows(elements, wireSession, (wire) => toRow(wire, { ...rowContext, user: null }));
      yield { ...page, history: [], events: [] };
      return sweepEnd(page.rejected);
    },
    async revoke({ native }, signal) {
      const token = typeof native === 'string' ? native : native.reveal();
      const path = isAdmin ? '/admin/revoke-user-session' : '/revoke-session';
      const json = isAdmin ? { sessionToken: token } : { token };
      await call(
        { method: 'POST', path, json, purpose: 'revoke', label: 'end session', signal },
        wireRevoked,
      );
      return {
        outcome: 'accepted',
        note: 'better-auth says so for unknown sessions too; only a listing proves it.',
      };
    },
    close: () => http.close(),
  };
}

function changedHands(): EngineError {
  return new EngineError(
    'incomplete',
    'The credential of the source now belongs to another user; the next poll lists the sessions as that one.',
  );
}
