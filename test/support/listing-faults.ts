import type { ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import type { Source } from '../../src/engine/source/source.ts';
import { faultOf, sweepOf } from './adapter.ts';
import { sendJson, startLoopback } from './loopback-server.ts';

type Fault = {
  readonly name: string;
  readonly code: string;
  readonly send: (response: ServerResponse) => void;
};

const html = '<!doctype html><title>Bad gateway</title>';

/** What can come instead of a listing, whatever the kind. */
const FAULTS: readonly Fault[] = [
  { name: '403', code: 'forbidden', send: (response) => sendJson(response, 403, { error: 'planted' }) },
  { name: '404', code: 'not-found', send: (response) => sendJson(response, 404, {}) },
  { name: '500 with JSON', code: 'server-error', send: (response) => sendJson(response, 500, {}) },
  { name: '502 with HTML', code: 'server-error', send: (response) => sendText(response, 502, html) },
  { name: '429 without a word', code: 'rate-limited', send: (response) => sendText(response, 429, '') },
  { name: '200 with HTML', code: 'bad-answer', send: (response) => sendText(response, 200, html) },
  { name: '200 with nothing', code: 'bad-answer', send: (response) => sendText(response, 200, '') },
  { name: '200 with null', code: 'bad-answer', send: (response) => sendJson(response, 200, null) },
  { name: '200 with an empty object', code: 'bad-answer', send: (response) => sendJson(response, 200, {}) },
  { name: '200 with a bare array', code: 'bad-answer', send: (response) => sendJson(response, 200, []) },
  {
    name: 'a body that is cut short',
    code: 'offline',
    send: (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' });
      response.write('{"sessions":[');
      setImmediate(() => response.destroy());
    },
  },
  {
    name: 'a redirect to another origin',
    code: 'redirected',
    send: (response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(),
  },
];

/** Trap 15: declares one test a fault, each showing that it has its own code and is never an empty, complete list. */
export function itTellsFaultsFromEmptiness(open: (url: string) => Source): void {
  it.each(FAULTS)('trap 15: takes $name for $code and never for "no sessions"', async ({ code, send }) => {
    const server = await startLoopback((_request, response) => send(response));
    const source = open(server.url);
    const swept = await sweepOf(source);
    await source.close();
    await server.close();
    expect(faultOf(swept)).toBe(code);
    expect(swept.rows).toEqual([]);
    expect(server.received.length).toBeGreaterThan(0);
    expect(swept.error?.message).not.toMatch(/planted|127\.0\.0\.1|doctype/);
  });

  it('trap 15: takes a source that is not there for offline', async () => {
    const server = await startLoopback(() => undefined);
    await server.close();
    const source = open(server.url);
    expect(faultOf(await sweepOf(source))).toBe('offline');
    await source.close();
  });

  it('stops at once when it is cancelled', async () => {
    const server = await startLoopback(() => undefined);
    const source = open(server.url);
    const stop = new AbortController();
    const swept = sweepOf(source, stop.signal);
    setImmediate(() => stop.abort());
    expect(faultOf(await swept)).toBe('cancelled');
    await source.close();
    await server.close();
  });
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/html' }).end(text);
}
