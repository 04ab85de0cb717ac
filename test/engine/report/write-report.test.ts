import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReportProgress } from '../../../src/contract/report.ts';
import { session, type Session } from '../../../src/contract/session.ts';
import type { ReportMeta } from '../../../src/engine/report/meta.ts';
import { writeReport, type ReportInput } from '../../../src/engine/report/write-report.ts';

const example: Session = {
  key: 'abcdefghijklmnopqrstuvwxyz',
  source: 'chat',
  account: 'admin',
  userId: 'u1',
  userName: 'Ann',
  personId: null,
  state: 'active',
  current: null,
  startedAt: '2026-11-20T08:00:00.000Z',
  startedAtQuality: 'reported',
  lastSeenAt: null,
  expiresAt: null,
  firstObservedAt: '2026-11-20T09:00:00.000Z',
  lastObservedAt: '2026-11-20T12:00:00.000Z',
  endedAt: null,
  ip: '192.0.2.1',
  ipClass: 'public',
  country: 'CL',
  region: null,
  city: 'Santiago, "Centro"',
  lat: -33.45,
  lon: -70.67,
  accuracyKm: 20,
  placeFrom: 'database',
  asn: 64500,
  org: 'Example Networks',
  networkKinds: ['fixed', 'cellular'],
  userAgent: 'Mozilla/5.0',
  browser: 'Chrome',
  browserVersion: '140',
  os: 'Windows',
  osVersion: '10+',
  deviceKind: 'desktop',
  impersonatedBy: null,
  hint: 'wxyz',
  revocable: true,
  findings: ['new-country'],
};

const meta: ReportMeta = {
  query: 'country:CL',
  timeZone: 'America/Santiago',
  generatedAt: '2026-11-20T12:00:00.000Z',
  generatedBy: 'ann via cli',
  version: '0.1.0',
  sources: [
    { id: 'chat', kind: 'rocketchat', problem: null, lastCompleteAt: '2026-11-20T11:59:00.000Z' },
    {
      id: 'files',
      kind: 'zipline',
      problem: { code: 'timeout', message: 'No answer.' },
      lastCompleteAt: null,
    },
  ],
  geoip: {
    databases: [
      {
        name: 'DB-IP City Lite',
        role: 'city',
        origin: 'bundled',
        builtOn: '2026-06-05',
        ageDays: 168,
        stale: true,
        ipVersions: [4],
        attribution: 'IP Geolocation by DB-IP',
      },
    ],
    attributions: ['IP Geolocation by DB-IP'],
    problems: [],
  },
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'report-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function* stream(rows: readonly Session[]) {
  yield* rows;
}

function input(change: Partial<ReportInput> = {}): ReportInput {
  const path = join(folder, 'sessions.csv');
  const signal = new AbortController().signal;
  return { rows: stream([example]), total: 1, format: 'csv', path, meta, signal, ...change };
}

async function write(change: Partial<ReportInput> = {}): Promise<ReportProgress[]> {
  const steps: ReportProgress[] = [];
  for await (const step of writeReport(input(change))) steps.push(step);
  return steps;
}

const text = (name: string) => readFileSync(join(folder, name), 'utf8');
const withAgent = (userAgent: string): Session => ({ ...example, userAgent });

describe('a CSV report', () => {
  it('has a header with every key of a session and CRLF line ends', async () => {
    await write();
    const [header, row, end] = text('sessions.csv').split('\r\n');
    expect(header).toBe(
      session
        .keyof()
        .options.map((key) => `"${key}"`)
        .join(','),
    );
    expect(row).toMatch(/^"abcdefghijklmnopqrstuvwxyz","chat","admin","u1","Ann",,"active",,"2026-11-20T08/);
    expect(end).toBe('');
  });

  it('doubles quotes, joins lists, and keeps negative numbers numbers', async () => {
    await write();
    expect(text('sessions.csv')).toContain(
      '"CL",,"Santiago, ""Centro""","-33.45","-70.67","20","database","64500","Example Networks","fixed cellular"',
    );
    expect(text('sessions.csv')).toContain('"true","new-country"');
  });

  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    ' =1',
    '\u200b=1',
    '\uFEFF=1',
    '＝1',
    '\0=1',
  ])('does not let %j start a formula', async (userAgent) => {
    await write({ rows: stream([withAgent(userAgent)]) });
    expect(text('sessions.csv')).toContain(`"'${userAgent}"`);
  });
});

describe('a JSON Lines report', () => {
  it('holds the rows as they are, one a line', async () => {
    const hostile = withAgent('=1+1\n"},{"\u2028');
    await write({ format: 'jsonl', rows: stream([example, hostile]) });
    const lines = text('sessions.csv').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([example, hostile]);
  });
});

describe('the description beside a report', () => {
  it('says what was asked, what it rests on and how to check the file', async () => {
    await write();
    const described = JSON.parse(text('sessions.csv.meta.json')) as unknown;
    expect(described).toMatchObject({
      file: 'sessions.csv',
      format: 'csv',
      scope: 'The stored sessions that match the query.',
      query: 'country:CL',
      rows: 1,
      bytes: statSync(join(folder, 'sessions.csv')).size,
      sha256: createHash('sha256')
        .update(readFileSync(join(folder, 'sessions.csv')))
        .digest('hex'),
      timeZone: 'America/Santiago',
      generatedAt: '2026-11-20T12:00:00.000Z',
      generatedBy: 'ann via cli',
      attributions: ['IP Geolocation by DB-IP'],
      versions: { sessionscope: '0.1.0', databases: [{ name: 'DB-IP City Lite', builtOn: '2026-06-05' }] },
      sources: [
        { id: 'chat', health: 'healthy', problem: null },
        { id: 'files', health: 'failing: its rows are what was last known', problem: { code: 'timeout' } },
      ],
    });
    expect(described).toHaveProperty('generatedAtLocal', expect.stringMatching(/^2026-11-20 09:00:00/));
  });
});

describe('writing a report', () => {
  it('tells the progress and where the files are', async () => {
    const rows = Array.from({ length: 1201 }, (_, index) => ({ ...example, key: `k${index}` }));
    const steps = await write({ rows: stream(rows), total: 1201 });
    expect(steps.map((step) => (step.kind === 'progress' ? step.rows : step.kind))).toEqual([
      0,
      500,
      1000,
      1201,
      'done',
    ]);
    expect(steps.at(-1)).toMatchObject({
      result: {
        path: join(folder, 'sessions.csv'),
        metaPath: join(folder, 'sessions.csv.meta.json'),
        rows: 1201,
      },
    });
  });

  it('leaves two files that only their owner can read, and nothing else', async () => {
    await write();
    expect(readdirSync(folder).sort()).toEqual(['sessions.csv', 'sessions.csv.meta.json']);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
  });

  it('writes an empty report when nothing matches', async () => {
    await write({ rows: stream([]), total: 0 });
    expect(text('sessions.csv').split('\r\n')).toHaveLength(2);
  });

  it('replaces an older report only when the new one is whole', async () => {
    writeFileSync(join(folder, 'sessions.csv'), 'old');
    async function* failing() {
      yield example;
      expect(text('sessions.csv')).toBe('old');
      throw new Error('the store went away');
    }
    await expect(write({ rows: failing() })).rejects.toThrow('the store went away');
    expect(readdirSync(folder)).toEqual(['sessions.csv']);
    expect(text('sessions.csv')).toBe('old');
    await write();
    expect(text('sessions.csv')).toContain('abcdefghijklmnopqrstuvwxyz');
  });

  it('leaves nothing behind when it is aborted', async () => {
    const controller = new AbortController();
    async function* aborting() {
      for (let count = 0; count < 2000; count += 1) {
        if (count === 700) controller.abort();
        yield example;
      }
    }
    await expect(write({ rows: aborting(), signal: controller.signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leaves nothing behind when nobody listens any more', async () => {
    for await (const step of writeReport(input())) {
      if (step.kind === 'progress') break;
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    ['a folder that does not exist', 'missing/sessions.csv', /folder does not exist/],
    ['a file used as folder', 'file/sessions.csv', /no folder/],
    ['a folder as file', 'taken', /is a folder/],
    ['a name that is too long', 'x'.repeat(300), /name is too long/],
  ])('refuses %s with a sentence that names the field and not the path', async (_, name, sentence) => {
    writeFileSync(join(folder, 'file'), '');
    mkdirSync(join(folder, 'taken'));
    const failure: unknown = await write({ path: join(folder, name) }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'invalid-input', field: 'path' });
    expect(failure).toHaveProperty('message', expect.stringMatching(sentence));
    expect(failure).toHaveProperty('message', expect.not.stringContaining(folder));
    expect(readdirSync(folder).sort()).toEqual(['file', 'taken']);
  });

  it('refuses a relative path and a time zone nobody knows', async () => {
    await expect(write({ path: 'sessions.csv' })).rejects.toMatchObject({
      code: 'invalid-input',
      field: 'path',
    });
    await expect(write({ meta: { ...meta, timeZone: 'Mars/Olympus' } })).rejects.toMatchObject({
      code: 'invalid-input',
      field: 'timeZone',
    });
  });
});
