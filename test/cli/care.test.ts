import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { retention } from '../../src/contract/care.ts';
import { temporaryDir } from '../support/data-dir.ts';
import { runCli, type CliResult } from '../support/run-cli.ts';
import { startSixApis, type SixApis } from '../support/six-apis.ts';

const FILE = 'sessionscope.db';
let far: SixApis;
let template = '';
beforeAll(async () => {
  far = await startSixApis();
  template = mkdtempSync(join(tmpdir(), 'cli-care-'));
  const file = join(template, 'sources.json');
  writeFileSync(file, JSON.stringify({ sources: far.sources.filter(({ id }) => id === 'files') }));
  const dataDir = join(template, 'data');
  expect(await run(dataDir, 'sources', 'import', file)).toMatchObject({ code: 0 });
  expect(await run(dataDir, 'poll')).toMatchObject({ code: 0 });
  expect(await run(dataDir, 'backup', join(template, 'copy.backup'))).toMatchObject({ code: 0 });
  return async () => {
    await far.close();
    rmSync(template, { recursive: true, force: true });
  };
});

/** A data directory into which one source was polled. */
function polled(): string {
  const dataDir = join(temporaryDir(), 'data');
  cpSync(join(template, 'data'), dataDir, { recursive: true });
  return dataDir;
}

/** A backup of such a directory. */
function backedUp(): string {
  const file = join(temporaryDir(), 'copy.backup');
  copyFileSync(join(template, 'copy.backup'), file);
  return file;
}

/** Runs a command; whatever happens, nobody ever reads a stack trace. */
async function run(dataDir: string, ...args: string[]): Promise<CliResult> {
  const result = await runCli(args, { dataDir, env: far.env });
  expect(result.stderr).not.toMatch(/^\s+at .*[:(]\d|SqliteError|node:internal/m);
  return result;
}

/** The data files and what is in them. SQLite's shared memory is a cache, and who holds the lock is no data. */
function data(dataDir: string): Record<string, string> {
  if (!existsSync(dataDir)) return {};
  const names = readdirSync(dataDir).filter((name) => !/-shm$|^engine\./.test(name));
  return Object.fromEntries(names.map((name) => [name, fingerprint(join(dataDir, name))]));
}

function fingerprint(file: string): string {
  if (!lstatSync(file).isFile()) return 'folder';
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

const keysOf = async (dataDir: string) =>
  (
    JSON.parse((await run(dataDir, 'sessions', '--format', 'json')).stdout) as { rows: { key: string }[] }
  ).rows
    .map(({ key }) => key)
    .sort();

describe('backup and restore', () => {
  it('bring the same sessions back under the same keys, which the next poll knows again', async () => {
    const dataDir = polled();
    const file = join(temporaryDir(), 'copy.backup');
    const made = await run(dataDir, 'backup', file);
    expect([made.code, made.stdout]).toEqual([0, `${file}\n`]);
    expect(made.stderr).toContain('identity key');
    expect(statSync(file).mode & 0o777).toBe(0o600);

    const elsewhere = join(temporaryDir(), 'elsewhere');
    const restored = await run(elsewhere, 'restore', file);
    expect([restored.code, restored.stderr]).toEqual([0, '']);
    expect(restored.stdout).toMatch(
      /^Restored the backup of \d{4}-.* \(version .*\): \d sessions?, \d users?\.\n$/,
    );
    expect(await keysOf(elsewhere)).toEqual(await keysOf(dataDir));

    const poll = await run(elsewhere, 'poll', '--json');
    expect(JSON.parse(poll.stdout)).toMatchObject({ source: 'files', ok: true, new: 0, ended: 0 });
    expect((await run(elsewhere, 'audit')).stdout).toContain('"data.restored"');
    expect((await run(elsewhere, 'audit', '--verify')).code).toBe(0);
  });

  it('never replace anything unless they are told to', async () => {
    const dataDir = polled();
    const file = backedUp();
    const first = fingerprint(file);
    const second = await run(dataDir, 'backup', file);
    expect([second.code, fingerprint(file)]).toEqual([4, first]);
    expect(second.stderr).toContain('--force');
    expect((await run(dataDir, 'backup', file, '--force')).code).toBe(0);
    expect(fingerprint(file)).not.toBe(first);

    const before = data(dataDir);
    const refused = await run(dataDir, 'restore', file);
    expect([refused.code, refused.stdout, data(dataDir)]).toEqual([4, '', before]);
    expect(refused.stderr).toMatch(/holds a database .*\nNothing was changed\. With --yes /);
    const confirmed = await run(dataDir, 'restore', file, '--yes');
    expect(confirmed.code).toBe(0);
    expect(confirmed.stderr).toContain(`${FILE}.before-restore-`);
    const aside = readdirSync(dataDir).find((name) => name.startsWith(`${FILE}.before-restore-`)) ?? '';
    expect(fingerprint(join(dataDir, aside))).not.toBe(fingerprint(join(dataDir, FILE)));
  });

  it('name a file that is none, is missing or is damaged', async () => {
    const dataDir = polled();
    const file = backedUp();
    const before = data(dataDir);
    const missing = await run(dataDir, 'restore', `${file}.no`, '--yes');
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining('There is no such file')]);
    const diary = await run(dataDir, 'restore', join(dataDir, FILE), '--yes');
    expect([diary.code, diary.stderr]).toEqual([4, expect.stringContaining('is not a backup')]);
    truncateSync(file, statSync(file).size - 4_096);
    const damaged = await run(dataDir, 'restore', file, '--yes');
    expect([damaged.code, damaged.stderr]).toEqual([4, expect.stringContaining('The backup is damaged')]);
    expect(data(dataDir)).toEqual(before);
  });

  it('leave a directory alone in which another process works', async () => {
    const dataDir = polled();
    const file = join(temporaryDir(), 'copy.backup');
    const child = spawn(
      process.execPath,
      ['out/main/cli.js', '--data-dir', dataDir, 'poll', '--watch', '--json'],
      {
        env: { PATH: process.env.PATH, ...Object.fromEntries(far.env) },
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child.stdout, 'data');

    // Reading is for everybody: a backup and a look are possible while it polls.
    expect((await run(dataDir, 'backup', file)).code).toBe(0);
    const doctor = await run(dataDir, 'doctor');
    expect([doctor.code, doctor.stdout]).toEqual([
      0,
      expect.stringContaining(`Process ${child.pid ?? 0} works`),
    ]);
    for (const args of [
      ['restore', file, '--yes'],
      ['retention', '--days', '30'],
      ['retention', '--run'],
    ]) {
      const refused = await run(dataDir, ...args);
      expect([refused.code, refused.stderr]).toEqual([
        4,
        expect.stringContaining(`Process ${child.pid ?? 0}`),
      ]);
    }
    expect(existsSync(join(dataDir, `${FILE}.restoring`))).toBe(false);
  });
});

describe('retention', () => {
  it('is shown, set, run and switched off', async () => {
    const dataDir = polled();
    expect((await run(dataDir, 'retention')).stdout).toContain('Everything is kept');
    const nothing = await run(dataDir, 'retention', '--run');
    expect([nothing.code, nothing.stderr]).toEqual([4, expect.stringContaining('everything is kept')]);

    const set = await run(dataDir, 'retention', '--days', '30', '--run');
    expect(set.code).toBe(0);
    expect(set.stdout).toContain('more than 30 days ago');
    expect(set.stderr).toContain('Removed 0 sessions');
    const { days } = retention.parse(JSON.parse((await run(dataDir, 'retention', '--json')).stdout));
    expect(days).toBe(30);
    expect((await run(dataDir, 'retention', '--off')).stdout).toContain('Everything is kept');
    const audit = (await run(dataDir, 'audit')).stdout;
    expect(audit.match(/"retention\.(set|run)"/g)).toEqual([
      '"retention.set"',
      '"retention.run"',
      '"retention.set"',
    ]);
  });

  it.each([
    ['--days', '0'],
    ['--days', 'x'],
    ['--days', '99999'],
    ['--off', '--run'],
  ])('refuses %s %s as wrong usage', async (...args) => {
    expect((await run(join(temporaryDir(), 'data'), 'retention', ...args)).code).toBe(2);
  });
});

/** What can be wrong with a data directory, and what every command that needs it says then. */
const sick: readonly {
  what: string;
  hurt: (dataDir: string, file: string) => void;
  says: RegExp;
  /** What the doctor says. */
  doctor: RegExp;
}[] = [
  {
    what: 'a database from a newer version',
    hurt: (_, file) => pragma(file, 'user_version = 9990'),
    says: /written by a newer Sessionscope .*update Sessionscope/i,
    doctor: /newer Sessionscope/,
  },
  {
    what: 'a file that is no database',
    hurt: (_, file) => writeFileSync(file, 'dear diary '.repeat(1_000)),
    says: /not a Sessionscope database.*another --data-dir/,
    doctor: /not a Sessionscope database/,
  },
  {
    what: "another program's database",
    hurt: (_, file) => pragma(file, 'application_id = 7'),
    says: /belongs to another program.*another --data-dir/,
    doctor: /belongs to another program/,
  },
  {
    what: 'a read-only database',
    hurt: (_, file) => chmodSync(file, 0o400),
    says: /read-only: make the file and its folder writable/,
    doctor: /The database is read-only/,
  },
  {
    what: 'a database cut short',
    hurt: (_, file) => truncateSync(file, 12_288),
    says: /damaged.*restore a backup/,
    doctor: /damaged/,
  },
  {
    what: 'a folder in the place of the database',
    hurt: (_, file) => {
      rmSync(file);
      mkdirSync(file);
    },
    says: /cannot be (opened|used)|is a folder|read-only/,
    doctor: /can not be read: it is no file/,
  },
  {
    what: 'no identity key',
    hurt: (dataDir) => rmSync(join(dataDir, 'identity.key')),
    says: /identity\.key .* is missing.*restore a backup/,
    doctor: /identity\.key is missing/,
  },
  {
    what: 'half an identity key',
    hurt: (dataDir) => truncateSync(join(dataDir, 'identity.key'), 16),
    says: /identity\.key .* is damaged.*restore a backup/,
    doctor: /identity\.key is damaged/,
  },
];

function pragma(file: string, text: string): void {
  const db = new Database(file);
  db.pragma(text);
  db.close();
}

describe('a data directory with', () => {
  it.each(sick)(
    '$what is refused in a sentence, examined, and left as it was',
    async ({ hurt, says, doctor }) => {
      const dataDir = polled();
      hurt(dataDir, join(dataDir, FILE));
      const before = data(dataDir);

      for (const args of [['poll'], ['backup', join(temporaryDir(), 'copy')]]) {
        const { code, stdout, stderr } = await run(dataDir, ...args);
        expect([args[0], code, stdout]).toEqual([args[0], 4, '']);
        expect(stderr).toMatch(says);
      }
      expect(data(dataDir)).toEqual(before);

      const looked = await run(dataDir, 'doctor', '--json');
      expect([looked.code, looked.stdout]).toEqual([1, expect.stringMatching(doctor)]);
      expect(data(dataDir)).toEqual(before);
    },
  );

  it('flipped bytes in the middle says so when they are met, and the doctor finds them before', async () => {
    const dataDir = polled();
    const file = join(dataDir, FILE);
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0xff, 8_192, bytes.length - 8_192));
    const before = fingerprint(file);

    const { code, stderr } = await run(dataDir, 'sessions');
    expect([code, stderr]).toEqual([4, expect.stringContaining('damaged')]);
    const looked = await run(dataDir, 'doctor');
    expect([looked.code, looked.stdout]).toEqual([
      1,
      expect.stringContaining('PROBLEM: The database is damaged.'),
    ]);
    expect(fingerprint(file)).toBe(before);
  });

  it('a journal that a killed process left keeps what is in it', async () => {
    const dataDir = polled();
    const keys = await keysOf(dataDir);
    const file = join(dataDir, FILE);
    const killed = spawnSync(
      process.execPath,
      [
        '--input-type=commonjs',
        '-e',
        `const Database = require('better-sqlite3'); const db = new Database(${JSON.stringify(file)});
         db.exec("UPDATE session SET hint = 'wal!'"); process.kill(process.pid, 'SIGKILL');`,
      ],
      { cwd: process.cwd() },
    );
    expect(killed.signal).toBe('SIGKILL');
    expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);
    const before = data(dataDir);

    expect((await run(dataDir, 'doctor', '--full')).code).toBe(0);
    expect(data(dataDir)).toEqual(before);
    const { stdout } = await run(dataDir, 'sessions', 'hint:wal!', '--format', 'json');
    expect((JSON.parse(stdout) as { rows: { key: string }[] }).rows.map(({ key }) => key).sort()).toEqual(
      keys,
    );
  });
});

/** A disk of its own of so many megabytes, or null where the machine gives none. */
function smallDisk(megabytes: number): string | null {
  const folder = temporaryDir();
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=700`, 'tmpfs', folder]);
  if (mounted.status !== 0) return null;
  onTestFinished(() => void spawnSync('umount', ['-l', folder]));
  return folder;
}

describe('a full disk', () => {
  it('is named by poll, backup and restore; nothing is lost and nothing half is left', async (context) => {
    const disk = smallDisk(2);
    if (disk === null) {
      context.skip('only root can make a small disk to fill');
      return;
    }
    const dataDir = join(disk, 'data');
    const file = backedUp();
    expect((await run(dataDir, 'restore', file)).code).toBe(0);
    fill(disk);
    const before = data(dataDir);

    const poll = await run(dataDir, 'poll');
    expect([poll.code, poll.stderr]).toEqual([4, expect.stringContaining('The disk is full')]);
    const backup = await run(polled(), 'backup', join(disk, 'copy.backup'));
    expect([backup.code, backup.stderr]).toEqual([2, expect.stringContaining('the disk is full')]);
    const restore = await run(dataDir, 'restore', file, '--yes');
    expect([restore.code, restore.stderr]).toEqual([
      4,
      expect.stringMatching(/not enough room|disk is full/),
    ]);
    expect(readdirSync(disk).sort()).toEqual(['data', 'filler']);
    expect(data(dataDir)).toEqual(before);

    rmSync(join(disk, 'filler'));
    expect(await keysOf(dataDir)).toEqual(await keysOf(polled()));
    expect((await run(dataDir, 'doctor', '--full')).code).toBe(0);
  });
});

/** Writes until nothing more fits. */
function fill(disk: string): void {
  const filler = join(disk, 'filler');
  for (const bytes of [65_536, 4_096, 512]) {
    try {
      for (;;) writeFileSync(filler, Buffer.alloc(bytes), { flag: 'a' });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
    }
  }
}
