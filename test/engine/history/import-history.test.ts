import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HistoryImportProgress } from '../../../src/contract/history.ts';
import { testClock } from '../../support/clock.ts';
import { collect } from '../../support/collect.ts';
import { startEngine, type TestEngine } from '../../support/engine.ts';
import { historyFile, importFile, inSydney, loginLine, type LineFields } from '../../support/past-logins.ts';

let running: TestEngine;
beforeEach(async () => {
  running = await startEngine({ clock: testClock() });
});
afterEach(() => running.close());

const events = async (query = '') => (await running.call.events.list({ query, sort: 'at', limit: 200 })).rows;
const findings = async () => (await running.call.findings.list({ limit: 200 })).rows;

/** Ann in Berlin at midnight, and half an hour later in Sydney. */
const travel = [loginLine(), loginLine({ ...inSydney, at: '2026-11-20T00:30:00Z', userAgent: 'curl/8.5.0' })];

describe('importing a history', () => {
  it('makes its source, stores its events and has the rules look at them', async () => {
    const result = await importFile(running, historyFile(travel));
    expect(result).toEqual({
      ...{ read: 2, accepted: 2, rejected: 0, events: 2, findings: (await findings()).length },
      ...{ forgotten: 0, rejectedExamples: [], source: 'history', format: 'events-jsonl' },
    });
    expect((await findings()).map(({ rule, source }) => `${source} ${rule}`)).toContain(
      'history impossible-travel',
    );
    expect(await events()).toMatchObject([
      { kind: 'login', city: 'Berlin', placeFrom: 'source', networkKinds: ['fixed'], browser: 'Firefox' },
      { kind: 'login', city: 'Sydney', country: 'AU', lat: -33.87 },
    ]);
    expect(await running.call.sources.list()).toMatchObject([
      { id: 'history', kind: 'file', url: null, pollEverySeconds: null, health: 'healthy', secrets: [] },
    ]);
  });

  it.each([
    'country:AU',
    'city:berlin',
    'lat:<0',
    'networkKinds:fixed',
    'userAgent:curl*',
    'os:Windows OR asn:1',
  ])('has its users, findings and incidents found by where and with what a login was: %s', async (query) => {
    const bob = loginLine({ user: 'bob', userAgent: 'curl/8.5.0', networkKinds: ['hosting'] });
    await importFile(running, historyFile([...travel, bob]));
    const { findings: list, incidents, users } = running.call;
    const logins = await events(query);
    const moments = logins.map(({ userId, at }) => `${userId} ${at}`);
    const about = (await findings()).filter(({ userId, at }) => moments.includes(`${userId} ${at}`));
    expect(about.length).toBeGreaterThan(0);
    expect(about.length).toBeLessThan((await findings()).length);

    const idsOf = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id).sort();
    expect(idsOf((await list.list({ query })).rows)).toEqual(idsOf(about));
    expect(new Set((await users.list({ query })).rows.map(({ userId }) => userId))).toEqual(
      new Set(logins.map(({ userId }) => userId)),
    );
    expect(idsOf((await incidents.list({ query })).rows)).toEqual(
      [...new Set(about.flatMap(({ incident }) => incident ?? []))].sort(),
    );
  });

  it('adds nothing the second time, nor for a line that is there twice', async () => {
    const file = historyFile([...travel, ...travel]);
    expect(await importFile(running, file)).toMatchObject({ read: 4, accepted: 4, events: 2 });
    const before = [await events(), await findings()];
    expect(await importFile(running, file)).toMatchObject({ read: 4, accepted: 4, events: 0, findings: 0 });
    expect([await events(), await findings()]).toEqual(before);
  });

  it('takes lines for different events as soon as they differ in anything but a name', async () => {
    const line = loginLine({ ip: undefined, userAgent: undefined });
    const different = [
      { city: 'Potsdam' },
      { outcome: 'unknown' },
      { deviceToken: 'a' },
      { deviceToken: 'b' },
      { asn: 5 },
    ];
    const lines = [
      line,
      ...different.map((over) => ({ ...line, ...over })),
      { ...line, userName: 'Ann', label: 1 },
    ];
    expect(await importFile(running, historyFile(lines))).toMatchObject({ accepted: 7, events: 6 });
  });

  it('stores no session id or device token as it is, and keeps events of one session together', async () => {
    const secret = { sessionId: 'SECRET-session', deviceToken: 'SECRET-device', label: 'SECRET-label' };
    await importFile(running, historyFile(travel.map((line) => ({ ...line, ...secret }))));
    const [first, second] = await events();
    expect(first?.session).toMatch(/^[a-z2-7]{26}$/);
    expect(second?.session).toBe(first?.session);
    for (const name of readdirSync(running.dataDir).filter((file) => file.startsWith('sessionscope.db')))
      expect(readFileSync(join(running.dataDir, name)).includes('SECRET')).toBe(false);
  });

  it('asks the databases only for what a line does not give', async () => {
    const bare = { at: '2026-11-20T00:00:00Z', outcome: 'success', ip: '8.8.8.8' };
    const lines = [
      { ...bare, user: 'bare' },
      { ...bare, user: 'country', country: 'AU' },
      { ...bare, user: 'number', asn: 64_500 },
      { ...bare, user: 'kinds', networkKinds: [] },
      { ...bare, user: 'name', org: 'Example' },
    ];
    await importFile(running, historyFile(lines));
    const by = new Map((await events()).map((event) => [event.userId, event]));
    const known = by.get('bare');
    expect(known).toMatchObject({ placeFrom: 'database', country: 'US', asn: 15_169 });
    const nowhere = { region: null, city: null, lat: null, lon: null, accuracyKm: null };
    expect(by.get('country')).toMatchObject({ placeFrom: 'source', country: 'AU', ...nowhere, asn: 15_169 });
    expect(by.get('number')).toMatchObject({ asn: 64_500, org: null, networkKinds: [], country: 'US' });
    expect(by.get('kinds')).toMatchObject({ asn: 15_169, org: known?.org, networkKinds: [] });
    expect(by.get('name')).toMatchObject({ asn: 15_169, org: 'Example' });
  });

  it('rejects lines one by one, those of the far future too, and names the first of them', async () => {
    const ahead = (hours: number) =>
      new Date(Date.parse('2026-11-20T12:00:00Z') + hours * 3_600_000).toISOString();
    const lines = [
      JSON.stringify(loginLine({ at: ahead(23) })),
      'nonsense',
      JSON.stringify(loginLine({ at: ahead(25) })),
      ...Array.from({ length: 9 }, () => '{}'),
    ];
    expect(
      await importFile(running, historyFile(lines.join('\n')), { format: 'events-jsonl' }),
    ).toMatchObject({
      ...{ read: 12, accepted: 1, rejected: 11, events: 1 },
      rejectedExamples: [
        'line 2: it is not JSON',
        'line 3: its time lies more than a day ahead',
        ...[4, 5, 6].map((line) => expect.stringContaining(`line ${line}: "at" should be a time`) as string),
      ],
    });
    expect((await running.call.sources.list())[0]).toMatchObject({ rejectedRows: 11 });
  });

  it('does not store what retention would remove again, and says so', async () => {
    const old = loginLine({ at: '2026-08-01T00:00:00Z' });
    expect(await importFile(running, historyFile([old]))).toMatchObject({
      events: 1,
      forgotten: 0,
    });
    await running.call.care.setRetention({ days: 30 });
    const lines = [old, loginLine({ at: '2026-09-01T00:00:00Z' }), loginLine()];
    expect(await importFile(running, historyFile(lines))).toMatchObject({
      ...{ read: 3, accepted: 3, events: 1, forgotten: 2 },
    });
  });

  it('is judged whole, however long ago it was', async () => {
    const at = (day: number, minute = 0) => new Date(Date.UTC(2019, 2, day, 8, minute)).toISOString();
    const berlin = { country: 'DE', city: 'Berlin', lat: 52.52, lon: 13.4, accuracyKm: 20 };
    const sydney = { country: 'AU', city: 'Sydney', lat: -33.87, lon: 151.21, accuracyKm: 20 };
    const home = Array.from({ length: 20 }, (_, day) => loginLine({ at: at(day + 1), ip: null, ...berlin }));
    const lines = [...home, loginLine({ at: at(20, 30), ip: null, ...sydney })];
    await importFile(running, historyFile(lines));
    const { rows } = await running.call.findings.list({ query: 'rule:impossible-travel' });
    expect(rows).toMatchObject([{ at: at(20, 30), state: 'open' }]);
  });

  it('reads what gzip packed, and of a cut-off file what is there, with a sentence about it', async () => {
    const lines = Array.from({ length: 5_000 }, (_, n) =>
      loginLine({ user: `u-${n}`, sessionId: String(n) }),
    );
    const packed = gzipSync(lines.map((line) => JSON.stringify(line)).join('\n'));
    const cut = historyFile(packed.subarray(0, packed.length / 2), 'cut.gz');
    await expect(importFile(running, cut)).rejects.toThrow(
      'damaged or cut off: what could be read of it is in',
    );
    const some = await running.call.count({ list: 'events', query: '' });
    expect(some).toBeGreaterThan(500);
    const whole = await importFile(running, historyFile(packed, 'whole.gz'));
    expect(whole).toMatchObject({ read: 5_000, events: 5_000 - some });
    const actions = (await running.call.audit.list({ limit: 10 })).filter(
      ({ action }) => action === 'history.imported',
    );
    expect(actions.map(({ detail }) => [detail.isWhole, typeof detail.sha256])).toEqual([
      [true, 'string'],
      [false, 'object'],
    ]);
  });

  it('leaves the names that nobody knows in the RBA data set unjudged, and shows the newest name of the others', async () => {
    const rba = await importFile(running, 'test/fixtures/history/rba-first-rows.csv', { source: 'rba' });
    expect(rba).toMatchObject({ format: 'rba-csv', read: 8, events: 8 });
    const names = [
      loginLine({ userName: 'Ann Old', at: '2026-11-01T00:00:00Z' }),
      loginLine({ userName: 'Ann New', at: '2026-11-03T00:00:00Z' }),
      loginLine({ userName: 'Ann Middle', at: '2026-11-02T00:00:00Z' }),
    ];
    await importFile(running, historyFile(names));
    expect(new Set((await events('source:history')).map(({ userName }) => userName))).toEqual(
      new Set(['Ann New']),
    );
  });

  it('stops between pages when whoever asked leaves, and goes on from there the next time', async () => {
    const lines = Array.from({ length: 3_000 }, (_, n) => loginLine({ user: `u-${n}` }));
    const file = historyFile(lines);
    for await (const step of await running.call.history.import({ file, source: 'history' })) {
      expect(step).toMatchObject({ kind: 'reading', read: expect.any(Number) as number });
      break;
    }
    const some = await running.call.count({ list: 'events', query: '' });
    expect(some).toBeLessThan(3_000);
    const steps: HistoryImportProgress[] = await collect(
      await running.call.history.import({ file, source: 'history' }),
    );
    expect(steps.at(-1)).toMatchObject({ kind: 'done', result: { accepted: 3_000, events: 3_000 - some } });
  });
});

describe('a source of files', () => {
  it.each([
    ['an empty file', '', 'The file is empty.'],
    ['blank lines', '\n \n\r\n', 'nothing in the file but blank lines'],
    ['a JSON array', '[\n{}\n]', 'one JSON array'],
    ['no text at all', Buffer.from([0xff, 0xfe, 0, 1, 2, 3]), 'neither events-jsonl'],
  ])('is not made for %s', async (_what, content, sentence) => {
    await expect(importFile(running, historyFile(content))).rejects.toThrow(sentence);
    expect(await running.call.sources.list()).toEqual([]);
  });

  it('is not made for a folder, for a file that is not there, or for other columns than were asked for', async () => {
    await expect(importFile(running, running.dataDir)).rejects.toThrow('It is a folder');
    await expect(importFile(running, join(running.dataDir, 'nope'))).rejects.toThrow(
      'There is no such file.',
    );
    await expect(importFile(running, historyFile(travel), { format: 'rba-csv' })).rejects.toThrow(
      'does not name the columns',
    );
    expect(await running.call.sources.list()).toEqual([]);
  });

  it('never shares its id with an API, and is left out of polling and testing', async () => {
    const api = {
      ...{ id: 'chat', kind: 'zipline', url: 'http://127.0.0.1:9', auth: { token: { env: 'T' } } },
    };
    await running.call.sources.import({ file: { sources: [api] } });
    await expect(importFile(running, historyFile(travel), { source: 'chat' })).rejects.toThrow(
      'is of the kind "zipline"',
    );
    await running.call.sources.remove({ id: 'chat' });
    await importFile(running, historyFile(travel));
    const taken = { sources: [{ ...api, id: 'history' }] };
    await expect(running.call.sources.import({ file: taken })).rejects.toThrow('choose another id');

    expect(await collect(await running.call.sources.poll({ ids: null }))).toEqual([]);
    expect(await collect(await running.call.sources.test({ ids: null }))).toEqual([]);
    expect(await running.call.sources.pollNow({ ids: null })).toEqual([]);
    await expect(collect(await running.call.sources.poll({ ids: ['history'] }))).rejects.toThrow(
      'nothing to poll',
    );
  });

  it('takes everything with it that came in through it', async () => {
    await importFile(running, historyFile(travel), { source: 'other' });
    const before = [await events(), await findings()];
    await importFile(running, historyFile(travel));
    await running.call.sources.remove({ id: 'history' });
    expect([await events(), await findings()]).toEqual(before);
  });
});

const someLine: fc.Arbitrary<LineFields> = fc
  .record({
    hour: fc.integer({ min: 1, max: 40 * 24 }),
    user: fc.constantFrom('u-ann', 'u-ann', 'u-bob'),
    userName: fc.constantFrom(undefined, 'Ann', 'Bob'),
    outcome: fc.constantFrom('success', 'success', 'failure', 'unknown'),
    place: fc.constantFrom({}, {}, inSydney, {
      country: undefined,
      city: undefined,
      lat: undefined,
      lon: undefined,
    }),
    userAgent: fc.constantFrom(undefined, 'curl/8.5.0', loginLine().userAgent),
    sessionId: fc.constantFrom(undefined, undefined, 's-1', 's-2'),
    deviceToken: fc.constantFrom(undefined, 'd-1', 'd-2'),
  })
  .map(({ hour, place, ...fields }) => {
    const at = new Date(Date.parse('2026-11-20T12:00:00Z') - hour * 3_600_000).toISOString();
    return { ...loginLine(), ...place, ...fields, at };
  });

describe('the order of lines', () => {
  it('changes neither findings nor events, in one file or in several', async () => {
    /** What an analyst sees, apart from running numbers. */
    const seen = async () => ({
      events: (await events()).map(({ id: _, ...event }) => JSON.stringify(event)).sort(),
      findings: (await findings()).map(({ incident: _, ...finding }) => JSON.stringify(finding)).sort(),
    });
    const importAll = async (...files: (readonly LineFields[])[]) => {
      for (const lines of files) if (lines.length > 0) await importFile(running, historyFile(lines));
      const after = await seen();
      await running.call.sources.remove({ id: 'history' });
      return after;
    };
    let total = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(someLine, { minLength: 10, maxLength: 60 }).chain((lines) =>
          fc.record({
            lines: fc.constant(lines),
            shuffled: fc.shuffledSubarray([...lines, ...lines], { minLength: 2 * lines.length }),
            cuts: fc.tuple(fc.nat(2 * lines.length), fc.nat(2 * lines.length)),
          }),
        ),
        async ({ lines, shuffled, cuts }) => {
          const expected = await importAll(lines);
          total += expected.findings.length;
          const [one = 0, two = 0] = cuts.toSorted((a, b) => a - b);
          expect(await importAll(shuffled)).toEqual(expected);
          expect(
            await importAll(shuffled.slice(0, one), shuffled.slice(one, two), shuffled.slice(two)),
          ).toEqual(expected);
        },
      ),
      { numRuns: 15, seed: 7 },
    );
    expect(total).toBeGreaterThan(20);
  });
});
