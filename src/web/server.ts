import { existsSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { Engine } from '../engine/engine.ts';
import { EngineError } from '../engine/errors.ts';
import type { Logger } from '../engine/host.ts';
import { Admission, newToken } from './admission.ts';
import { browserEngine } from './browser-engine.ts';
import { Downloads } from './downloads.ts';
import { guard, type Verdict } from './guard.ts';
import { listen } from './listen.ts';
import { createRoutes } from './routes.ts';
import { Sockets } from './sockets.ts';

const CLOSE_WITHIN_MS = 2_000;

export type WebHostOptions = {
  readonly engine: Engine;
  /** Folder with the built page (`index.html` and its assets). */
  readonly rendererDir: string;
  /** 1–65535; a free one when left out. */
  readonly port?: number;
  readonly version: string;
  readonly log: Logger;
  /** Milliseconds since 1970, for the lifetime of downloads. Default: the system's clock. */
  readonly now?: () => number;
};

export type WebHost = {
  /** Address to open, once: its fragment holds the token. Goes to the person who started the host and nowhere else. */
  readonly url: string;
  readonly origin: string;
  /** Ends the host within two seconds, whatever its connections do. The engine is the caller's to stop. */
  close(): Promise<void>;
};

/** Serves the page and the router on loopback. Throws EngineError with a sentence when it can't. */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const { rendererDir, version, log } = options;
  if (!existsSync(join(rendererDir, 'index.html'))) {
    throw new EngineError('not-found', 'The page has not been built yet. Run "npm run build" first.');
  }
  const token = newToken();
  const downloads = new Downloads(options.now ?? Date.now);

  // The guard needs the port and listening needs the routes, so admission is filled in between.
  let admission: Admission | null = null;
  let port = 0;
  const admit = (request: IncomingMessage, isPublic: boolean): Verdict =>
    guard(
      {
        method: request.method ?? '',
        isUpgrade: request.headers.upgrade !== undefined,
        host: request.headers.host,
        origin: request.headers.origin,
        isPublic,
        hasSession: admission?.hasSession(request.headers.cookie) ?? false,
      },
      port,
    );
  const routes = await createRoutes({
    rendererDir,
    version,
    log,
    downloads,
    admit,
    exchange: (candidate) => admission?.exchange(candidate) ?? null,
  });
  const listener = await listen(options.port ?? 0, (request, response) => routes.handle(request, response));
  port = listener.port;
  admission = new Admission(port, token);

  const sockets = new Sockets({
    context: { engine: browserEngine(options.engine, downloads) },
    log,
    admit: (request) => admit(request, false),
  });
  for (const server of listener.servers) server.on('upgrade', sockets.onUpgrade);

  const origin = `http://127.0.0.1:${port}`;
  return {
    url: `${origin}/#token=${token}`,
    origin,
    async close() {
      sockets.close();
      listener.close();
      await Promise.race([routes.close(), afterMs(CLOSE_WITHIN_MS)]);
    },
  };
}

function afterMs(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
