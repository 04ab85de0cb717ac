import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseEventLines } from '../../../src/engine/history/events-jsonl.ts';
import { loginLine, type LineFields } from '../../support/past-logins.ts';

const parse = (...texts: (string | null)[]) =>
  parseEventLines(texts.map((text, index) => ({ number: index + 1, text })));
const parseOne = (line: LineFields) => {
  const { logins, rejected } = parse(JSON.stringify(line));
  return logins[0] ?? rejected[0]?.reason;
};

describe('a line of events-jsonl', () => {
  it('is read with every field that it may have', () => {
    const line: LineFields = {
      ...loginLine(),
      userName: 'Ann',
      sessionId: 's-1',
      deviceToken: 'd-1',
      region: 'Berlin',
    };
    expect(parseOne({ ...line, asn: 'AS64500', org: 'Example Cable', label: 'attack' })).toEqual({
      line: 1,
      atMs: Date.parse('2026-11-20T00:00:00Z'),
      user: { id: 'u-ann', name: 'Ann' },
      outcome: 'success',
      ip: '81.2.69.160',
      userAgent: line.userAgent,
      sessionId: 's-1',
      deviceToken: 'd-1',
      place: { country: 'DE', region: 'Berlin', city: 'Berlin', lat: 52.52, lon: 13.405, accuracyKm: 20 },
      network: { asn: 64_500, org: 'Example Cable', kinds: ['fixed'] },
      isCrowd: false,
    });
  });

  it('needs its time, user and outcome only', () => {
    const nothing = { asn: null, org: null, kinds: null };
    expect(parseOne({ at: '2026-11-20T01:00:00+01:00', user: 'ann', outcome: 'unknown' })).toMatchObject({
      atMs: Date.parse('2026-11-20T00:00:00Z'),
      outcome: 'unknown',
      ...{ ip: null, userAgent: null, sessionId: null, deviceToken: null, place: null, network: nothing },
    });
  });

  it.each([
    ['a time without a zone', { at: '2026-11-20T00:00:00' }, '"at" should be a time with its zone'],
    ['a time in seconds', { at: 1_795_132_800 }, '"at" should be a time with its zone'],
    ['a time before 2000', { at: '1970-01-01T00:00:00Z' }, '"at" should be a time with its zone'],
    ['a time after 9999', { at: '+010000-01-01T00:00:00Z' }, '"at" should be a time with its zone'],
    ['no time', { at: undefined }, '"at" should be a time with its zone'],
    ['no user', { user: undefined }, '"user" should be a string'],
    ['a user that is a number', { user: 4_711 }, '"user" should be a string'],
    ['an empty user', { user: '  ' }, '"user" is empty'],
    ['a user that is too long to be told apart', { user: 'x'.repeat(257) }, '"user" is longer than 256'],
    ['an outcome of its own', { outcome: 'SECRET' }, '"outcome" should be "success", "failure" or "unknown"'],
  ])('is rejected for %s, and the reason repeats no value', (_what, over, reason) => {
    const said = parseOne(loginLine(over));
    expect(said).toContain(reason);
    expect(said).not.toContain('SECRET');
  });

  it.each([
    ['no JSON', '{"at":', 'it is not JSON'],
    ['an array', '[]', 'the whole of it should be an object'],
    ['a null', 'null', 'the whole of it should be an object'],
    ['brackets without end', '['.repeat(100_000), 'it is not JSON'],
    ['a line that was too long', null, 'it is longer than a megabyte'],
  ])('is rejected alone where it is %s', (_what, text, reason) => {
    const good = JSON.stringify(loginLine());
    const { logins, rejected } = parse(good, text, good);
    expect(logins.map(({ line }) => line)).toEqual([1, 3]);
    expect(rejected).toEqual([{ index: 2, reason }]);
  });

  it('keeps what is named of a place whose coordinates are nowhere on Earth', () => {
    for (const over of [{ lat: 91 }, { lat: 0, lon: 0 }, { lon: null }, { lat: 'north' }]) {
      const place = { country: 'DE', region: null, city: 'Berlin', lat: null, lon: null, accuracyKm: null };
      expect(parseOne(loginLine({ ...over, country: 'de', accuracyKm: null }))).toMatchObject({ place });
    }
  });

  it('takes the usual names of network kinds, and leaves out what is none', () => {
    const networkKinds = ['Corp', 'mobile', 'datacenter', 'broadband', 'vpn', 'magic', 7, null];
    expect(parseOne(loginLine({ networkKinds }))).toMatchObject({
      network: { kinds: ['fixed', 'cellular', 'corporate', 'hosting', 'vpn'] },
    });
    expect(parseOne(loginLine({ networkKinds: 'vpn' }))).toMatchObject({ network: { kinds: null } });
    expect(parseOne(loginLine({ networkKinds: [] }))).toMatchObject({ network: { kinds: [] } });
  });

  it('takes optional fields for unknown when they make no sense, and cuts what an attacker made long', () => {
    const hostile = {
      ip: { a: 1 },
      userAgent: 'x'.repeat(65_536),
      asn: -1,
      org: [],
      deviceToken: 7,
      userName: '\ud800',
    };
    const login = parseOne(loginLine({ ...hostile, __proto__: null, constructor: 'x' }));
    expect(login).toMatchObject({ ip: null, deviceToken: null, network: { asn: null, org: null } });
    expect(login).toMatchObject({ userAgent: 'x'.repeat(1_024), user: { name: '\uFFFD' } });
  });
});

it('understands every line of the example in the documentation', () => {
  const { logins, rejected } = parse(...readFileSync('docs/import-example.jsonl', 'utf8').trim().split('\n'));
  expect(rejected).toEqual([]);
  expect(logins).toHaveLength(3);
});
