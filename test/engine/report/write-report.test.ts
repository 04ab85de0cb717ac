import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReportProgress } from '../../../src/contract/report.ts';
import type { ReportMeta } from '../../../src/engine/report/meta.ts';
import { csv } from '../../../src/engine/report/csv.ts';
import { writeReport, type LinePage, type ReportInput } from '../../../src/engine/report/write-report.ts';

/** A page of lines; what is in them is its reader's business. */
function page(text = '"a","b"\r\n', rows = 1): LinePage {
  return { text: Buffer.from(text), rows };
}

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

async function* stream(pages: readonly LinePage[]) {
  yield* pages;
}

function input(change: Partial<ReportInput> = {}): ReportInput {
  const path = join(folder, 'sessions.csv');
  const signal = new AbortController().signal;
  const now = () => 0;
  return { pages: stream([page()]), total: 1, format: 'csv', path, meta, now, signal, ...change };
}

async function write(change: Partial<ReportInput> = {}): Promise<ReportProgress[]> {
  const steps: ReportProgress[] = [];
  for await (const step of writeReport(input(change))) steps.push(step);
  return steps;
}

const text = (name: string) => readFileSync(join(folder, name), 'utf8');

describe('a report', () => {
  it('is its header and its pages, byte for byte', async () => {
    const pages = [page('"é","東京"\r\n'), page(''), page('"b"\r\n"c"\r\n', 2)];
    await write({ pages: stream(pages) });
    expect(text('sessions.csv')).toBe(`${csv.header}"é","東京"\r\n"b"\r\n"c"\r\n`);
  });

  it('has no header as JSON Lines', async () => {
    await write({ format: 'jsonl', pages: stream([page('{}\n')]) });
    expect(text('sessions.csv')).toBe('{}\n');
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
  it('tells where the files are', async () => {
    const steps = await write({ pages: stream([page('', 500), page('', 701)]), total: 1201 });
    expect(steps[0]).toEqual({ kind: 'progress', rows: 0, total: 1201 });
    expect(steps.at(-1)).toMatchObject({
      kind: 'done',
      result: {
        path: join(folder, 'sessions.csv'),
        metaPath: join(folder, 'sessions.csv.meta.json'),
        rows: 1201,
      },
    });
  });

  it('tells the progress ten times a second at most', async () => {
    let nowMs = 0;
    async function* steady() {
      for (let count = 0; count < 1_000; count += 1) {
        yield page('', 2);
        nowMs += 1;
      }
    }
    const steps = await write({ pages: steady(), total: 2_000, now: () => nowMs });
    const told = steps.flatMap((step) => (step.kind === 'progress' ? [step.rows] : []));
    expect(told).toEqual([0, 202, 402, 602, 802, 1002, 1202, 1402, 1602, 1802]);
  });

  it('asks for a page only when the one before is written', async () => {
    async function* watching() {
      for (let written = csv.header.length; written < 5_000; written += 1_000) {
        const [partial = ''] = readdirSync(folder).filter(
          (name) => name.startsWith('sessions.csv.') && !name.includes('meta'),
        );
        expect(statSync(join(folder, partial)).size).toBe(written);
        yield page('x'.repeat(1_000));
      }
    }
    await write({ pages: watching() });
    expect(statSync(join(folder, 'sessions.csv')).size).toBeGreaterThan(5_000);
  });

  it('leaves two files that only their owner can read, and nothing else', async () => {
    await write();
    expect(readdirSync(folder).sort()).toEqual(['sessions.csv', 'sessions.csv.meta.json']);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
  });

  it('writes an empty report when nothing matches', async () => {
    await write({ pages: stream([]), total: 0 });
    expect(text('sessions.csv').split('\r\n')).toHaveLength(2);
  });

  it('replaces an older report only when the new one is whole', async () => {
    writeFileSync(join(folder, 'sessions.csv'), 'old');
    async function* failing() {
      yield page('new');
      expect(text('sessions.csv')).toBe('old');
      throw new Error('the store went away');
    }
    await expect(write({ pages: failing() })).rejects.toThrow('the store went away');
    expect(readdirSync(folder)).toEqual(['sessions.csv']);
    expect(text('sessions.csv')).toBe('old');
    await write();
    expect(text('sessions.csv')).toContain('"a","b"');
  });

  it('leaves nothing behind when it is aborted', async () => {
    const controller = new AbortController();
    async function* aborting() {
      for (let count = 0; count < 2000; count += 1) {
        if (count === 700) controller.abort();
        yield page();
      }
    }
    await expect(write({ pages: aborting(), signal: controller.signal })).rejects.toMatchObject({
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
