import type { ConfigOf } from '../../../contract/source.ts';
import { EngineError } from '../../errors.ts';
import { Secret } from '../../secret.ts';
import type { SourceContext } from '../source.ts';

type Auth = ConfigOf<'xyrapanel'>['auth'];

/** With a cookie the app is a session of the panel; with an API key it is none, and lives on a daily quota. */
export function isCookieAuth(auth: Auth): auth is Extract<Auth, { cookie: unknown }> {
  return 'cookie' in auth;
}

/** The headers that carry the credential, read where it is at every use. */
export async function credentialHeaders(
  auth: Auth,
  secret: SourceContext<'xyrapanel'>['secret'],
): Promise<Readonly<Record<string, Secret>>> {
  if (isCookieAuth(auth)) return { cookie: sessionCookie(await secret(auth.cookie)) };
  const key = await secret(auth.apiKey);
  return { authorization: new Secret(`Bearer ${key.reveal()}`) };
}

/**
 * The `session_token` cookie alone out of a whole Cookie header. `session_data`, its neighbour, is a cache that
 * keeps passing for 5 minutes after the session was revoked. Throws `unauthorized` when the token is not among them.
 */
function sessionCookie(header: Secret): Secret {
  const pairs = header.reveal().split(';');
  const own = pairs.map((pair) => pair.trim()).find((pair) => /^[^=]*\bsession_token=./.test(pair));
  if (own !== undefined) return new Secret(own);
  throw new EngineError(
    'unauthorized',
    'The cookie has no "better-auth.session_token" in it. Copy the whole Cookie header of a signed-in browser.',
  );
}
