import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { setTimeout as passed } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createRandom } from '../../src/demo/random.ts';
import { temporaryDir, testStore } from '../support/data-dir.ts';
import type { IngestNews, IngestOrder } from '../support/ingest-process.ts';
import { sendJson, startLoopback, type LoopbackServer } from '../support/loopback-server.ts';
import { expectTalliesToBeRight, lookInto } from '../support/recount.ts';
import { storeThread } from '../support/store-thread.ts';
import { storedKeys } from '../support/stored-keys.ts';
import { storedObservations } from '../support/stored-observations.ts';

const SEED = 42;
const ROUNDS = 12;
/** A process is killed within this many milliseconds of its first page, which is some sweeps later at most. */
const LONGEST_LIFE_MS = 500;

const SESSIONS = 1_000;
/** Sessions that end, and others that begin, from one listing to the next. */
const CHANGED = 60;

/** A chat whose people come and go: each listing, which begins with who is asking, is another one. */
async function startChat(): Promise<LoopbackServer> {
  let listing = 0;
  const server = await startLoopback(({ url }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://chat');
    if (pathname === '/api/v1/me') {
      listing += 1;
      sendJson(response, 200, { _id: 'admin', name: 'Admin', username: 'admin', emails: [], success: true });
      return;
    }
    const offset = Number(searchParams.get('offset'));
    const count = Number(searchParams.get('count'));
    const left = Math.max(0, Math.min(count, SESSIONS - offset));
    const sessions = Array.from({ length: left }, (_, index) =>
      sessionOf(listing * CHANGED + offset + index, listing),
    );
    sendJson(response, 200, { sessions, count, offset, total: SESSIONS, success: true });
  });
  onTestFinished(() => server.close());
  return server;
}

function sessionOf(number: number, listing: number) {
  const moves = (number + listing) % 7 === 0 ? listing % 200 : 0;
  return {
    sessionId: `session-${number}`,
    userId: `user-${number % 300}`,
    ip: `192.0.2.${(number % 50) + moves}`,
    loginAt: new Date(Date.parse('2026-11-20T12:00:00Z') + number).toISOString(),
    device: {
      type: 'browser',
      name: `Browser ${number % 9}`,
      version: '1',
      longVersion: '1.0',
      os: { name: 'OS', version: '1' },
    },
    _user: { name: `User ${number % 300}`, username: `user-${number % 300}` },
  };
}

/** Starts a process that sweeps for ever, and kills it then, or once a sweep ended; answers what it told until then. */
async function ingestAndKill(
  order: IngestOrder,
  when: number | 'after a sweep',
): Promise<readonly IngestNews[]> {
  const program = resolve('test/support/ingest-process.ts');
  const child = spawn(process.execPath, [program, JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'close');
  let told = '';
  let complaint = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (told += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  await Promise.race([once(child.stdout, 'data'), ended]);
  if (when !== 'after a sweep') await Promise.race([passed(when), ended]);
  else while (!told.includes('"sweep"')) await Promise.race([once(child.stdout, 'data'), ended]);
  child.kill('SIGKILL');
  expect([await ended, complaint]).toEqual([[null, 'SIGKILL'], '']);
  // The last line may be cut off: then it was not told.
  const lines = told.slice(0, told.lastIndexOf('\n') + 1).split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as IngestNews);
}

/** Everything that must hold of a database that a killed process left. */
function expectNothingBroken(dataDir: string, committed: ReadonlySet<string>): void {
  lookInto(dataDir, (db) => {
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(db.pragma('foreign_key_check')).toEqual([]);
    const names = [...storedKeys(db), ...storedKeys(db, 'session_alias')];
    const known = new Set(names);
    expect(known.size).toBe(names.length);
    expect([...committed].filter((key) => !known.has(key))).toEqual([]);
    expect(halfDone(db)).toEqual(nothingHalfDone);
  });
  expectTalliesToBeRight(dataDir);
}

const nothingHalfDone = { endedByCutOff: 0, withoutObservation: 0, countedWrong: 0 };

function halfDone(db: Database.Database) {
  const count = (sql: string) => Number(db.prepare(`SELECT count(*) FROM ${sql}`).pluck().get());
  return {
    /** A session ends at the moment at which a complete sweep ended, or not at all. */
    endedByCutOff: count(
      'session WHERE state = 3 AND ended_at NOT IN (SELECT finished_at FROM sweep WHERE is_complete = 1)',
    ),
    withoutObservation: count('session WHERE id NOT IN (SELECT session_id FROM observation)'),
    countedWrong: countedWrong(db),
  };
}

/** Sessions that are said to have other observations than they have, or whose numbers leave one out. */
function countedWrong(db: Database.Database): number {
  const said = db.prepare<[], [number, number]>('SELECT id, observations FROM session').raw().all();
  const stored = Map.groupBy(storedObservations(db), ({ session_id: session }) => session);
  return said.filter(([id, observations]) => {
    const numbers = (stored.get(id) ?? []).map(({ n }) => n);
    return numbers.length !== observations || numbers.some((n, at) => n !== at + 1);
  }).length;
}

describe('a process that is killed while it stores what it lists', () => {
  it(`loses nothing it has committed and leaves nothing half done, ${ROUNDS} times over`, async () => {
    const chat = await startChat();
    const dataDir = join(temporaryDir(), 'data');
    const random = createRandom(SEED);
    const committed = new Set<string>();
    let completeSweeps = 0;
    let cutOff = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const thread = round % 2 === 0 ? storeThread : null;
      // However busy or idle the machine is: two of three die in a sweep, and the last one gets to the end of it.
      const anyTime = round % 3 !== 0 ? 0 : random.next() * LONGEST_LIFE_MS;
      const when = round === ROUNDS - 1 ? 'after a sweep' : anyTime;
      const news = await ingestAndKill({ dataDir, url: chat.url, thread }, when);
      for (const one of news) {
        if (one.kind === 'sweep') completeSweeps += Number(one.complete);
        else for (const key of one.keys) committed.add(key);
      }
      cutOff += lookInto(dataDir, (db) => openSweeps(db));
      expectNothingBroken(dataDir, committed);

      const store = await testStore({ dataDir });
      await store.close();
      expect(lookInto(dataDir, (db) => openSweeps(db))).toBe(0);
      expect(lookInto(dataDir, halfDone)).toEqual(nothingHalfDone);
    }
    // Or the kills have missed what they were meant to hit.
    expect(cutOff).toBeGreaterThan(ROUNDS / 2);
    expect(completeSweeps).toBeGreaterThan(0);
    expect(committed.size).toBeGreaterThan(SESSIONS);
  }, 120_000);
});

const openSweeps = (db: Database.Database) =>
  Number(db.prepare('SELECT count(*) FROM sweep WHERE finished_at IS NULL').pluck().get());
