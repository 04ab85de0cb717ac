import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { revocation } from '../../src/contract/revocation.ts';
import { session } from '../../src/contract/session.ts';
import { sweepReport } from '../../src/contract/source.ts';
import { runCli } from '../support/run-cli.ts';
import { planted, startSixApis, type SixApis } from '../support/six-apis.ts';

let far: SixApis;
let dataDir = '';
let printed = '';
beforeAll(async () => {
  far = await startSixApis();
  dataDir = mkdtempSync(join(tmpdir(), 'cli-job-'));
});
afterAll(async () => {
  await far.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function run(...args: string[]) {
  const result = await runCli(args, { dataDir, env: far.env });
  printed += result.stdout + result.stderr;
  return result;
}
const lines = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));

/** One story: each test goes on where the one before ended. */
describe('the main job on the command line', () => {
  it('takes the sources in', async () => {
    const file = join(dataDir, 'sources.json');
    writeFileSync(file, JSON.stringify({ sources: far.sources }));
    expect(await run('sources', 'import', file)).toMatchObject({ code: 0, stdout: '' });
    const tests = await run('sources', 'test');
    expect(tests.code).toBe(0);
    expect(tests.stdout).toContain('app: works, as Operator, 3 sessions');
  });

  it('polls all of them, a line each', async () => {
    const { code, stdout } = await run('poll', '--json');
    expect(code).toBe(0);
    const reports = lines(stdout).map((line) => sweepReport.strict().parse(line));
    expect(reports.map(({ source }) => source).sort()).toEqual([
      'app',
      'chat',
      'files',
      'old',
      'panel',
      'portal',
    ]);
    expect(reports.every(({ ok, complete, error }) => ok && complete && error === null)).toBe(true);
  });

  it('lists sessions in every format, and every row has every key', async () => {
    const { stdout } = await run('sessions', '--format', 'jsonl');
    const rows = lines(stdout).map((line) => session.strict().parse(line));
    expect(rows).toHaveLength(13);
    const json: unknown = JSON.parse((await run('sessions', '--format', 'json', '--limit', '5')).stdout);
    expect(json).toMatchObject({ total: 13, next: expect.any(String) });
    const csv = (await run('sessions', 'source:app', '--format', 'csv')).stdout.trimEnd().split('\r\n');
    expect(csv).toHaveLength(4);
    const table = await run('sessions', 'country:GB');
    expect(table.stdout).toContain('London');
    expect(table.stderr).toContain('rows');
  });

  it('sorts with the unknown last, either way', async () => {
    for (const sort of ['startedAt', '-startedAt']) {
      const { stdout } = await run('sessions', '--format', 'jsonl', `--sort=${sort}`);
      const known = lines(stdout).map((line) => session.parse(line).startedAt !== null);
      expect(known.lastIndexOf(true)).toBeLessThan(known.indexOf(false));
    }
  });

  it('refuses to end anything without --yes, and shows the plan', async () => {
    const { code, stdout, stderr } = await run('revoke', 'source:app', '--reason', 'incident 42');
    expect(code).toBe(4);
    expect(stdout).toContain('planned');
    expect(stdout).toContain('skipped');
    expect(stderr).toContain('--yes');
    expect((await run('revoke', 'source:app', '--reason', 'incident 42', '--dry-run')).code).toBe(0);
    expect(far.apis['better-auth'].sessions).toHaveLength(3);
  });

  it('ends sessions to the verified end and prints the job', async () => {
    const { code, stdout } = await run('revoke', 'source:app', '--reason', 'incident 42', '--yes', '--json');
    expect(code).toBe(0);
    const job = revocation.strict().parse(JSON.parse(stdout));
    expect(job).toMatchObject({ state: 'done', reason: 'incident 42', counts: { verified: 2, skipped: 1 } });
    expect(far.apis['better-auth'].sessions.map(({ id }) => id)).toEqual(['app-session-admin']);
    const again: unknown = JSON.parse((await run('revocations', job.id, '--format', 'json')).stdout);
    expect(again).toEqual(job);
    const { items: _items, ...summary } = job;
    expect(JSON.parse((await run('revocations', '--format', 'json')).stdout)).toEqual({
      rows: [summary],
      total: 1,
      next: null,
    });
  });

  it('refuses to end nothing but the own session, until it is named', async () => {
    const own = lines((await run('sessions', 'source:files current:true', '--format', 'jsonl')).stdout).map(
      (line) => session.parse(line),
    )[0];
    expect((await run('revoke', `key:${own?.key ?? ''}`, '--reason', 'incident 42', '--yes')).code).toBe(4);
    expect(far.apis.zipline.sessions).toHaveLength(2);
    const named = await run(
      'revoke',
      `key:${own?.key ?? ''}`,
      '--reason',
      'incident 42',
      '--dry-run',
      '--include-current',
      own?.key ?? '',
    );
    expect(named.stdout).toContain('planned');
  });

  it('is done in part when a source fails, and keeps its sessions', async () => {
    far.apis.rocketchat.faults.inject('unauthorized');
    const { code, stdout } = await run('poll', '--json');
    far.apis.rocketchat.faults.clear();
    expect(code).toBe(3);
    const chat = lines(stdout)
      .map((line) => sweepReport.parse(line))
      .find(({ source }) => source === 'chat');
    expect(chat).toMatchObject({ ok: false, ended: 0, error: { code: 'unauthorized' } });
    expect(
      lines((await run('sessions', 'source:chat state:active,unknown', '--format', 'jsonl')).stdout),
    ).toHaveLength(2);
  });

  it('writes a report that says what it is', async () => {
    const out = join(dataDir, 'report.csv');
    expect(await run('report', 'source:app', '--format', 'csv', '--out', out)).toMatchObject({
      code: 0,
      stdout: `${out}\n`,
    });
    expect(readFileSync(out, 'utf8').trimEnd().split('\r\n')).toHaveLength(4);
    const meta: unknown = JSON.parse(readFileSync(`${out}.meta.json`, 'utf8'));
    expect(JSON.stringify(meta)).toContain('DB-IP');
    expect(meta).toMatchObject({ query: 'source:app' });
  });

  it('holds the audit chain, and notices a changed link', async () => {
    expect((await run('audit', '--verify')).code).toBe(0);
    const { stdout } = await run('audit');
    for (const action of ['source.put', 'revocation.started', 'revocation.finished', 'report.written']) {
      expect(stdout).toContain(action);
    }
    const db = new Database(join(dataDir, 'sessionscope.db'));
    db.exec(
      `DROP TRIGGER audit_is_never_changed; UPDATE audit SET detail = replace(detail, 'incident 42', 'incident 43')`,
    );
    db.close();
    const broken = await run('audit', '--verify');
    expect(broken.code).toBe(1);
    expect(broken.stdout).toMatch(/entry \d+/);
  });

  it('printed no secret anywhere', () => {
    expect(printed.length).toBeGreaterThan(10_000);
    for (const secret of Object.values(planted)) expect(printed.includes(secret), secret).toBe(false);
  });
});
