import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sweepReport } from '../../src/contract/source.ts';
import { runCli } from '../support/run-cli.ts';
import { startSixApis, type SixApis } from '../support/six-apis.ts';

let far: SixApis;
let dataDir = '';
beforeAll(async () => {
  far = await startSixApis();
  dataDir = mkdtempSync(join(tmpdir(), 'cli-two-'));
  const file = join(dataDir, 'sources.json');
  writeFileSync(file, JSON.stringify({ sources: far.sources }));
  expect((await runCli(['sources', 'import', file], { dataDir })).code).toBe(0);
});
afterAll(async () => {
  await far.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** A command that goes on until it is interrupted, or whose reader leaves. */
function start(args: readonly string[]) {
  return spawn(process.execPath, ['out/main/cli.js', '--data-dir', dataDir, ...args], {
    env: { PATH: process.env.PATH, ...Object.fromEntries(far.env) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

describe('poll', () => {
  it('names a secret that is not set, as unauthorized', async () => {
    const { code, stdout } = await runCli(['poll', '--source', 'chat', '--json'], { dataDir });
    expect(code).toBe(3);
    expect(sweepReport.parse(JSON.parse(stdout)).error).toMatchObject({
      code: 'unauthorized',
      message: expect.stringContaining('CHAT_TOKEN is not set'),
    });
  });
});

describe('poll --watch', () => {
  it('prints a line a sweep, keeps others from writing, and ends with 0 when interrupted', async () => {
    const watching = start(['poll', '--watch', '--json']);
    const ended = once(watching, 'close');
    const [first]: unknown[] = await once(watching.stdout.setEncoding('utf8'), 'data');
    expect(sweepReport.parse(JSON.parse(String(first).split('\n')[0] ?? '')).ok).toBe(true);

    expect((await runCli(['sessions', '--format', 'json'], { dataDir })).code).toBe(0);
    for (const args of [
      ['poll'],
      ['poll', '--watch'],
      ['revoke', 'source:app', '--reason', 'incident 42', '--yes'],
    ]) {
      const { code, stderr } = await runCli(args, { dataDir, env: far.env });
      expect(stderr).toContain(`Process ${watching.pid ?? 0}`);
      expect(code).toBe(4);
    }

    watching.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
  });
});

describe('a list whose reader leaves', () => {
  it('ends quietly', async () => {
    const listing = start(['sessions', '--format', 'jsonl']);
    const ended = once(listing, 'close');
    let talk = '';
    listing.stderr.setEncoding('utf8').on('data', (text: string) => (talk += text));
    listing.stdout.destroy();
    expect(await ended).toEqual([0, null]);
    expect(talk).toBe('');
  });
});
