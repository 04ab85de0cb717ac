import { EngineError } from '../../errors.ts';
import type { Secret } from '../../secret.ts';
import { jsonOrNull, requireJson } from '../answer.ts';
import type { HttpAnswer, HttpRequest } from '../http.ts';
import { rateDialect } from '../rate-dialect.ts';
import { sweepEnd } from '../rows.ts';
import type {
  RevokeAnswer,
  RevokeTarget,
  Source,
  SourceAdapter,
  SourceContext,
  SourcePage,
  SweepEnd,
} from '../source.ts';
import { capabilitiesOf } from './capabilities.ts';
import { KnownAccount } from './known-account.ts';
import { judgeRefusal, meaningOf } from './refusal.ts';
import { toRows } from './transform.ts';
import { wireListing } from './wire.ts';

/** Zipline, generations B and C, told apart by what they answer. */
export const zipline: SourceAdapter<'zipline'> = { kind: 'zipline', capabilities: capabilitiesOf, open };

const PATH = '/api/user/sessions';
const LIST = 'list sessions';
const END = 'end a session';

function open({ config, secret, http }: SourceContext<'zipline'>): Source {
  const { auth } = config;
  const hasCookie = auth.cookie !== undefined;
  const capabilities = capabilitiesOf(config);
  const client = http({ baseUrl: config.url, dialect: rateDialect(), rate: capabilities.rate });
  const account = new KnownAccount(config.owner);

  async function ask(request: Omit<HttpRequest, 'headers' | 'path'>): Promise<HttpAnswer> {
    const headers: Record<string, Secret> = {};
    if (auth.token !== undefined) headers.authorization = await secret(auth.token);
    if (auth.cookie !== undefined) headers.cookie = await secret(auth.cookie);
    return client.request({ ...request, path: PATH, headers });
  }

  async function fetchListing(signal: AbortSignal) {
    const answer = await ask({ method: 'GET', purpose: 'poll', label: LIST, signal });
    const listing = requireJson(answer, wireListing, LIST, judgeRefusal(hasCookie));
    return { ...toRows(listing), hasCurrent: listing.current !== null };
  }

  async function* list(signal: AbortSignal): AsyncGenerator<SourcePage, SweepEnd, void> {
    const { rows, rejected, hasCurrent } = await fetchListing(signal);
    if (!account.learn(rows)) throw otherUser();
    yield { rows, history: [], events: [], rejected };
    return hasCookie && !hasCurrent ? cookieOfNobody() : sweepEnd(rejected);
  }

  async function revoke({ native }: RevokeTarget, signal: AbortSignal): Promise<RevokeAnswer> {
    // The body's other form ends every session, the analyst's own too where none is current: it is never sent.
    const json = { sessionId: String(native) };
    const answer = await ask({ method: 'DELETE', json, purpose: 'revoke', label: END, signal });
    if (answer.status === 400 && meaningOf(jsonOrNull(answer)) === 'unknown-session') {
      return { outcome: 'already-gone', note: null };
    }
    const left = toRows(requireJson(answer, wireListing, END, judgeRefusal(hasCookie))).rows;
    const isGone = left.every(({ identity }) => identity !== json.sessionId);
    return { outcome: 'accepted', note: isGone ? GONE_NOTE : STILL_THERE_NOTE };
  }

  return {
    capabilities,
    list,
    async account(signal) {
      if (account.current !== null) return account.current;
      const { rows } = await fetchListing(signal);
      account.learn(rows);
      return account.of(rows);
    },
    revoke,
    close: () => client.close(),
  };
}

const GONE_NOTE = 'The list in the answer no longer shows it.';
const STILL_THERE_NOTE = 'The list in the answer still shows it.';

function otherUser(): EngineError {
  return new EngineError(
    'incomplete',
    'The credential now belongs to another user than before; the sessions are listed again as those of that user.',
  );
}

/**
 * A cookie that is none of the sessions listed: with a token beside it the user comes from the token, so the two may
 * belong to different people. What was listed is right, but which session is one's own is unknown.
 */
function cookieOfNobody(): SweepEnd {
  return {
    complete: false,
    problem: {
      code: 'stale-login',
      message:
        'Zipline does not count the cookie as one of the sessions it lists: token and cookie belong to different ' +
        'users, or the session of the cookie has ended. Give the source both of one user, from a live sign-in.',
    },
  };
}
