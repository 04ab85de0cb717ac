import { describe, expect, it } from 'vitest';
import { guard, type GuardedRequest } from '../../src/web/guard.ts';

const own: GuardedRequest = {
  method: 'GET',
  isUpgrade: false,
  host: '127.0.0.1:8123',
  origin: undefined,
  isPublic: false,
  hasSession: true,
};
const ownOrigin = 'http://127.0.0.1:8123';

const table: readonly [what: string, request: Partial<GuardedRequest>, outcome: 'ok' | 401 | 403 | 421][] = [
  ['a read with a session', {}, 'ok'],
  ['a read through the name localhost', { host: 'localhost:8123' }, 'ok'],
  ['the page before anyone signed in', { isPublic: true, hasSession: false }, 'ok'],
  [
    'the token exchange from our page',
    { method: 'POST', origin: ownOrigin, isPublic: true, hasSession: false },
    'ok',
  ],
  ['an upgrade from our page', { isUpgrade: true, origin: ownOrigin }, 'ok'],
  [
    'an upgrade from our page on localhost',
    { isUpgrade: true, host: 'localhost:8123', origin: 'http://localhost:8123' },
    'ok',
  ],

  ['a read without a session', { hasSession: false }, 401],
  ['an upgrade without a session', { isUpgrade: true, origin: ownOrigin, hasSession: false }, 401],

  ['a rebound name', { host: 'evil.example:8123' }, 421],
  ['a rebound name for the public page', { host: 'evil.example:8123', isPublic: true }, 421],
  ['a name that ends like ours', { host: 'x127.0.0.1:8123' }, 421],
  ['a name that begins like ours', { host: '127.0.0.1:8123.evil.example' }, 421],
  ['our address without the port', { host: '127.0.0.1' }, 421],
  ['our address with another port', { host: '127.0.0.1:81230' }, 421],
  ['another loopback address', { host: '127.0.0.2:8123' }, 421],
  ['a fully qualified localhost', { host: 'localhost.:8123' }, 421],
  ['localhost in capitals', { host: 'LOCALHOST:8123' }, 421],
  ['no Host at all', { host: undefined }, 421],
  ['two hosts in one header', { host: '127.0.0.1:8123, evil.example' }, 421],

  ['an upgrade from a foreign page', { isUpgrade: true, origin: 'https://evil.example' }, 403],
  ['an upgrade without an Origin', { isUpgrade: true }, 403],
  ['an upgrade from a sandboxed frame', { isUpgrade: true, origin: 'null' }, 403],
  ['an upgrade from another local port', { isUpgrade: true, origin: 'http://127.0.0.1:9999' }, 403],
  [
    'an upgrade from our own address by another name',
    { isUpgrade: true, origin: 'http://localhost:8123' },
    403,
  ],
  ['an upgrade from our address over https', { isUpgrade: true, origin: 'https://127.0.0.1:8123' }, 403],
  ['a write without an Origin', { method: 'POST', isPublic: true }, 403],
  ['a write from a foreign page', { method: 'POST', origin: 'https://evil.example', isPublic: true }, 403],
  ['a DELETE without an Origin', { method: 'DELETE' }, 403],
  ['a read that names a foreign Origin', { origin: 'https://evil.example' }, 403],
];

describe('the guard of the web host', () => {
  it.each(table)('%s', (_what, request, outcome) => {
    const verdict = guard({ ...own, ...request }, 8123);
    expect(verdict.ok ? 'ok' : verdict.status).toBe(outcome);
  });

  it('says in every refusal what to do, and nothing about the session', () => {
    for (const [, request] of table) {
      const verdict = guard({ ...own, ...request }, 8123);
      if (!verdict.ok) expect(verdict.problem).toMatchObject({ code: 'refused', message: /\.$/ });
    }
  });
});
