import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import fastify, { type FastifyInstance } from 'fastify';
import { newNonce, pageResponse, securityHeaders } from '../contract/csp.ts';
import type { Problem } from '../contract/error-codes.ts';
import { PROTOCOL_REVISION } from '../contract/system.ts';
import type { Logger } from '../engine/host.ts';
import type { Downloads } from './downloads.ts';
import type { Verdict } from './guard.ts';

export type RouteOptions = {
  readonly rendererDir: string;
  readonly version: string;
  readonly log: Logger;
  readonly downloads: Downloads;
  /** The guard. Whatever does not say that it is public needs a session. */
  readonly admit: (request: IncomingMessage, isPublic: boolean) => Verdict;
  /** Trades the one-time token for a Set-Cookie value; null when it is wrong or used. */
  readonly exchange: (token: string) => string | null;
};

declare module 'fastify' {
  // eslint-disable-next-line @typescript-eslint/consistent-type-definitions -- fastify's own is an interface
  interface FastifyContextConfig {
    /** May be had without a session. */
    isPublic?: true;
  }
}

export type Routes = {
  handle(request: IncomingMessage, response: ServerResponse): void;
  close(): Promise<void>;
};

/** Everything the web host answers over plain HTTP: the page, the door and the downloads. */
export async function createRoutes(options: RouteOptions): Promise<Routes> {
  const app = fastify({ logger: false, bodyLimit: 4096, exposeHeadRoutes: false });

  app.addHook('onRequest', async (request, reply) => {
    void reply.headers({ ...securityHeaders, 'cache-control': 'no-store' });
    const verdict = options.admit(request.raw, request.routeOptions.config.isPublic === true);
    if (!verdict.ok) return reply.code(verdict.status).send(verdict.problem);
  });
  app.setErrorHandler((error, request, reply) => {
    const status = statusOf(error);
    if (status >= 500) options.log.error('A request failed.', { url: request.url, error: String(error) });
    const isFault = status >= 500;
    return reply.code(status).send({
      code: isFault ? 'internal' : 'invalid-input',
      message: isFault
        ? 'Something went wrong here; the log has the details.'
        : 'This request is not understood.',
    } satisfies Problem);
  });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send(NOT_HERE));

  addDoor(app, options);
  addDownloads(app, options);
  await addPage(app, options);
  await app.ready();
  return { handle: (request, response) => app.routing(request, response), close: () => app.close() };
}

/** POST trades the token for a cookie; GET tells a page whether its cookie is good and which host this is. */
function addDoor(app: FastifyInstance, { exchange, version }: RouteOptions): void {
  app.post('/session', { config: { isPublic: true } }, async (request, reply) => {
    const cookie = exchange(readToken(request.body));
    if (cookie === null) return reply.code(401).send(USED_TOKEN);
    return reply.code(204).header('set-cookie', cookie).send();
  });
  app.get('/session', async () => ({ version, protocolRevision: PROTOCOL_REVISION }));
}

/** Report files, each at an address that works once. */
function addDownloads(app: FastifyInstance, { downloads }: RouteOptions): void {
  app.get<{ Params: { id: string } }>('/download/:id', async (request, reply) => {
    const path = downloads.take(request.params.id);
    const size = path === null ? null : await stat(path).catch(() => null);
    if (path === null || size === null) return reply.code(404).send(USED_DOWNLOAD);
    return reply
      .header('content-type', 'application/octet-stream')
      .header('content-length', size.size)
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(basename(path))}`)
      .send(createReadStream(path));
  });
}

/** The built page: its files as they are, and the document with a nonce of its own. Its addresses are fragments. */
async function addPage(app: FastifyInstance, { rendererDir }: RouteOptions): Promise<void> {
  const html = await readFile(join(rendererDir, 'index.html'), 'utf8');
  await app.register(fastifyStatic, {
    root: rendererDir,
    serve: false,
    dotfiles: 'ignore',
    cacheControl: false,
    setHeaders: (reply) => void reply.header('cache-control', 'no-cache'),
  });
  app.get<{ Params: { '*': string } }>('/*', { config: { isPublic: true } }, async (request, reply) => {
    const path = request.params['*'];
    if (path !== '' && path !== 'index.html') return reply.sendFile(path);
    const { body, headers } = pageResponse(html, newNonce());
    return reply.headers(headers).send(body);
  });
}

function readToken(body: unknown): string {
  const token: unknown = typeof body === 'object' && body !== null && 'token' in body ? body.token : null;
  return typeof token === 'string' ? token : '';
}

function statusOf(error: unknown): number {
  const status: unknown = error instanceof Error && 'statusCode' in error ? error.statusCode : 500;
  return typeof status === 'number' && status >= 400 ? status : 500;
}

const NOT_HERE: Problem = { code: 'not-found', message: 'There is nothing at this address.' };
const USED_TOKEN: Problem = {
  code: 'refused',
  message: 'This one-time address was used before. Start the web host again for a new one.',
};
const USED_DOWNLOAD: Problem = {
  code: 'not-found',
  message: 'This download was fetched before or is too old. Make the report again.',
};
