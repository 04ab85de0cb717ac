import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** One request as a simulator sees it. */
export type ApiRequest = {
  readonly method: string;
  /** Path without query, still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly cookies: ReadonlyMap<string, string>;
  /** Parsed JSON; undefined when there was no body or it was no JSON. */
  readonly body: unknown;
  readonly ip: string;
  /** Paging faults are the simulator's to play; every other fault is played by the server. */
  readonly pagingFault: 'moved' | 'partial' | null;
};

const MAX_BODY_BYTES = 1024 * 1024;

/** Reads one request whole; rejects bodies above 1 MiB. */
export async function readRequest(incoming: IncomingMessage): Promise<Omit<ApiRequest, 'pagingFault'>> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BODY_BYTES) throw new Error('The request is too large for a simulated API.');
    chunks.push(chunk);
  }
  const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: incoming.headers,
    cookies: cookiesOf(incoming.headers.cookie ?? ''),
    body: jsonOf(Buffer.concat(chunks).toString('utf8')),
    ip: incoming.socket.remoteAddress ?? '127.0.0.1',
  };
}

function cookiesOf(header: string): Map<string, string> {
  const pairs = header.split(';').map((pair) => pair.trim());
  return new Map(
    pairs
      .filter((pair) => pair.includes('='))
      .map((pair) => {
        const at = pair.indexOf('=');
        return [pair.slice(0, at), pair.slice(at + 1)];
      }),
  );
}

function jsonOf(body: string): unknown {
  if (body === '') return undefined;
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

/** A text field of a JSON body; undefined when the body is no object or the field is no text. */
export function textField(body: unknown, name: string): string | undefined {
  const value = fieldOf(body, name);
  return typeof value === 'string' ? value : undefined;
}

/** A field of a JSON body as it is; undefined when the body is no object. */
export function fieldOf(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
}

/** One header as text; undefined when it is missing or repeated. */
export function headerOf(request: ApiRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}
