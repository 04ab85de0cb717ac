import type { IncomingMessage } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { getWSConnectionHandler } from '@trpc/server/adapters/ws';
import { WebSocketServer } from 'ws';
import type { Problem } from '../contract/error-codes.ts';
import { appRouter, type RouterContext } from '../engine/router.ts';
import type { Logger } from '../engine/host.ts';
import { logBugs } from '../link/log-bugs.ts';
import { cappedEncoder } from './capped-encoder.ts';
import type { Verdict } from './guard.ts';

/** A plan may name 100,000 keys of 26 characters; nothing else comes near. */
const MAX_MESSAGE_BYTES = 8 * 1024 * 1024;
const MAX_SOCKETS = 32;
const MAX_OPEN_CALLS = 200;

export type SocketOptions = {
  readonly context: RouterContext;
  readonly log: Logger;
  /** Asked at the upgrade, before a socket exists. */
  readonly admit: (request: IncomingMessage) => Verdict;
};

/** Serves the router at `/trpc` to whoever passes the guard. */
export class Sockets {
  readonly #options: SocketOptions;
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
  });

  constructor(options: SocketOptions) {
    this.#options = options;
    const { context, log } = options;
    const report = logBugs({ router: appRouter, context }, log);
    this.#server.on('connection', (socket, request) => {
      getWSConnectionHandler({
        wss: this.#server,
        router: appRouter,
        createContext: () => context,
        onError: ({ error, path }) => report(error, path),
        keepAlive: { enabled: true },
        experimental_encoder: cappedEncoder(MAX_OPEN_CALLS, (text) => socket.send(text)),
      })(socket, request);
    });
  }

  /** Listener for the `upgrade` event of a server. */
  readonly onUpgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    // A browser that goes away during the upgrade is no fault of ours and must not end the process.
    stream.on('error', () => stream.destroy());
    const verdict = this.#options.admit(request);
    if (!verdict.ok) refuse(stream, verdict.status, verdict.problem);
    else if (request.url?.split('?')[0] !== '/trpc') {
      refuse(stream, 404, { code: 'not-found', message: 'There is no socket at this address.' });
    } else if (this.#server.clients.size >= MAX_SOCKETS) {
      refuse(stream, 503, { code: 'refused', message: 'Too many pages are open. Close some of them.' });
    } else {
      this.#server.handleUpgrade(request, stream, head, (socket) => {
        this.#server.emit('connection', socket, request);
      });
    }
  };

  /** Cuts every socket; what they waited for is aborted. */
  close(): void {
    for (const socket of this.#server.clients) socket.terminate();
    this.#server.close();
  }
}

function refuse(stream: Duplex, status: number, problem: Problem): void {
  const body = JSON.stringify(problem);
  stream.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
      'Connection: close',
      'Content-Type: application/json; charset=utf-8',
      'Cache-Control: no-store',
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
    () => stream.destroy(),
  );
}
