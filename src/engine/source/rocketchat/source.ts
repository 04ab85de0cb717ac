import { createHash } from 'node:crypto';
import type { Capabilities, ConfigOf } from '../../../contract/source.ts';
import { Secret } from '../../secret.ts';
import { fault, jsonOrNull, requireJson } from '../answer.ts';
import type { HttpAnswer, HttpRequest } from '../http.ts';
import { rateDialect } from '../rate-dialect.ts';
import type { Account, Source, SourceAdapter, SourceContext } from '../source.ts';
import { readListing, type ListedPage } from './listing.ts';
import { isSessionGone, judgeRefusal } from './refusal.ts';
import { toAccount } from './transform.ts';
import { wireLogout, wireMe, wirePage } from './wire.ts';

/** Rocket.Chat from 5.0 on, Premium: one's own sessions, or everybody's with `view-device-management`. */
export const rocketchat: SourceAdapter<'rocketchat'> = { kind: 'rocketchat', capabilities, open };

const PAGE_SIZE = 100;

/** The limiter counts per route and address, tells it on every call, and is off where it tells nothing. */
const dialect = rateDialect({
  headers: 'x-ratelimit',
  reset: 'epoch-ms',
  retryAfterText: /wait (\d+) seconds/,
  silenceMeansUnlimited: true,
  bucket: ({ label }) => label,
});

function capabilities(config: ConfigOf<'rocketchat'>): Capabilities {
  const isAdmin = config.mode === 'admin';
  return {
    scope: isAdmin ? 'all' : 'self',
    canListAll: isAdmin,
    canListUsers: false,
    canRevokeOne: true,
    canRevokeUser: false,
    canRevokeOthers: false,
    hasCurrentFlag: false,
    hasRawUserAgent: false,
    hasParsedDevice: true,
    ip: 'full',
    geo: 'none',
    hasNetworkFlags: false,
    hasExpiry: false,
    lastSeen: 'none',
    history: 'none',
    listIncludesExpired: false,
    idKind: 'connectionId',
    idStability: 'reconnects',
    paging: 'offset',
    orderStable: false,
    serverSort: 'page-local',
    revokeProof: 'notFoundOnUnknown',
    revokeLatencyMs: 0,
    minPollMs: 30_000,
    rate: [{ max: 10, windowMs: 60_000, per: 'ip' }],
  };
}

function open(context: SourceContext<'rocketchat'>): Source {
  const { config } = context;
  const isAdmin = config.mode === 'admin';
  const http = context.http({ baseUrl: config.url, dialect, rate: capabilities(config).rate });
  let known: Account | null = null;

  async function send(request: Omit<HttpRequest, 'headers'>): Promise<HttpAnswer> {
    return http.request({ ...request, headers: await headersOf(context) });
  }

  async function account(signal: AbortSignal): Promise<Account> {
    const label = 'read account';
    if (known !== null) return known;
    const answer = await send({ method: 'GET', path: '/api/v1/me', purpose: 'poll', label, signal });
    known = toAccount(requireJson(answer, wireMe, label, judgeRefusal));
    return known;
  }

  async function page(offset: number, signal: AbortSignal): Promise<ListedPage> {
    const label = 'list sessions';
    const path = isAdmin ? '/api/v1/sessions/list.all' : '/api/v1/sessions/list';
    const query = { offset, count: PAGE_SIZE };
    const answer = await send({ method: 'GET', path, query, purpose: 'poll', label, signal });
    return requireJson(answer, wirePage, label, judgeRefusal);
  }

  return {
    capabilities: capabilities(config),
    account,
    async *list(signal) {
      const owner = await account(signal);
      return yield* readListing((offset) => page(offset, signal), owner, isAdmin);
    },
    async revoke({ native }, signal) {
      const label = 'end session';
      const path = isAdmin ? '/api/v1/sessions/logout' : '/api/v1/sessions/logout.me';
      const sessionId = native instanceof Secret ? native.reveal() : native;
      const answer = await send({
        method: 'POST',
        path,
        json: { sessionId },
        purpose: 'revoke',
        label,
        signal,
      });
      if (isSessionGone(answer.status, jsonOrNull(answer))) {
        return { outcome: 'already-gone', note: 'Rocket.Chat no longer knows this session.' };
      }
      const ended = requireJson(answer, wireLogout, label, judgeRefusal);
      if (ended.sessionId !== sessionId) throw fault('bad-answer', label);
      return { outcome: 'accepted', note: null };
    },
    close: () => http.close(),
  };
}

/** Credentials are resolved at use: a renewed file or variable counts at once. */
async function headersOf({
  config,
  secret,
}: SourceContext<'rocketchat'>): Promise<Record<string, string | Secret>> {
  const { userId, token, secondFactor } = config.auth;
  const login = { 'x-user-id': userId, 'x-auth-token': await secret(token) };
  if (secondFactor === undefined) return login;
  const code = await secret(secondFactor.code);
  return {
    ...login,
    'x-2fa-method': secondFactor.method,
    'x-2fa-code': secondFactor.method === 'password' ? sha256(code) : code,
  };
}

function sha256(secret: Secret): Secret {
  return new Secret(createHash('sha256').update(secret.reveal()).digest('hex'));
}
