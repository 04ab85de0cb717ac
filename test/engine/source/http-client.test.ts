import { readFileSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import type { EngineError } from '../../../src/engine/errors.ts';
import type { HttpClient, HttpOptions, HttpRequest } from '../../../src/engine/source/http.ts';
import { createHttpClient, type HttpDeps } from '../../../src/engine/source/http-client.ts';
import { rateDialect } from '../../../src/engine/source/rate-dialect.ts';
import { Secret } from '../../../src/engine/secret.ts';
import { engineErrorOf } from '../../support/engine-error.ts';
import { testClock } from '../../support/clock.ts';
import { sendJson, startLoopback, type LoopbackServer } from '../../support/loopback-server.ts';
import { patientClock } from '../../support/patient-clock.ts';

const PLANTED = 'planted-token-0123456789';
const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function farSide(answer: Parameters<typeof startLoopback>[0]): Promise<LoopbackServer> {
  const server = await startLoopback(answer);
  closers.push(() => server.close());
  return server;
}

function clientOf(
  baseUrl: string,
  options: Partial<HttpOptions> = {},
  deps: Partial<HttpDeps> = {},
): HttpClient {
  const client = createHttpClient(
    { baseUrl, dialect: rateDialect(), rate: [], ...options },
    { clock: patientClock(), random: () => 0, ...deps },
  );
  closers.push(() => client.close());
  return client;
}

function request(changes: Partial<HttpRequest> = {}): HttpRequest {
  return {
    method: 'GET',
    path: new Secret(`/sessions/${PLANTED}`),
    headers: { authorization: new Secret(`Bearer ${PLANTED}`) },
    purpose: 'poll',
    label: 'list sessions',
    signal: new AbortController().signal,
    ...changes,
  };
}

async function faultOf(call: Promise<unknown>): Promise<EngineError> {
  const error = await engineErrorOf(call, [PLANTED]);
  const printed = inspect(error, { depth: 9 }) + JSON.stringify(error) + String(error.stack);
  expect(printed).not.toMatch(/127\.0\.0\.1|localhost|ECONN/);
  return error;
}

/** A raw TCP far side for what no HTTP server would do. */
async function rawFarSide(answer: string): Promise<string> {
  const server: Server = createTcpServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => server.close(() => resolve())));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('a request', () => {
  it('goes below the base path with its query, its credential and a constant name', async () => {
    const server = await farSide((_, response) => sendJson(response, 200, { ok: true }));
    const answer = await clientOf(`${server.url}/base/`).request(request({ query: { page: 2, q: 'a b' } }));
    expect(answer.status).toBe(200);
    expect(answer.json()).toEqual({ ok: true });
    const [received] = server.received;
    expect(received?.url).toBe(`/base/sessions/${PLANTED}?page=2&q=a+b`);
    expect(received?.headers.authorization).toBe(`Bearer ${PLANTED}`);
    expect(received?.headers['user-agent']).toBe('Sessionscope/1');
    expect(received?.headers['accept-encoding']).toBe('identity');
  });

  it('carries JSON', async () => {
    const server = await farSide((_, response) => sendJson(response, 200, {}));
    await clientOf(server.url).request(request({ method: 'POST', json: { sessionId: 'x' } }));
    expect(server.received[0]).toMatchObject({ method: 'POST', body: '{"sessionId":"x"}' });
    expect(server.received[0]?.headers['content-type']).toBe('application/json');
  });

  it('is not judged by its status', async () => {
    for (const status of [401, 403, 404, 418]) {
      const server = await farSide((_, response) => sendJson(response, status, {}));
      expect((await clientOf(server.url).request(request())).status).toBe(status);
    }
  });

  it('hands rotated cookies on as secrets and shows no credential header', async () => {
    const server = await farSide((_, response) => {
      response.setHeader('set-cookie', [`sid=${PLANTED}; Path=/; HttpOnly`, 'theme=dark']);
      sendJson(response, 200, {}, { 'set-auth-token': PLANTED, 'x-other': 'kept' });
    });
    const answer = await clientOf(server.url).request(request());
    expect(answer.cookies.map((cookie) => cookie.reveal())).toEqual([`sid=${PLANTED}`, 'theme=dark']);
    expect(answer.headers['x-other']).toBe('kept');
    expect(inspect(answer, { depth: 9 }) + JSON.stringify(answer)).not.toContain(PLANTED);
  });

  it('with an id of dots would climb to another endpoint, and never leaves', async () => {
    const server = await farSide((_, response) => sendJson(response, 200, {}));
    const fault = await faultOf(clientOf(server.url).request(request({ path: '/sessions/..' })));
    expect(fault.code).toBe('bad-answer');
    expect(server.received).toHaveLength(0);
  });

  it('with a credential that no header can carry says so', async () => {
    const server = await farSide((_, response) => sendJson(response, 200, {}));
    const headers = { authorization: new Secret(`${PLANTED}\r\nx-evil: 1`) };
    const fault = await faultOf(clientOf(server.url).request(request({ headers })));
    expect(fault.code).toBe('unauthorized');
    expect(server.received).toHaveLength(0);
  });
});

describe('a body', () => {
  it.each([
    ['a web page', `<html>${PLANTED}</html>`, /web page/],
    ['nothing', '', /empty/i],
    ['a truncated answer', `{"token":"${PLANTED}`, /truncated/],
    ['text', PLANTED, /text/i],
  ])('that is %s with status 200 is a bad answer', async (_, body, message) => {
    const server = await farSide((_request, response) => response.end(body));
    const answer = await clientOf(server.url).request(request());
    const fault = await faultOf(Promise.resolve().then(() => answer.json()));
    expect(fault.code).toBe('bad-answer');
    expect(fault.message).toMatch(message);
  });

  it('beyond the cap is refused while it streams, and not asked for again', async () => {
    let sent = 0;
    const server = await farSide((_, response) => {
      const more = () => {
        while (!response.destroyed && sent < 1e9 && response.write('x'.repeat(10_000))) sent += 10_000;
      };
      response.on('drain', more);
      more();
    });
    const fault = await faultOf(clientOf(server.url, { maxBytes: 50_000 }).request(request()));
    expect(fault.code).toBe('too-large');
    expect(sent).toBeLessThan(1e8);
    expect(server.received).toHaveLength(1);
  });

  it('compressed though nobody asked is refused', async () => {
    const server = await farSide((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(gzipSync('{}'));
    });
    expect((await faultOf(clientOf(server.url).request(request()))).code).toBe('bad-answer');
  });
});

describe('a fault on the way', () => {
  it('is `redirected` for every redirect, and the other origin hears nothing', async () => {
    const other = await farSide((_, response) => sendJson(response, 200, {}));
    for (const status of [301, 302, 303, 307, 308]) {
      const server = await farSide((_, response) => {
        response.writeHead(status, { location: `${other.url}/?token=${PLANTED}` });
        response.end();
      });
      expect((await faultOf(clientOf(server.url).request(request()))).code).toBe('redirected');
    }
    expect(other.received).toHaveLength(0);
  });

  it('is `timeout` when the whole answer takes too long, headers or not', async () => {
    const silent = await farSide(() => undefined);
    expect((await faultOf(clientOf(silent.url, { timeoutMs: 40 }).request(request()))).code).toBe('timeout');
    const slow = await farSide((_, response) => {
      response.writeHead(200);
      response.write('{');
    });
    expect((await faultOf(clientOf(slow.url, { timeoutMs: 40 }).request(request()))).code).toBe('timeout');
  });

  it('is `offline` when the connection is refused or reset', async () => {
    const gone = await startLoopback(() => undefined);
    await gone.close();
    expect((await faultOf(clientOf(gone.url).request(request()))).code).toBe('offline');
    const reset = await farSide((_, response) => response.destroy());
    expect((await faultOf(clientOf(reset.url).request(request()))).code).toBe('offline');
  });

  it('is `offline` when the answer is cut in mid-body', async () => {
    const url = await rawFarSide('HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{"sessions":[');
    expect((await faultOf(clientOf(url).request(request()))).code).toBe('offline');
    const chunked = await rawFarSide('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"ses');
    expect((await faultOf(clientOf(chunked).request(request()))).code).toBe('offline');
  });

  it('is `bad-answer` when no HTTP comes', async () => {
    const url = await rawFarSide('SSH-2.0-OpenSSH_9.2\r\n');
    expect((await faultOf(clientOf(url).request(request()))).code).toBe('bad-answer');
  });

  it('is `tls` when the certificate is not trusted', async () => {
    const folder = new URL('../../fixtures/source-tls/', import.meta.url);
    const server = createTlsServer(
      {
        key: readFileSync(new URL('key.pem', folder)),
        cert: readFileSync(new URL('certificate.pem', folder)),
      },
      (_, response) => response.end('{}'),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => new Promise((resolve) => server.close(() => resolve())));
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect((await faultOf(clientOf(url).request(request()))).code).toBe('tls');
  });

  it('is `cancelled` when the caller gives up, before, in the queue and under way', async () => {
    const aborted = AbortSignal.abort();
    const server = await farSide(() => undefined);
    const client = clientOf(server.url, { concurrency: 1 });
    expect((await faultOf(client.request(request({ signal: aborted })))).code).toBe('cancelled');
    const underWay = new AbortController();
    const waiting = new AbortController();
    const faults = [
      faultOf(client.request(request({ signal: underWay.signal }))),
      faultOf(client.request(request({ signal: waiting.signal }))),
    ];
    waiting.abort();
    underWay.abort();
    expect((await Promise.all(faults)).map(({ code }) => code)).toEqual(['cancelled', 'cancelled']);
  });

  it('is `cancelled` when the client is closed', async () => {
    const server = await farSide(() => undefined);
    const client = clientOf(server.url);
    const fault = faultOf(client.request(request()));
    await client.close();
    expect((await fault).code).toBe('cancelled');
  });
});

describe('trying again', () => {
  it('helps a GET over a passing fault, with a growing pause', async () => {
    let calls = 0;
    const server = await farSide((_, response) => {
      calls += 1;
      if (calls === 1) response.destroy();
      else if (calls === 2) sendJson(response, 503, {});
      else sendJson(response, 200, {});
    });
    const clock = patientClock();
    expect((await clientOf(server.url, {}, { clock }).request(request())).status).toBe(200);
    expect(clock.slept).toEqual([500, 1000]);
  });

  it('ends after three attempts with what the last one said', async () => {
    const server = await farSide((_, response) => sendJson(response, 500, {}));
    expect((await clientOf(server.url).request(request())).status).toBe(500);
    expect(server.received).toHaveLength(3);
  });

  it('never happens to a revoke, nor to a refusal', async () => {
    const broken = await farSide((_, response) => sendJson(response, 500, {}));
    for (const method of ['POST', 'DELETE'] as const) {
      await clientOf(broken.url).request(request({ method, purpose: 'revoke' }));
    }
    expect(broken.received).toHaveLength(2);
    const refusing = await farSide((_, response) => sendJson(response, 403, {}));
    await clientOf(refusing.url).request(request());
    expect(refusing.received).toHaveLength(1);
  });
});

describe('the budget', () => {
  const tenAMinute = [{ max: 10, windowMs: 60_000, per: 'ip' as const }];

  it('makes the seventh poll wait and lets a revoke pass at once', async () => {
    const server = await farSide((_, response) => sendJson(response, 200, {}));
    const clock = testClock();
    const client = clientOf(server.url, { rate: tenAMinute, concurrency: 1 }, { clock });
    for (let sent = 0; sent < 6; sent += 1) await client.request(request());
    const seventh = client.request(request());
    await client.request(request({ method: 'POST', purpose: 'revoke' }));
    expect(server.received.map(({ method }) => method).slice(6)).toEqual(['POST']);
    await clock.advance(60_000);
    await seventh;
    expect(server.received).toHaveLength(8);
  });

  it('lets a poll ordered by hand out at once', async () => {
    const server = await farSide((_, response) => sendJson(response, 200, {}));
    const clock = patientClock();
    const client = clientOf(server.url, { rate: tenAMinute }, { clock, isOrderedByHand: () => true });
    for (let sent = 0; sent < 12; sent += 1) await client.request(request());
    expect(clock.slept).toEqual([]);
  });

  it('sends revokes before the polls that stood in the queue first', async () => {
    let release = (): void => undefined;
    const server = await farSide((received, response) => {
      const answer = () => sendJson(response, 200, {});
      if (received.url === '/first') release = answer;
      else answer();
    });
    const client = clientOf(server.url, { concurrency: 1 });
    const first = client.request(request({ path: '/first' }));
    const rest = [
      client.request(request({ path: '/poll' })),
      client.request(request({ path: '/revoke', method: 'POST', purpose: 'revoke' })),
    ];
    while (server.received.length === 0) await new Promise((resolve) => setImmediate(resolve));
    release();
    await Promise.all([first, ...rest]);
    expect(server.received.map(({ url }) => url)).toEqual(['/first', '/revoke', '/poll']);
  });

  it('turns a 429 into `rate-limited` with the time it names, and keeps away until then', async () => {
    let calls = 0;
    const server = await farSide((_, response) => {
      calls += 1;
      if (calls === 1) sendJson(response, 429, {}, { 'x-retry-after': '10' });
      else sendJson(response, 200, {});
    });
    const clock = patientClock();
    const client = clientOf(server.url, { dialect: rateDialect({ retryAfter: 'x-retry-after' }) }, { clock });
    const fault = await faultOf(client.request(request()));
    expect(fault).toMatchObject({ code: 'rate-limited', retryAfterMs: 10_000 });
    expect(server.received).toHaveLength(1);
    await client.request(request());
    expect(clock.slept).toEqual([10_000]);
  });

  it('takes an epoch reset by the clock of the server, told in `Date`', async () => {
    const clock = patientClock();
    const serverMs = clock.now() + 500_000;
    const server = await farSide((_, response) =>
      sendJson(
        response,
        200,
        {},
        {
          date: new Date(serverMs).toUTCString(),
          'x-ratelimit-limit': '15',
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': String(serverMs + 45_000),
        },
      ),
    );
    const dialect = rateDialect({ headers: 'x-ratelimit', reset: 'epoch-ms' });
    const client = clientOf(server.url, { dialect }, { clock });
    await client.request(request());
    await client.request(request());
    expect(clock.slept).toEqual([45_000]);
  });

  it('tells the sender to come back rather than hang for long', async () => {
    const server = await farSide((_, response) => sendJson(response, 429, {}, { 'retry-after': '600' }));
    const client = clientOf(server.url);
    await faultOf(client.request(request()));
    const fault = await faultOf(client.request(request()));
    expect(fault).toMatchObject({ code: 'rate-limited', retryAfterMs: 600_000 });
    // A source shows the sentence until it is asked again: a number of seconds in it would grow old.
    expect(fault.message).toMatch(
      /"list sessions" has to wait; it can be asked again at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\./,
    );
    expect(server.received).toHaveLength(1);
  });

  it('stops waiting when the caller gives up', async () => {
    const server = await farSide((_, response) => sendJson(response, 429, {}, { 'retry-after': '60' }));
    const client = clientOf(server.url, {}, { clock: testClock() });
    await faultOf(client.request(request()));
    const giveUp = new AbortController();
    const fault = faultOf(client.request(request({ signal: giveUp.signal })));
    giveUp.abort();
    expect((await fault).code).toBe('cancelled');
  });
});
