import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setPriority } from 'node:os';
import { z } from 'zod';
import { farSideOrder } from './far-side-messages.ts';
import { findNeighbourhoods } from './population/neighbourhoods.ts';
import { services, type Service } from './population/people.ts';
import { createPopulation, type Population } from './population/population.ts';
import { administrator, betterAuthSession, betterAuthUser, rocketchatSession } from './population/wire.ts';

/** Every answer as the bytes that go out, so that the far side costs the engine's computer little. */
type Listing = {
  readonly users: readonly string[];
  readonly sessionsOf: ReadonlyMap<string, Buffer>;
  readonly rows: readonly string[];
};

// It stands for other people's computers: where all processors are busy, the engine has them first.
setPriority(10);

const listings = new Map<string, Listing>();
const ownSession = JSON.stringify({
  session: { id: administrator.sessionId },
  user: { ...administrator, emailVerified: true },
});
const ownUser = JSON.stringify({
  _id: administrator.id,
  name: administrator.name,
  emails: [{ address: administrator.email, verified: true }],
});

// A pause between two polls must not close a connection that the next one still uses.
const server = createServer({ keepAliveTimeout: 600_000 }, (request, response) => {
  bodyOf(request).then(
    (body) => answer(request, body, response),
    () => response.destroy(),
  );
});
server.listen(0, '127.0.0.1', () => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.on('message', (message) => {
    // What fails here ends the process, and the parent notices that.
    void prepare(farSideOrder.parse(message)).then((pages) => process.send?.({ url, pages }));
  });
});
process.on('disconnect', () => process.exit(0));

/** Answers into how many pages the adapters will cut it. */
async function prepare({ sessions, moment }: z.infer<typeof farSideOrder>): Promise<number> {
  listings.clear();
  const population = createPopulation(sessions, await findNeighbourhoods());
  for (const service of services) listings.set(service, listingOf(population, service, moment));
  const lengths = [...listings.values()].map(({ users, rows }) =>
    Math.ceil((users.length + rows.length) / 100),
  );
  return lengths.reduce((sum, length) => sum + length, 0);
}

function listingOf(population: Population, service: Service, moment: number): Listing {
  const users: string[] = [];
  const rows: string[] = [];
  const sessionsOf = new Map<string, Buffer>();
  for (const person of population.usersOf(service)) {
    const sessions = population.sessionsOf(person, moment);
    if (service === 'chat') {
      for (const session of sessions) rows.push(JSON.stringify(rocketchatSession(person, session)));
      continue;
    }
    users.push(JSON.stringify(betterAuthUser(person)));
    const wire = sessions.map((session) => betterAuthSession(person, session));
    sessionsOf.set(person.id, Buffer.from(JSON.stringify({ sessions: wire })));
  }
  return { users, rows, sessionsOf };
}

function answer(request: IncomingMessage, body: string, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const [, service = '', ...path] = url.pathname.split('/');
  const listing = listings.get(service);
  const found = listing === undefined ? null : bodyFor(listing, path.join('/'), url.searchParams, body);
  response.writeHead(found === null ? 404 : 200, { 'content-type': 'application/json' });
  response.end(found ?? '{}');
}

function bodyFor(
  listing: Listing,
  path: string,
  query: URLSearchParams,
  body: string,
): string | Buffer | null {
  const offset = Number(query.get('offset'));
  const page = (items: readonly string[], count: string) =>
    items.slice(offset, offset + Number(query.get(count))).join(',');
  switch (path) {
    case 'get-session':
      return ownSession;
    case 'admin/list-users':
      return `{"users":[${page(listing.users, 'limit')}],"total":${listing.users.length}}`;
    case 'admin/list-user-sessions':
      return listing.sessionsOf.get(z.object({ userId: z.string() }).parse(JSON.parse(body)).userId) ?? null;
    case 'api/v1/me':
      return ownUser;
    case 'api/v1/sessions/list.all':
      return `{"sessions":[${page(listing.rows, 'count')}],"total":${listing.rows.length},"success":true}`;
    default:
      return null;
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
