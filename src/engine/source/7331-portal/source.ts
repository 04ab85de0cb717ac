import type { Capabilities } from '../../../contract/source.ts';
import { EngineError } from '../../errors.ts';
import { requireJson } from '../answer.ts';
import { rateDialect } from '../rate-dialect.ts';
import { sweepEnd } from '../rows.ts';
import type { Source, SourceAdapter, SourceContext, SourcePage, SweepEnd } from '../source.ts';
import { toRows } from './transform.ts';
import { wireListing } from './wire.ts';

const LABEL = 'list sessions';

const CAPABILITIES: Capabilities = {
  scope: 'self',
  canListAll: false,
  canListUsers: false,
  canRevokeOne: false,
  canRevokeUser: false,
  canRevokeOthers: false,
  hasCurrentFlag: true,
  hasRawUserAgent: true,
  hasParsedDevice: false,
  ip: 'full',
  geo: 'coordinates',
  hasNetworkFlags: true,
  hasExpiry: true,
  lastSeen: 'none',
  history: 'endedSessions',
  listIncludesExpired: false,
  idKind: 'suffix',
  idStability: 'stable',
  paging: 'none',
  orderStable: false,
  serverSort: 'none',
  revokeProof: 'none',
  revokeLatencyMs: 0,
  minPollMs: 60_000,
  rate: [{ max: 120, windowMs: 60_000, per: 'ip' }],
};

/** The newer interface of 7331.org: one answer, one's own sessions and ended ones, nothing can be ended. */
export const portal7331: SourceAdapter<'7331-portal'> = {
  kind: '7331-portal',
  capabilities: () => CAPABILITIES,
  open,
};

function open({ config, secret, http }: SourceContext<'7331-portal'>): Source {
  const client = http({ baseUrl: config.url, dialect: rateDialect(), rate: CAPABILITIES.rate });
  const { owner } = config;

  async function* list(signal: AbortSignal): AsyncGenerator<SourcePage, SweepEnd, void> {
    const answer = await client.request({
      method: 'GET',
      path: '/v1/users/me/sessions',
      headers: { cookie: await secret(config.auth.cookie) },
      purpose: 'poll',
      label: LABEL,
      signal,
    });
    const listing = requireJson(answer, wireListing, LABEL);
    const active = toRows(listing.sessions, 'sessions');
    const ended = toRows(listing.history ?? [], 'history');
    const activeIdentities = new Set(active.rows.map(({ identity }) => identity));
    yield {
      rows: active.rows,
      // A session that ends while the answer is made may stand in both lists: alive wins until the next poll.
      history: ended.rows.filter(({ identity }) => !activeIdentities.has(identity)),
      events: [],
      rejected: [
        ...active.rejected,
        ...ended.rejected.map(({ index, reason }) => ({ index, reason: `in the history: ${reason}` })),
      ],
    };
    // An ended session that could not be read hides no live one.
    return sweepEnd(active.rejected);
  }

  return {
    capabilities: CAPABILITIES,
    list,
    async account() {
      if (owner === undefined) return { id: 'me', name: null, email: null, known: false };
      return { id: owner.id, name: owner.name ?? null, email: owner.email ?? null, known: true };
    },
    async revoke() {
      throw new EngineError(
        'forbidden',
        'The 7331 portal can only be read: no session can be ended through it. Ask an administrator there.',
      );
    },
    close: () => client.close(),
  };
}
