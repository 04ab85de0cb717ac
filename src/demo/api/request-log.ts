/** One request as a test may see it: what was asked, with every credential masked. */
export type LoggedRequest = {
  readonly atMs: number;
  readonly method: string;
  /** Path and query; a token in it reads `[secret]`. */
  readonly path: string;
  /** The JSON body with credentials masked; null when there was none. */
  readonly body: unknown;
  readonly userAgent: string | null;
  /** Names of the headers that carried a credential, lower case. */
  readonly credentials: readonly string[];
  /** Null while unanswered. */
  status: number | null;
};

const MASK = '[secret]';
const SECRET_KEYS = new Set(['token', 'sessionToken', 'password', 'code', 'loginToken']);
const CREDENTIAL_HEADERS = ['authorization', 'cookie', 'x-api-key', 'x-auth-token', 'x-2fa-code'];

/** Builds the log's entry; `maskPath` hides tokens that a kind puts into its paths. */
export function logEntry(
  request: { method: string; path: string; headers: Readonly<Record<string, unknown>>; body: unknown },
  atMs: number,
  maskPath: (path: string, mask: string) => string,
): LoggedRequest {
  const userAgent = request.headers['user-agent'];
  return {
    atMs,
    method: request.method,
    path: maskPath(request.path, MASK),
    body: request.body === undefined ? null : masked(request.body),
    userAgent: typeof userAgent === 'string' ? userAgent : null,
    credentials: CREDENTIAL_HEADERS.filter((name) => request.headers[name] !== undefined),
    status: null,
  };
}

function masked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, SECRET_KEYS.has(key) ? MASK : masked(inner)]),
  );
}
