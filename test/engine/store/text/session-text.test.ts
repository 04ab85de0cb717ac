import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReportFormat } from '../../../../src/contract/report.ts';
import type { Session } from '../../../../src/contract/session.ts';
import type { SessionRecord } from '../../../../src/engine/store/records.ts';
import type { StoreReader } from '../../../../src/engine/store/store-reader.ts';
import { chatConfig, sweep, testStore, type TestStore } from '../../../support/data-dir.ts';
import { hostileText } from '../../../support/hostile-text.ts';
import { lineOracle } from '../../../support/line-oracle.ts';
import { manySessions } from '../../../support/many-sessions.ts';
import {
  berlin,
  firefox,
  homeNetwork,
  ipFacts,
  NOON_MS,
  ruleFinding,
  sessionRecord,
} from '../../../support/records.ts';
import { found } from '../../../support/found.ts';

const HOUR_MS = 3_600_000;
const COUNT = 103;
const formats = ['csv', 'jsonl'] as const;

/** Sessions of every kind: ended, revoked, expired, with findings that count and findings that don't. */
async function filled(): Promise<TestStore> {
  const store = await testStore();
  const records = manySessions(COUNT);
  const { touched } = await sweep(store, records);
  await store.clock.advance(1_234);
  await sweep(store, records.slice(10));
  await store.write.markRevoked(['session-000003'], NOON_MS);
  await store.write.saveFindings([
    found(
      touched[0] ?? 0,
      ruleFinding({ sessions: ['session-000020', 'session-000021'] }),
      ruleFinding({ dedupeKey: 'b', rule: 'new-country', state: 'learning', sessions: ['session-000021'] }),
      ruleFinding({ dedupeKey: 'c', sessions: ['session-000021'] }),
      ruleFinding({
        dedupeKey: 'd',
        state: 'suppressed',
        suppressedBy: 'VPN',
        sessions: ['session-000022'],
      }),
    ),
  ]);
  return store;
}

/** All pages of a text, `between` them whatever else happens. */
async function wholeText(
  read: StoreReader,
  format: ReportFormat,
  { query = '', limit = 500, between = () => Promise.resolve() } = {},
): Promise<{ text: string; rows: number; pages: number }> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let [text, rows, pages] = ['', 0, 0];
  let cursor: string | null = null;
  do {
    if (pages > 0) await between();
    const page = await read.sessionText({ query, format, cursor, limit });
    text += decoder.decode(page.text);
    rows += page.rows;
    pages += 1;
    cursor = page.next;
  } while (cursor !== null);
  return { text, rows, pages };
}

/** The same sessions as objects, in the order in which the text has them. */
async function asObjects({ read }: TestStore, query = ''): Promise<readonly Session[]> {
  const { rows } = await read.sessions({ query, sort: null, limit: 500, cursor: null });
  const order = (await keysOf(read)).keys;
  return rows.toSorted((a, b) => order.indexOf(a.key) - order.indexOf(b.key));
}

async function keysOf(read: StoreReader, options: Parameters<typeof wholeText>[2] = {}) {
  const { text } = await wholeText(read, 'jsonl', options);
  const rows = text.split('\n').filter((line) => line !== '');
  const sessions = rows.map((line) => JSON.parse(line) as Session);
  return { sessions, keys: sessions.map(({ key }) => key) };
}

describe('the text of sessions', () => {
  it.each(formats)('is in %s what a library makes of the sessions that the lists show', async (format) => {
    const store = await filled();
    const sessions = await asObjects(store);
    expect(sessions).toHaveLength(COUNT);
    expect(new Set(sessions.map(({ state }) => state)).size).toBe(5);
    expect((await wholeText(store.read, format)).text).toBe(lineOracle[format](sessions));
  });

  it('survives whatever texts a source sends', async () => {
    const text = fc.option(hostileText);
    const anyRecord = fc.record({
      user: fc.record({ id: hostileText, name: text, email: fc.constant(null) }),
      hint: hostileText,
      userAgent: text,
      impersonatedBy: text,
      place: fc.record({ country: text, region: text, city: text, lat: fc.double({ noNaN: true }) }),
      org: text,
      browser: text,
      os: text,
    });
    const store = await testStore();
    let met = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(anyRecord, { minLength: 1, maxLength: 12 }), async (drafts) => {
        const records = drafts.map(({ place, org, browser, os, ...draft }): SessionRecord => {
          const network = { ...homeNetwork, org };
          return sessionRecord({
            ...draft,
            key: `k${(met += 1)}`,
            ip: ipFacts('198.51.100.7', { ...berlin, ...place }, network),
            place: { ...berlin, ...place },
            network,
            device: { ...firefox, browser, os },
          });
        });
        await sweep(store, records, { complete: false });
        const sessions = await asObjects(store);
        for (const format of formats) {
          expect((await wholeText(store.read, format, { limit: 50 })).text).toBe(
            lineOracle[format](sessions),
          );
        }
      }),
      // One store meets them all, so there is no going back to a smaller case.
      { numRuns: 40, endOnFailure: true },
    );
  });

  it('comes in pages of any size, each owning its buffer', async () => {
    const { read } = await filled();
    const whole = await wholeText(read, 'csv');
    const paged = await wholeText(read, 'csv', { limit: 10 });
    expect(paged).toEqual({ ...whole, pages: 11 });

    const { text } = await read.sessionText({ query: '', format: 'csv', cursor: null, limit: 1 });
    expect(text.buffer.byteLength).toBe(text.byteLength);
  });

  it('ends a page early when its lines are long', async () => {
    const store = await testStore();
    const userAgent = 'x'.repeat(100_000);
    await sweep(
      store,
      Array.from({ length: 100 }, (_, index) => sessionRecord({ key: `k${index}`, userAgent })),
    );
    const { rows, pages } = await wholeText(store.read, 'csv');
    expect(rows).toBe(100);
    expect(pages).toBe(3);
  });

  it.each([
    ['everything', ''],
    ['what few sessions match', 'ip:2001:db8::7 started:>2026-11-20T03'],
    ['what most sessions match', '-key:session-000001'],
    ['what no session matches', 'city:Atlantis'],
    ['what has expired by now', 'state:expired'],
  ])('holds %s, in whatever pages', async (_, query) => {
    const { read } = await filled();
    const expected = await read.sessions({ query, sort: null, limit: 500, cursor: null });
    for (const limit of [7, 500]) {
      const { keys } = await keysOf(read, { query, limit });
      expect(keys.toSorted()).toEqual(expected.rows.map(({ key }) => key).toSorted());
    }
  });

  it('refuses a wrong query, and a cursor of something else', async () => {
    const { read } = await testStore();
    const request = { query: '', format: 'csv', cursor: null, limit: 10 } as const;
    await expect(read.sessionText({ ...request, query: 'city:(' })).rejects.toMatchObject({
      code: 'invalid-input',
    });
    await expect(read.sessionText({ ...request, cursor: 'x' })).rejects.toMatchObject({
      code: 'invalid-input',
      field: 'cursor',
    });
  });
});

describe('the text of sessions that change while it is read', () => {
  it('has the sessions that were there, in the order they came, and none that came later', async () => {
    const store = await testStore();
    const record = (key: string, startedAtMs: number) => sessionRecord({ key, startedAtMs });
    const first = ['c', 'a', 'd', 'b'].map((key, index) => record(key, NOON_MS - index * HOUR_MS));
    await sweep(store, first);
    const between = async () => {
      await sweep(store, [...first, record(`late-${store.clock.now()}`, NOON_MS - 10 * HOUR_MS)]);
      await store.clock.advance(1_000);
    };
    const { keys } = await keysOf(store.read, { limit: 1, between });
    expect(keys).toEqual(['c', 'a', 'd', 'b']);
  });

  it('tells each session as it is when its page is read, and leaves out what is gone by then', async () => {
    const store = await testStore();
    await store.write.putSource(chatConfig('other'), false);
    await sweep(store, [sessionRecord({ key: 'a' }), sessionRecord({ key: 'b' })]);
    await sweep(store, [sessionRecord({ key: 'c' })], { source: 'other' });
    const between = async () => {
      await store.write.markRevoked(['b'], NOON_MS);
      if ((await store.read.sources()).length > 1) await store.write.removeSource('other');
    };
    const { sessions } = await keysOf(store.read, { limit: 1, between });
    expect(sessions.map(({ key, state }) => [key, state])).toEqual([
      ['a', 'active'],
      ['b', 'revoked'],
    ]);
  });

  it('judges what has expired, and what is recent, as of its first page', async () => {
    const store = await testStore();
    const expiresAtMs = NOON_MS + HOUR_MS;
    const startedAtMs = NOON_MS - 23 * HOUR_MS;
    await sweep(
      store,
      ['a', 'b', 'c'].map((key) => sessionRecord({ key, expiresAtMs, startedAtMs })),
    );
    const between = () => store.clock.advance(2 * HOUR_MS);
    const { sessions } = await keysOf(store.read, { query: 'started:<24h', limit: 1, between });
    expect(sessions.map(({ state }) => state)).toEqual(['active', 'active', 'active']);
  });

  it('does not mistake a new device, place or user agent for a removed one whose number it got', async () => {
    const store = await testStore();
    await store.write.putSource(chatConfig('other'), false);
    await sweep(store, [sessionRecord({ key: 'old', userAgent: 'old agent' })], { source: 'other' });
    expect((await keysOf(store.read)).sessions[0]?.userAgent).toBe('old agent');

    await store.write.removeSource('other');
    await sweep(store, [
      sessionRecord({
        key: 'new',
        userAgent: 'new agent',
        device: { ...firefox, browser: 'New' },
        place: { ...berlin, city: 'New Town' },
      }),
    ]);
    expect((await keysOf(store.read)).sessions).toMatchObject([
      { key: 'new', userAgent: 'new agent', browser: 'New', city: 'New Town' },
    ]);
  });

  it('sees at once that more can be done at a source than before', async () => {
    const traits = { canRevokeOne: false };
    const store = await testStore({ traits });
    await sweep(store, [sessionRecord()]);
    expect((await keysOf(store.read)).sessions[0]?.revocable).toBe(false);

    traits.canRevokeOne = true;
    await store.write.putSource(chatConfig(), false);
    expect((await keysOf(store.read)).sessions[0]?.revocable).toBe(true);
  });
});
