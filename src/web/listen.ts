import { createServer, type RequestListener, type Server } from 'node:http';
import { EngineError } from '../engine/errors.ts';

export type Listener = {
  readonly port: number;
  readonly servers: readonly Server[];
  /** Stops listening and cuts every connection. */
  close(): void;
};

/**
 * Listens on 127.0.0.1, and on ::1 with the same port where this machine has it; nowhere else.
 * Port 0 takes a free one. Throws EngineError with a sentence when the port can't be had.
 */
export async function listen(port: number, onRequest: RequestListener): Promise<Listener> {
  const first = await bind('127.0.0.1', port, onRequest).catch((error: unknown) => {
    throw portError(port, error);
  });
  const address = first.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has no port.');
  const second = await bind('::1', address.port, onRequest).catch(() => null);
  const servers = second === null ? [first] : [first, second];
  return {
    port: address.port,
    servers,
    close() {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

function bind(host: string, port: number, onRequest: RequestListener): Promise<Server> {
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 }, onRequest);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve(server);
    });
  });
}

function portError(port: number, error: unknown): EngineError {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE') {
    return new EngineError(
      'conflict',
      `Port ${port} is taken by another program. Choose another one, or leave the port out for a free one.`,
      { cause: error },
    );
  }
  if (code === 'EACCES') {
    return new EngineError(
      'refused',
      `Port ${port} needs more rights than you have. Choose one above 1023.`,
      {
        cause: error,
      },
    );
  }
  return new EngineError('internal', `Nothing can listen on 127.0.0.1 port ${port}.`, { cause: error });
}
