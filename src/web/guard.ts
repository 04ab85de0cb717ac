import type { Problem } from '../contract/error-codes.ts';

// A local server that ends sessions is worth attacking from any web page the analyst has open, through DNS
// rebinding (Host), foreign pages (Origin) and other local users (the session). Everything that comes in, requests
// and upgrades alike, passes this one function before anything else looks at it.

export type GuardedRequest = {
  readonly method: string;
  readonly isUpgrade: boolean;
  /** The Host header as sent. */
  readonly host: string | undefined;
  /** The Origin header as sent. */
  readonly origin: string | undefined;
  /** Whether what is asked for may be had without a session: the page's own files, and the door itself. */
  readonly isPublic: boolean;
  /** Whether the request carries the cookie of a session that this process gave out. */
  readonly hasSession: boolean;
};

export type Verdict =
  { readonly ok: true } | { readonly ok: false; readonly status: 401 | 403 | 421; readonly problem: Problem };

/** Decides about one request to a host that listens on `port`. */
export function guard(request: GuardedRequest, port: number): Verdict {
  const { host, origin } = request;
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) {
    return refuse(421, `This address is not served here. Open http://127.0.0.1:${port}/ instead.`);
  }
  const mustSayOrigin = request.isUpgrade || !SAFE_METHODS.has(request.method);
  if (origin === undefined ? mustSayOrigin : origin !== `http://${host}`) {
    return refuse(403, 'Only the page of Sessionscope itself may ask for this.');
  }
  if (!request.isPublic && !request.hasSession) {
    return refuse(401, 'This browser is not signed in. Open the one-time address that Sessionscope printed.');
  }
  return { ok: true };
}

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

function refuse(status: 401 | 403 | 421, message: string): Verdict {
  return { ok: false, status, problem: { code: 'refused', message } };
}
