import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { DemoClock } from '../clock.ts';
import type { ActiveFault, FaultSwitch } from './faults.ts';
import { logEntry, type LoggedRequest } from './request-log.ts';
import { readRequest, type ApiRequest } from './request.ts';

/** `body` is sent as JSON unless it is a string with a content type of its own. */
export type Answer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body: unknown;
};

/** How a kind words its refusals. */
export type FaultDialect = {
  readonly unauthorized: (request: ApiRequest) => Answer;
  readonly forbidden: (request: ApiRequest) => Answer;
  readonly rateLimited: (request: ApiRequest) => Answer;
  readonly serverError: (request: ApiRequest) => Answer;
};

export type ServerOptions = {
  readonly clock: DemoClock;
  readonly faults: FaultSwitch;
  readonly dialect: FaultDialect;
  readonly handle: (request: ApiRequest) => Answer;
  readonly maskPath?: (path: string, mask: string) => string;
};

export type ApiServer = {
  /** Origin without a trailing slash. */
  readonly url: string;
  readonly requests: LoggedRequest[];
  close(): Promise<void>;
};

/** Serves one simulated API on a free port of 127.0.0.1, faults included, until `close()`. */
export async function startServer(options: ServerOptions): Promise<ApiServer> {
  const requests: LoggedRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    answer(options, requests, incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The simulated API got no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  options: ServerOptions,
  requests: LoggedRequest[],
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const plain = await readRequest(incoming);
  const target = incoming.url ?? '/';
  const entry = logEntry(
    { ...plain, path: target },
    options.clock.now(),
    options.maskPath ?? ((path) => path),
  );
  requests.push(entry);
  const fault = options.faults.take(entry);
  if (fault?.name === 'hang') return;
  const paging = fault?.name === 'moved' || fault?.name === 'partial' ? fault.name : null;
  const given = faulty(fault, { ...plain, pagingFault: paging }, options);
  entry.status = given.status;
  send(outgoing, given, fault, options.clock.now());
}

function faulty(fault: ActiveFault | null, request: ApiRequest, options: ServerOptions): Answer {
  switch (fault?.name) {
    case 'unauthorized':
      return options.dialect.unauthorized(request);
    case 'forbidden':
      return options.dialect.forbidden(request);
    case 'rate-limited':
      return options.dialect.rateLimited(request);
    case 'server-error':
      return options.dialect.serverError(request);
    case 'html':
      return text(200, 'text/html; charset=utf-8', '<!doctype html><title>Sign in</title><h1>Sign in</h1>');
    case 'redirect':
      return { status: 302, headers: { location: fault.redirectTo }, body: '' };
    case 'cut':
    case 'truncated':
    case 'moved':
    case 'partial':
    case 'hang':
    case undefined:
      return options.handle(request);
  }
}

/** A body that is no JSON. */
export function text(status: number, contentType: string, body: string): Answer {
  return { status, headers: { 'content-type': contentType }, body };
}

function send(outgoing: ServerResponse, given: Answer, fault: ActiveFault | null, nowMs: number): void {
  const ownType = given.headers?.['content-type'] !== undefined || given.headers?.location !== undefined;
  const whole = ownType && typeof given.body === 'string' ? given.body : JSON.stringify(given.body);
  const half = whole.slice(0, Math.max(1, Math.floor(whole.length / 2)));
  const body = Buffer.from(fault?.name === 'truncated' ? half : whole);
  // The date is the far side's own clock: clients take the offset of epoch resets from it.
  outgoing.sendDate = false;
  outgoing.writeHead(given.status, {
    'content-type': 'application/json; charset=utf-8',
    date: new Date(nowMs).toUTCString(),
    ...mutable(given.headers),
    'content-length': body.byteLength,
  });
  if (fault?.name !== 'cut') {
    outgoing.end(body);
    return;
  }
  outgoing.write(half, () => outgoing.destroy());
}

function mutable(headers: Answer['headers']): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers ?? {}).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : [...value],
    ]),
  );
}
