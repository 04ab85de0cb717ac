import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../support/run-cli.ts';

let dataDir = '';
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'cli-usage-'));
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const run = (...args: string[]) => runCli(args, { dataDir });

function sourcesFile(content: unknown): string {
  const file = join(dataDir, 'sources.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const chat = {
  id: 'chat',
  kind: 'rocketchat',
  url: 'https://chat.example.org',
  auth: { userId: 'u1', token: { env: 'T' } },
};

describe('wrong usage exits with 2 and names the mistake', () => {
  it.each([
    ['an unknown command', ['sesions'], 'sessions'],
    ['an unknown option', ['sessions', '--frmat', 'csv'], '--format'],
    ['an unknown format', ['sessions', '--format', 'xml'], 'table, json, jsonl, csv'],
    ['a limit that is no number', ['sessions', '--limit', 'many'], '"many" is not a whole number'],
    ['a revoke without a reason', ['revoke', 'user:ann', '--yes'], '--reason'],
    [
      'a dry run that is to run',
      ['revoke', 'user:ann', '--reason', 'x', '--yes', '--dry-run'],
      'exclude each other',
    ],
    [
      'a report format of later',
      ['report', '--format', 'pdf', '--out', 'x.pdf'],
      'not available in this version; use csv or jsonl',
    ],
    ['a report format of never', ['report', '--format', 'docx', '--out', 'x'], 'no report format'],
    ['a file that is not there', ['sources', 'import', '/nowhere.json'], '/nowhere.json'],
    ['an unknown source', ['poll', '--source', 'nope'], 'no source "nope"'],
    ['an unknown revocation', ['revocations', 'nope'], 'no revocation "nope"'],
    ['a demo port that is none', ['demo', '--port', 'abc'], '1 to 65535'],
    ['an audit limit that is no number', ['audit', '--limit', 'abc'], '--limit: "abc"'],
    ['a revoke of an empty query', ['revoke', '', '--reason', 'incident', '--yes'], 'The query is empty'],
    [
      'an empty data directory',
      ['--data-dir', '', 'sessions'],
      '--data-dir is empty (or SESSIONSCOPE_DATA_DIR)',
    ],
    ['a sort by no field', ['sessions', '--sort', 'nope'], 'sorted by "nope"'],
    ['a watch of an unknown source', ['poll', '--watch', '--source', 'nope'], 'no source "nope"'],
    ['a port that is none', ['serve', '--port', '70000'], '1 to 65535'],
  ])('%s', async (_what, args, part) => {
    const { code, stdout, stderr } = await run(...args);
    expect(stderr).toContain(part);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('points at the place in a query that can not be read', async () => {
    const { code, stderr } = await run('sessions', 'country:DE', 'contry:FR');
    expect(code).toBe(2);
    expect(stderr).toContain('country:DE contry:FR\n             ^');
    expect(stderr).toContain('country');
    const after = await run('sessions', '--format', 'csv', '--', '-country:DE', 'contry:FR');
    expect(after.stderr).toContain('\n  -country:DE contry:FR\n              ^');
  });

  it.each([
    ['no JSON', '{ "sources": ', 'is not JSON'],
    ['no sources', { sources: [] }, '"sources"'],
    [
      'a secret in the open',
      { sources: [{ ...chat, auth: { userId: 'u1', token: 'abc' } }] },
      'sources.0.auth.token',
    ],
    [
      'plain http to a far host',
      { sources: [{ ...chat, url: 'http://chat.example.org' }] },
      'must use https',
    ],
    [
      'a password in the address',
      { sources: [{ ...chat, url: 'https://u:p@chat.example.org' }] },
      'user name or password',
    ],
    ['an unknown kind', { sources: [{ ...chat, kind: 'okta' }] }, 'sources.0.kind'],
    ['a misspelt key', { sources: [{ ...chat, pollEverySecond: 60 }] }, 'pollEverySecond'],
    ['an id twice', { sources: [chat, chat] }, 'Two sources have the id "chat"'],
  ])('a sources file with %s, and nothing of it is kept', async (_what, content, part) => {
    const { code, stderr } = await run('sources', 'import', sourcesFile(content));
    expect(stderr).toContain(part);
    expect(code).toBe(2);
    expect((await run('sources', 'list', '--json')).stdout).toBe('');
  });
});

describe('without sources', () => {
  it.each([[['sources', 'test']], [['poll', '--watch']]])('%j says what to do and ends', async (args) => {
    expect(await run(...args)).toMatchObject({
      code: 0,
      stdout: '',
      stderr: expect.stringContaining('sources import'),
    });
  });

  it('lists nothing, says what to do, and is done', async () => {
    const polled = await run('poll');
    expect(polled).toMatchObject({ code: 0, stdout: '' });
    expect(polled.stderr).toContain('sources import');
    expect(await run('sessions', '--format', 'json')).toMatchObject({
      code: 0,
      stdout: '{"rows":[],"total":0,"next":null}\n',
    });
    expect((await run('sessions', '--format', 'csv')).stdout).toMatch(/^"key","source","account",/);
  });
});
