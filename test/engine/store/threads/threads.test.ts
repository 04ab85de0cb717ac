import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Worker } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { toProblem } from '../../../../src/engine/errors.ts';
import { sweep, temporaryDir, testStore } from '../../../support/data-dir.ts';
import { testLog } from '../../../support/log.ts';
import { manySessions } from '../../../support/many-sessions.ts';
import { account, NOON_MS, sessionRecord, traits } from '../../../support/records.ts';
import { storeThread } from '../../../support/store-thread.ts';

const stagedThread = resolve('test/engine/store/threads/staged-thread.ts');
const page = { query: '', sort: null, limit: 10, cursor: null, total: false };
const END = 'end-the-thread';

/** A store whose slow reads wait, as long as `hold` is not released. */
async function stagedStore() {
  const { logger, lines } = testLog();
  const store = await testStore({ thread: stagedThread, logger });
  const file = join(store.dataDir, 'go-on');
  return { store, lines, busy: `busy-until:${file}`, release: () => writeFileSync(file, '') };
}

const problemOf = (promise: Promise<unknown>) => promise.then(() => null, toProblem);

describe('a slow read', () => {
  it('delays no page, no single row and no write', async () => {
    const { store, busy, release } = await stagedStore();
    const answers: string[] = [];
    const slow = store.read.overview(busy).then(() => answers.push('overview'));
    const counted = store.read
      .sessions({ ...page, total: true })
      .then(() => answers.push('page with a count'));

    await sweep(store, [sessionRecord()]);
    answers.push('sweep');
    expect((await store.read.sessions(page)).rows).toHaveLength(1);
    answers.push('page');
    expect(await store.read.session('ann-laptop')).not.toBeNull();
    answers.push('session');
    release();
    await Promise.all([slow, counted]);
    expect(answers).toEqual(['sweep', 'page', 'session', 'overview', 'page with a count']);
  });

  it('is waited for when the store closes, and what comes later is refused in a sentence', async () => {
    const { store, busy, release } = await stagedStore();
    const slow = store.read.overview(busy);
    const closing = store.close();
    expect(await problemOf(store.read.session('x'))).toMatchObject({ code: 'cancelled' });
    release();
    expect((await slow).sessions.active).toBe(0);
    await closing;
    expect(existsSync(join(store.dataDir, 'sessionscope.db-wal'))).toBe(false);
    const next = await testStore({ dataDir: store.dataDir });
    expect(next.heldByPid).toBeNull();
  });
});

describe('people before the rules', () => {
  it('are judged by a reader of their own while the one of slow reads is busy', async () => {
    const { store, busy, release } = await stagedStore();
    const { touched } = await sweep(store, [sessionRecord()]);
    const slow = store.read.overview(busy);
    expect(await store.read.judge(touched)).toMatchObject({ users: 1 });
    release();
    await slow;
  });
});

describe.runIf(process.platform === 'linux')('where all processors are busy', () => {
  it('pages and counts come before what is written, and that before the rules', async () => {
    const store = await testStore({ thread: storeThread });
    const { touched } = await sweep(store, [sessionRecord()]);
    await Promise.all([store.read.judge(touched), store.read.sessions(page)]);
    expect(patienceOfThreads()).toMatchObject({
      'store pages': 0,
      'store slow': 0,
      'store writer': 10,
      'store judging': 15,
    });
  });
});

/** What the system knows of this process's threads: their names, of at most 15 letters, and how `nice` they are. */
function patienceOfThreads(): Record<string, number> {
  const stats = readdirSync('/proc/self/task').map((task) =>
    readFileSync(`/proc/self/task/${task}/stat`, 'utf8'),
  );
  return Object.fromEntries(
    stats.map((stat) => {
      const [, name = '', rest = ''] = /\((.*)\) (.*)/s.exec(stat) ?? [];
      return [name, Number(rest.split(' ')[16])];
    }),
  );
}

describe('a reader thread that ends by itself', () => {
  it('fails what it was asked with a sentence, and the next question has an answer', async () => {
    const { store, busy, lines } = await stagedStore();
    await sweep(store, [sessionRecord()]);
    const waiting = problemOf(store.read.map(END));
    const queued = problemOf(store.read.overview(busy));

    expect(await waiting).toEqual({
      code: 'disconnected',
      message: 'The part of Sessionscope that was reading ended unexpectedly: ask again.',
    });
    expect((await queued)?.code).toBe('disconnected');
    expect((await store.read.overview('')).sessions.active).toBe(1);
    expect(lines.filter((line) => line.startsWith('a thread of the store failed'))).toHaveLength(1);
  });
});

describe('a thread for what is seldom asked', () => {
  it('ends when nobody asked for a while, and another answers the next question', async () => {
    const { store, lines } = await stagedStore();
    const started: Worker[] = [];
    const take = (worker: Worker) => started.push(worker);
    process.on('worker', take);
    const missing = () => problemOf(store.read.checkBackup(join(store.dataDir, 'no-backup.db')));

    const answers = await Promise.all([missing(), missing()]);
    answers.push(await missing());
    expect(started).toHaveLength(1);
    await store.clock.advance(5_000);
    await ended(started[0]);
    answers.push(await missing());
    expect(started).toHaveLength(2);
    await store.clock.advance(5_000);
    await ended(started[1]);
    process.off('worker', take);
    expect(new Set(answers.map((problem) => problem?.message)).size).toBe(1);
    expect(answers[0]?.code).not.toBe('disconnected');
    expect(lines).toEqual([]);
  });

  const ended = async (worker: Worker | undefined) => {
    if (worker !== undefined && worker.threadId !== -1) await once(worker, 'exit');
  };
});

describe('a writer thread that ends by itself', () => {
  it('fails every write with a sentence that says to restart, loses nothing stored, and reads go on', async () => {
    const { store } = await stagedStore();
    await sweep(store, manySessions(20));
    const underWay = problemOf(store.write.removeSource(END));
    const lost = {
      code: 'internal',
      message:
        'The part of Sessionscope that writes ended unexpectedly. What was stored is safe: restart Sessionscope.',
    };

    expect(await underWay).toEqual(lost);
    expect(await problemOf(store.write.markRevoked(['session-000001'], NOON_MS))).toEqual(lost);
    expect((await store.read.sessions(page)).rows).toHaveLength(10);
    await store.close();
    const again = await testStore({ dataDir: store.dataDir });
    expect(await again.read.count('sessions', '')).toBe(20);
  });
});

describe('a store whose threads can not be started', () => {
  it('works without them and warns once', async () => {
    const { logger, lines } = testLog();
    const store = await testStore({ thread: join(temporaryDir(), 'nothing.js'), logger });
    await sweep(store, [sessionRecord()]);
    expect((await store.read.session('ann-laptop'))?.userName).toBe('Ann');
    expect(lines).toEqual([
      expect.stringMatching(/^the store works without threads of its own .*Cannot find module/),
    ]);
  });

  it('still refuses a database that is not ours in the same words', async () => {
    const dataDir = temporaryDir();
    writeFileSync(join(dataDir, 'sessionscope.db'), 'dear diary '.repeat(1000));
    const refusals = [null, storeThread, join(dataDir, 'nothing.js')].map((thread) =>
      problemOf(testStore({ dataDir, thread })),
    );
    const [first, ...others] = [await refusals[0], await refusals[1], await refusals[2]];
    expect(first?.message).toMatch(/not a Sessionscope database/);
    expect(others).toEqual([first, first]);
  });
});

describe('a process with a store in threads', () => {
  const at = (path: string) => JSON.stringify(new URL(`../../../../${path}`, import.meta.url).href);
  const run = async (dataDir: string, script: string) => {
    const child = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `import { openStore } from ${at('src/engine/store/open-store.ts')};
         const store = await openStore({ dataDir: ${JSON.stringify(dataDir)}, clock: { now: Date.now }, logger: console,
           thread: ${JSON.stringify(storeThread)}, traitsOf: () => (${JSON.stringify(traits)}) });
         ${script}`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    const [code] = (await once(child, 'close')) as [number];
    return { code, said };
  };

  it('ends by itself after the store is closed, and also when nobody closes it', async () => {
    const dataDir = temporaryDir();
    const use = `await store.read.session('x'); await store.read.overview(''); console.log('used');`;
    expect(await run(dataDir, `${use} await store.close(); console.log('closed');`)).toEqual({
      code: 0,
      said: 'used\nclosed\n',
    });
    expect(await run(dataDir, use)).toEqual({ code: 0, said: 'used\n' });
  });

  it('stays for an answer that is under way', async () => {
    const said = `void store.read.overview('').then(({ sessions }) => console.log(sessions.active));`;
    expect(await run(temporaryDir(), said)).toEqual({ code: 0, said: '0\n' });
  });

  it('that is killed while pages are written leaves whole pages and a store that opens', async () => {
    const dataDir = temporaryDir();
    const { said } = await run(
      dataDir,
      `await store.write.putSource({ id: 'chat', kind: 'rocketchat', mode: 'admin', url: 'http://127.0.0.1:1',
         auth: { userId: 'u', token: { env: 'T' } } }, false);
       const sweep = await store.write.beginSweep('chat', ${JSON.stringify(account())}, ${NOON_MS});
       const { manySessions } = await import(${at('test/support/many-sessions.ts')});
       const rows = manySessions(200);
       for (let n = 0; ; n += 1) {
         const page = rows.map((row) => ({ ...row, key: row.key + '-' + n }));
         const written = store.write.ingest(sweep, { rows: page, history: [], events: [] }, ${NOON_MS});
         if (n === 3) process.kill(process.pid, 'SIGKILL');
         await written;
         console.log(n);
       }`,
    );
    expect(said).toBe('0\n1\n2\n');
    const store = await testStore({ dataDir });
    const stored = await store.read.count('sessions', '');
    expect([600, 800]).toContain(stored);
    const db = new Database(join(dataDir, 'sessionscope.db'), { readonly: true });
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    db.close();
    await sweep(store, [sessionRecord()]);
    expect(await store.read.count('sessions', '')).toBe(stored + 1);
  });
});
