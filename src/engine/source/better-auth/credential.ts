import type { ConfigOf } from '../../../contract/source.ts';
import { EngineError } from '../../errors.ts';
import { Secret } from '../../secret.ts';
import type { HttpAnswer, HttpRequest } from '../http.ts';
import type { SourceContext } from '../source.ts';

export type Credential = {
  headers(): Promise<NonNullable<HttpRequest['headers']>>;
  /** Takes over the cookies that an answer rotated. */
  keep(answer: HttpAnswer): void;
};

/** What the configured credential puts on every request. It is resolved at use: a renewed one counts at once. */
export function credentialOf(context: SourceContext<'better-auth'>): Credential {
  const { auth } = context.config;
  if ('cookie' in auth) return cookieCredential(context, auth);
  return {
    async headers() {
      const token = await context.secret(auth.bearer);
      return { authorization: new Secret(`Bearer ${token.reveal()}`) };
    },
    keep() {
      // A bearer token is the session's own token and never rotates.
    },
  };
}

type CookieAuth = Extract<ConfigOf<'better-auth'>['auth'], { cookie: unknown }>;

/** With a cookie every POST needs the `Origin` of the server; rotated cookies live in memory only. */
function cookieCredential({ config, secret }: SourceContext<'better-auth'>, auth: CookieAuth): Credential {
  const origin = new URL(config.url).origin;
  let configured = '';
  let jar = new Map<string, Secret>();
  return {
    async headers() {
      const header = (await secret(auth.cookie)).reveal();
      if (header !== configured) {
        configured = header;
        jar = jarOf(header);
      }
      const cookie = [...jar].map(([name, value]) => `${name}=${value.reveal()}`).join('; ');
      return { cookie: new Secret(cookie), origin };
    },
    keep({ cookies }) {
      for (const cookie of cookies) {
        const [name, value] = splitCookie(cookie.reveal());
        // An emptied cookie is a sign-out of a browser; here the credential stays what it was until it is refused.
        if (jar.has(name) && value !== '') jar.set(name, new Secret(value));
      }
    },
  };
}

function jarOf(header: string): Map<string, Secret> {
  const jar = new Map<string, Secret>();
  for (const part of header.split(';')) {
    const [name, value] = splitCookie(part.trim());
    // `session_data` is a cache of the session that still passes after the session was revoked.
    if (name !== '' && !/session_data(\.\d+)?$/.test(name)) jar.set(name, new Secret(value));
  }
  if (jar.size === 0) {
    throw new EngineError(
      'unauthorized',
      'The cookie of the source holds no session; copy the whole Cookie header (name=value; …) of a signed-in browser.',
    );
  }
  return jar;
}

function splitCookie(text: string): [name: string, value: string] {
  const at = text.indexOf('=');
  return at < 0 ? ['', ''] : [text.slice(0, at), text.slice(at + 1)];
}
