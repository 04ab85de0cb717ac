import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Protocol } from 'electron';
import { newNonce, pageResponse, securityHeaders } from '../contract/csp.ts';
import { resolveAppPath } from './app-path.ts';
import { startFailurePage } from './start-failure.ts';

/** Makes `app:` a scheme like https: with an origin, fetch and a code cache. To be called before the app is ready. */
export function registerAppScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

export type PageFiles = {
  /** Folder with the built page. */
  readonly rendererDir: string;
  /** Why the engine can't start, as a sentence, or null: then this is shown in place of the page. */
  readonly startFailure: () => string | null;
};

/** Serves the built page; nothing outside of its folder has an address. */
export function serveApp(protocol: Pick<Protocol, 'handle'>, files: PageFiles): void {
  protocol.handle('app', (request) => answer(request.url, files));
}

/** The answer to one address, with the headers that belong to it. */
export async function answer(address: string, { rendererDir, startFailure }: PageFiles): Promise<Response> {
  const target = resolveAppPath(address, rendererDir);
  if (target === null) return notFound();
  if (target.kind === 'page') {
    const failure = startFailure();
    const html =
      failure === null ? await readFile(join(rendererDir, 'index.html'), 'utf8') : startFailurePage(failure);
    const { body, headers } = pageResponse(html, newNonce());
    return new Response(body, { headers });
  }
  const type = TYPES[extname(target.path)];
  if (type === undefined) return notFound();
  try {
    const headers = { ...securityHeaders, 'content-type': type };
    return new Response(new Uint8Array(await readFile(target.path)), { headers });
  } catch {
    return notFound();
  }
}

/** Kinds of file a built page has; anything else is not served. */
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

function notFound(): Response {
  return new Response('There is nothing at this address.', {
    status: 404,
    headers: { ...securityHeaders, 'content-type': 'text/plain; charset=utf-8' },
  });
}
