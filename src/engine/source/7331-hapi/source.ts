import type { Capabilities } from '../../../contract/source.ts';
import { EngineError } from '../../errors.ts';
import { requireJson } from '../answer.ts';
import { rateDialect } from '../rate-dialect.ts';
import { sweepEnd } from '../rows.ts';
import type { Source, SourceAdapter, SourceContext, SourcePage, SweepEnd } from '../source.ts';
import { readLogins, toEvent } from './logins.ts';
import { readPlaces } from './places.ts';
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
  geo: 'city',
  hasNetworkFlags: false,
  hasExpiry: true,
  lastSeen: 'none',
  history: 'events',
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

/** The older interface of 7331.org: one answer, one's own sessions, nothing can be ended. */
export const hapi7331: SourceAdapter<'7331-hapi'> = {
  kind: '7331-hapi',
  capabilities: () => CAPABILITIES,
  open,
};

function open({ config, secret, http }: SourceContext<'7331-hapi'>): Source {
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
    const places = readPlaces(listing.geo_map);
    const logins = readLogins(listing.login_history);
    const { rows, rejected } = toRows(listing.sessions, logins.rows, places);
    yield {
      rows,
      history: [],
      events: logins.rows.map((login) => toEvent(login, rows, places)),
      rejected: [...rejected, ...logins.rejected],
    };
    // A login that could not be read hides no session.
    return sweepEnd(rejected);
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
        'The 7331 interface can only be read: no session can be ended through it. Ask an administrator there.',
      );
    },
    close: () => client.close(),
  };
}
