import type { z } from 'zod';
import { EngineError } from '../../errors.ts';
import { Secret } from '../../secret.ts';
import { requireJson } from '../answer.ts';
import type { HttpAnswer, HttpRequest } from '../http.ts';
import { rateDialect } from '../rate-dialect.ts';
import type { RevokeAnswer, RevokeTarget, Source, SourceAdapter, SourceContext } from '../source.ts';
import { capabilitiesOf, IP_RATE } from './capabilities.ts';
import { credentialHeaders, isCookieAuth } from './credential.ts';
import { PAGE_SIZE, readListing } from './listing.ts';
import { judgeCookie, judgeKey } from './refusal.ts';
import { wirePage, wireRevoked, wireSession, type WirePage } from './wire.ts';

/** XyraPanel, whose success answers prove nothing and whose ids are live tokens. */
export const xyrapanel: SourceAdapter<'xyrapanel'> = {
  kind: 'xyrapanel',
  capabilities: capabilitiesOf,
  open,
};

const PATH = '/api/account/sessions';
const LIST = 'list sessions';
const END = 'end a session';

function open({ config, secret, http }: SourceContext<'xyrapanel'>): Source {
  const { auth, owner } = config;
  const hasCookie = isCookieAuth(auth);
  const client = http({
    baseUrl: config.url,
    dialect: rateDialect({ headers: 'x-ratelimit', reset: 'epoch-ms' }),
    // The key's own budget is not counted in calls: the time between polls and its refusals keep it.
    rate: [IP_RATE],
  });
  let hasKeyWorked = false;

  async function ask(request: Omit<HttpRequest, 'headers'>): Promise<HttpAnswer> {
    return client.request({ ...request, headers: await credentialHeaders(auth, secret) });
  }

  function read<S extends z.ZodType>(answer: HttpAnswer, schema: S, label: string): z.output<S> {
    const body = requireJson(answer, schema, label, hasCookie ? judgeCookie : judgeKey(hasKeyWorked));
    hasKeyWorked = true;
    return body;
  }

  async function readPage(page: number, signal: AbortSignal): Promise<WirePage> {
    const query = { page, limit: PAGE_SIZE };
    const answer = await ask({ method: 'GET', path: PATH, query, purpose: 'poll', label: LIST, signal });
    return read(answer, wirePage, LIST);
  }

  async function revoke({ native }: RevokeTarget, signal: AbortSignal): Promise<RevokeAnswer> {
    const token = wireSession.shape.token.parse(native instanceof Secret ? native.reveal() : native);
    const path = new Secret(`${PATH}/${encodeURIComponent(token)}`);
    const answer = await ask({ method: 'DELETE', path, purpose: 'revoke', label: END, signal });
    // Documented for an unknown session, though panels seen so far answer 200 for it.
    if (answer.status === 404) return { outcome: 'already-gone', note: null };
    // 200 comes for unknown, repeated and foreign tokens too: that it was asked is all it means.
    if (read(answer, wireRevoked, END).data.revoked) return { outcome: 'accepted', note: null };
    throw new EngineError(
      'bad-answer',
      'The panel answered that it did not end the session. List it again to see.',
    );
  }

  return {
    capabilities: capabilitiesOf(config),
    list: (signal) =>
      readListing({
        tellsCurrent: hasCookie,
        // A second reading costs a key too much of its day.
        passes: hasCookie ? 2 : 1,
        read: (page) => readPage(page, signal),
      }),
    async account() {
      if (owner === undefined) return { id: 'me', name: null, email: null, known: false };
      return { id: owner.id, name: owner.name ?? null, email: owner.email ?? null, known: true };
    },
    revoke,
    close: () => client.close(),
  };
}
