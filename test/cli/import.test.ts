import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryDir } from '../support/data-dir.ts';
import { historyFile, inSydney, loginLine } from '../support/past-logins.ts';
import { runCli, type CliResult } from '../support/run-cli.ts';

/** Runs a command; whatever happens, nobody ever reads a stack trace. */
async function run(dataDir: string, ...args: string[]): Promise<CliResult> {
  const result = await runCli(args, { dataDir });
  expect(result.stderr).not.toMatch(/^\s+at .*[:(]\d|SqliteError|node:internal/m);
  return result;
}

const newDataDir = () => join(temporaryDir(), 'data');
const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
const travel = [
  loginLine({ at: hoursAgo(3), userName: 'Ann' }),
  loginLine({ ...inSydney, at: hoursAgo(2), userAgent: 'curl/8.5.0' }),
];

describe('import', () => {
  it('finds the journey that can not be in an exported log, and says what it did', async () => {
    const dataDir = newDataDir();
    const file = historyFile(travel);
    const json = await run(dataDir, 'import', file, '--source', 'history', '--json');
    expect([json.code, json.stderr]).toEqual([0, '']);
    const result: unknown = JSON.parse(json.stdout);
    expect(result).toMatchObject({ read: 2, accepted: 2, rejected: 0, events: 2 });
    expect(result).toMatchObject({ findings: expect.any(Number) as number, source: 'history' });
    const { stdout } = await run(dataDir, 'findings', 'source:history', '--format', 'jsonl');
    expect(stdout).toContain('"rule":"impossible-travel"');

    const again = await run(dataDir, 'import', file, '--source', 'history', '--format', 'events-jsonl');
    expect([again.code, again.stdout]).toEqual([
      0,
      'history: 2 lines read, 2 accepted, 0 rejected, 0 new events, 0 new findings\n',
    ]);
    expect((await run(dataDir, 'audit', '--verify')).code).toBe(0);
  });

  it('takes in what is good of a file, names what is not, and exits with 3', async () => {
    const dataDir = newDataDir();
    const file = historyFile(
      `${JSON.stringify(travel[0])}\n\nnonsense\n{"user":"ann","outcome":"success"}\n`,
    );
    const { code, stdout, stderr } = await run(dataDir, 'import', file, '--source', 'history', '--json');
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({ read: 3, accepted: 1, rejected: 2, events: 1 });
    expect(stderr).toMatch(/^rejected: line 3: it is not JSON\nrejected: line 4: "at" should be a time/);
    expect((await run(dataDir, 'events', '--format', 'csv')).stdout.split('\r\n')).toHaveLength(3);
  });

  it('reads the RBA data set', async () => {
    const dataDir = newDataDir();
    const file = 'test/fixtures/history/rba-first-rows.csv';
    const { code, stdout } = await run(dataDir, 'import', file, '--source', 'rba');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^rba: 8 lines read, 8 accepted, 0 rejected, 8 new events, /);
    expect((await run(dataDir, 'users', '--format', 'jsonl')).stdout).toContain('"-3284137479262433373"');
  });

  it.each([
    ['no source', [], '--source'],
    ['an id that is none', ['--source', 'My Logs'], 'use lower-case letters'],
    ['a format that is none', ['--source', 'x', '--format', 'xml'], 'events-jsonl, rba-csv'],
    ['a format that it is not', ['--source', 'x', '--format', 'rba-csv'], 'does not name the columns'],
  ])('exits with 2 for %s', async (_what, args, part) => {
    const { code, stdout, stderr } = await run(newDataDir(), 'import', historyFile(travel), ...args);
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(part)]);
  });

  it.each([
    ['an empty file', () => historyFile(''), 'The file is empty.'],
    ['a folder', () => temporaryDir(), 'It is a folder'],
    ['a file that is not there', () => join(temporaryDir(), 'nope.jsonl'), 'There is no such file.'],
    ['a file that is no history', () => historyFile('Dear Ann,\nhow are you?\n'), 'neither events-jsonl'],
  ])('exits with 2 for %s', async (_what, file, part) => {
    const { code, stdout, stderr } = await run(newDataDir(), 'import', file(), '--source', 'x');
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(part)]);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('is left out of polling, which says so, and of the list of sources when it is removed', async () => {
    const dataDir = newDataDir();
    await run(dataDir, 'import', historyFile(travel), '--source', 'history');
    expect((await run(dataDir, 'sources', 'list')).stdout).toMatch(/history +file /);
    for (const args of [['poll'], ['poll', '--watch'], ['poll', '--json']]) {
      const poll = await run(dataDir, ...args);
      expect([poll.code, poll.stdout, poll.stderr]).toEqual([
        0,
        '',
        expect.stringContaining('history: not polled, it holds what was imported from files'),
      ]);
    }
    for (const args of [
      ['poll', '--source', 'history'],
      ['poll', '--watch', '--source', 'history'],
    ]) {
      const poll = await run(dataDir, ...args);
      expect([poll.code, poll.stderr]).toEqual([2, expect.stringContaining('nothing to poll')]);
    }
    expect((await run(dataDir, 'sources', 'remove', 'history')).code).toBe(0);
    expect((await run(dataDir, 'events', '--format', 'jsonl')).stdout).toBe('');
    expect((await run(dataDir, 'findings', '--format', 'jsonl')).stdout).toBe('');
  });

  it('is refused with 4 while another process works in the data directory', async () => {
    const dataDir = newDataDir();
    const sources = join(temporaryDir(), 'sources.json');
    const files = { id: 'files', kind: 'zipline', url: 'http://127.0.0.1:9', auth: { token: { env: 'T' } } };
    writeFileSync(sources, JSON.stringify({ sources: [files] }));
    await run(dataDir, 'sources', 'import', sources);
    const watch = ['--data-dir', dataDir, 'poll', '--watch', '--json'];
    const other = spawn(process.execPath, ['out/main/cli.js', ...watch], {
      env: { PATH: process.env.PATH, T: 'token' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    onTestFinished(() => void other.kill('SIGKILL'));
    await once(other.stdout, 'data');
    const refused = await run(dataDir, 'import', historyFile(travel), '--source', 'history');
    expect([refused.code, refused.stderr]).toEqual([4, expect.stringContaining(`Process ${other.pid ?? 0}`)]);
  });
});
