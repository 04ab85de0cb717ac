import { errors, type Dispatcher } from 'undici';
import type { SourceErrorCode } from '../../contract/error-codes.ts';
import { EngineError } from '../errors.ts';
import { Secret } from '../secret.ts';
import { fault } from './answer.ts';
import type { HttpAnswer, HttpOptions, HttpRequest } from './http.ts';

export type Exchanged = {
  readonly answer: HttpAnswer;
  /** The `Date` header of the answer; null when there is none. */
  readonly serverDateMs: number | null;
};

/**
 * What every request calls itself. Rocket.Chat remembers a passed second factor by it, so it never changes with a
 * release; the number counts generations of the product.
 */
const USER_AGENT = 'Sessionscope/1';

const DEFAULT_TIMEOUT_MS = 20_000;
const DEFAULT_MAX_BYTES = 32 * 1024 * 1024;

/** One request and its complete answer. Errors as in `HttpClient.request`; an aborted signal throws its reason. */
export async function exchange(
  dispatcher: Dispatcher,
  options: HttpOptions,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<Exchanged> {
  const target = targetOf(options.baseUrl, request);
  const headers = headersOf(request);
  const timeout = new AbortController();
  // Real time on purpose: the far side answers in it, whatever clock the engine was given.
  const timer = setTimeout(() => timeout.abort(), options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  try {
    const response = await dispatcher.request({
      ...target,
      method: request.method,
      headers,
      body: request.json === undefined ? null : JSON.stringify(request.json),
      signal: AbortSignal.any([signal, timeout.signal]),
    });
    const answer = await answerOf(response, options.maxBytes ?? DEFAULT_MAX_BYTES, request.label);
    const dateMs = Date.parse(answer.headers.date ?? '');
    return { answer, serverDateMs: Number.isNaN(dateMs) ? null : dateMs };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof EngineError) throw error;
    const code = timeout.signal.aborted ? 'timeout' : codeOf(error);
    if (code === null) throw error;
    // The cause stays out: it names the address.
    throw fault(code, request.label);
  } finally {
    clearTimeout(timer);
  }
}

/** The origin is the source's, whatever the path says: credentials can't leave for another one. */
function targetOf(baseUrl: string, request: HttpRequest): { origin: string; path: string } {
  const base = new URL(baseUrl);
  const path = reveal(request.path);
  // `encodeURIComponent` leaves dots alone, and an id of dots would climb to another endpoint.
  if (path.split('/').some((segment) => segment === '.' || segment === '..')) {
    throw fault('bad-answer', request.label);
  }
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(request.query ?? {})) query.set(name, String(value));
  return {
    origin: base.origin,
    path: base.pathname.replace(/\/+$/, '') + path + (query.size === 0 ? '' : `?${query.toString()}`),
  };
}

function headersOf(request: HttpRequest): Record<string, string> {
  const headers: Record<string, string> = {
    'user-agent': USER_AGENT,
    accept: 'application/json',
    // Nothing compressed: the size cap then counts what really comes.
    'accept-encoding': 'identity',
    ...(request.json === undefined ? {} : { 'content-type': 'application/json' }),
  };
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    const text = reveal(value);
    if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(text)) {
      throw new EngineError(
        'unauthorized',
        'The credential of the source holds a line break or a character that no header can carry; copy it again.',
      );
    }
    headers[name] = text;
  }
  return headers;
}

function reveal(value: string | Secret): string {
  return typeof value === 'string' ? value : value.reveal();
}

/** Live credentials never come as plain text: cookies are handed on as Secrets, the other is never needed. */
const CREDENTIAL_HEADERS: ReadonlySet<string> = new Set(['set-cookie', 'set-auth-token']);

async function answerOf(
  response: Dispatcher.ResponseData,
  maxBytes: number,
  label: string,
): Promise<HttpAnswer> {
  const text = await textOf(response, maxBytes, label);
  const status = response.statusCode;
  if (status >= 300 && status <= 399) throw fault('redirected', label, status);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers)) {
    if (value === undefined || CREDENTIAL_HEADERS.has(name)) continue;
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') throw fault('bad-answer', label, status);
  return {
    status,
    headers,
    cookies: cookiesOf(response.headers['set-cookie']),
    text,
    json: () => parse(text, label),
  };
}

async function textOf(response: Dispatcher.ResponseData, maxBytes: number, label: string): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response.body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw fault('too-large', label);
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

/** `name=value` of every cookie that is set; its attributes mean nothing to a client of one origin. */
function cookiesOf(setCookie: string | string[] | undefined): readonly Secret[] {
  const lines = setCookie === undefined ? [] : [setCookie].flat();
  return lines.map((line) => new Secret(line.split(';', 1)[0] ?? ''));
}

function parse(text: string, label: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The parser's message repeats the text, which may hold a token.
    throw new EngineError('bad-answer', `${whatCame(text)} instead of data came for "${label}". ${CHECK}`);
  }
}

const CHECK =
  'Check that the address of the source, base path included, is right and that it answers in full.';

function whatCame(text: string): string {
  const start = text.trimStart().slice(0, 1);
  if (start === '') return 'An empty answer';
  if (start === '<') return 'A web page';
  return start === '{' || start === '[' ? 'A truncated answer' : 'Text';
}

const TIMEOUTS = /TIMEOUT|ETIMEDOUT/;
const TLS =
  /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH|CRL_|INVALID_CA|EPROTO)/;

/** What went wrong on the way, by the code of Node or undici; null for a bug: no code, or a request undici can't send. */
function codeOf(error: unknown): SourceErrorCode | null {
  if (error instanceof errors.HTTPParserError) return 'bad-answer';
  if (!(error instanceof Error && 'code' in error && typeof error.code === 'string')) return null;
  const { code } = error;
  if (code.startsWith('UND_ERR_INVALID')) return null;
  if (TIMEOUTS.test(code)) return 'timeout';
  if (TLS.test(code)) return 'tls';
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return 'too-large';
  return 'offline';
}
