import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ReportProgress } from '../../../src/contract/report.ts';
import { reportCalls } from '../../../src/engine/calls/reports.ts';
import type { Enricher } from '../../../src/engine/enrich/enricher.ts';
import type { Host } from '../../../src/engine/host.ts';
import type { StoreReader } from '../../../src/engine/store/store-reader.ts';
import { sweep, temporaryDir, testStore } from '../../support/data-dir.ts';
import { testLog } from '../../support/log.ts';
import { manySessions } from '../../support/many-sessions.ts';

const COUNT = 30;
/** So that a small report has many pages. */
const PAGE = 7;

const enricher: Enricher = {
  ready: () => Promise.resolve(),
  status: () => ({ databases: [], attributions: [], problems: [] }),
  ip: () => null,
  device: () => ({ browser: null, browserVersion: null, os: null, osVersion: null, kind: 'unknown' }),
  importDatabase: () => Promise.reject(new Error('there is none')),
  close: () => undefined,
};

/** The calls over a store of 30 sessions; `sessionText` may change how its pages are read. */
async function company(sessionText?: (real: StoreReader) => StoreReader['sessionText']) {
  const store = await testStore();
  await sweep(store, manySessions(COUNT));
  const folder = temporaryDir();
  const paged: StoreReader = {
    ...store.read,
    sessionText: (request) => store.read.sessionText({ ...request, limit: PAGE }),
  };
  const read = sessionText === undefined ? paged : { ...paged, sessionText: sessionText(paged) };
  const host: Host = {
    name: 'cli',
    version: '0.0.0-test',
    actor: 'ann via cli',
    secrets: {
      storeDescription: null,
      resolve: () => Promise.reject(new Error('there is none')),
      store: () => Promise.reject(new Error('there is none')),
      forget: () => Promise.resolve(),
    },
    logger: testLog().logger,
    clock: store.clock,
    paths: { dataDir: store.dataDir, geoip: folder, storeThread: null },
    demo: null,
  };
  const calls = reportCalls({ host, read, enricher, audit: null });
  const path = join(folder, 'sessions.jsonl');
  const signal = new AbortController().signal;
  const steps = (query = '') => calls.create({ query, format: 'jsonl', path, timeZone: 'UTC' }, signal);
  return { store, folder, path, steps };
}

async function all(steps: AsyncIterable<ReportProgress>): Promise<readonly ReportProgress[]> {
  const told: ReportProgress[] = [];
  for await (const step of steps) told.push(step);
  return told;
}

describe('a report of sessions', () => {
  it('holds those of the query, page after page, and says how many there will be', async () => {
    const { store, path, steps } = await company();
    const query = 'country:DE';
    const expected = await store.read.sessions({ query, sort: null, limit: 500, cursor: null });
    const told = await all(steps(query));

    const keys = readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { key: string }).key);
    expect(keys).toEqual(expected.rows.map(({ key }) => key).toSorted());
    expect(keys.length).toBeGreaterThan(PAGE);
    expect(told[0]).toEqual({ kind: 'progress', rows: 0, total: keys.length });
    expect(told.at(-1)).toMatchObject({ kind: 'done', result: { rows: keys.length } });
  });

  it('gives a page back once it is written', async () => {
    const pages: Uint8Array[] = [];
    const { steps } = await company((real) => async (request) => {
      const page = await real.sessionText(request);
      pages.push(page.text);
      return page;
    });
    await all(steps());
    expect(pages).toHaveLength(5);
    expect(pages.every(({ byteLength }) => byteLength === 0)).toBe(true);
  });

  it('fails as its reading fails, even while a page is being written, and leaves nothing', async () => {
    const { folder, steps } = await company((real) => (request) => {
      if (request.cursor !== null) return Promise.reject(new Error('the disk went away'));
      return real.sessionText(request);
    });
    await expect(all(steps())).rejects.toThrow('the disk went away');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('refuses a wrong query before it touches a file', async () => {
    const { folder, steps } = await company();
    await expect(all(steps('city:('))).rejects.toMatchObject({ code: 'invalid-input' });
    expect(readdirSync(folder)).toEqual([]);
  });
});
