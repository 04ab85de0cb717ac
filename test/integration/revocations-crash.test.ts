import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { auditEntry } from '../../src/contract/audit.ts';
import { revocation, revocationSummary } from '../../src/contract/revocation.ts';
import { sweepReport } from '../../src/contract/source.ts';
import { runCli } from '../support/run-cli.ts';
import { startSixApis, type SixApis } from '../support/six-apis.ts';

let far: SixApis;
let dataDir = '';
beforeEach(async () => {
  far = await startSixApis();
  dataDir = mkdtempSync(join(tmpdir(), 'cli-crash-'));
  const files = far.apis.zipline.sessions;
  const [like] = files;
  if (like === undefined) throw new Error('Zipline has a session');
  for (const id of ['files-session-two', 'files-session-three'])
    files.push({ ...like, id, createdAtMs: like.createdAtMs + files.length });
  const file = join(dataDir, 'sources.json');
  writeFileSync(file, JSON.stringify({ sources: far.sources.filter(({ id }) => id === 'files') }));
  expect(await run('sources', 'import', file)).toMatchObject({ code: 0 });
  expect(await run('poll')).toMatchObject({ code: 0 });
});
afterEach(async () => {
  await far.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const run = (...args: string[]) => runCli(args, { dataDir, env: far.env });

/** Which sessions the far side was asked to end, in order. */
const asked = () =>
  far.apis.zipline.requests
    .filter(({ method }) => method === 'DELETE')
    .map(({ body }) => (body as { sessionId: string }).sessionId);

/** Revokes all but the own session, and kills the process while the second request is unanswered. */
async function revokeAndCrash(): Promise<void> {
  const isDelete = ({ method }: { method: string }) => method === 'DELETE';
  far.apis.zipline.faults.inject('hang', { on: isDelete, skip: 1, times: 1 });
  const crash = new AbortController();
  const args = ['revoke', 'source:files', '--reason', 'incident 42', '--yes'];
  const crashed = runCli(args, { dataDir, env: far.env, crash: crash.signal });
  await vi.waitFor(() => expect(asked()).toHaveLength(2), { timeout: 15_000, interval: 20 });
  crash.abort();
  expect((await crashed).code).toBe(-1);
}

async function onlyJob() {
  const { rows } = JSON.parse((await run('revocations', '--format', 'json')).stdout) as { rows: unknown[] };
  expect(rows).toHaveLength(1);
  const { id } = revocationSummary.parse(rows[0]);
  return revocation.parse(JSON.parse((await run('revocations', id, '--format', 'json')).stdout));
}

describe('a revocation whose process was killed', () => {
  it.each([
    { what: 'was never carried out', repeats: 1 },
    { what: 'was carried out unheard', repeats: 0 },
  ])(
    'is finished by the next poll when its last request $what',
    async ({ repeats }) => {
      await revokeAndCrash();
      const [first = '', second = ''] = asked();
      const sessions = far.apis.zipline.sessions;
      if (repeats === 0)
        sessions.splice(
          sessions.findIndex(({ id }) => id === second),
          1,
        );
      const cutOff = await onlyJob();
      expect([cutOff.state, cutOff.counts]).toEqual([
        'running',
        { accepted: 1, requested: 1, planned: 1, skipped: 1 },
      ]);

      const { code, stdout, stderr } = await run('poll', '--json');
      expect(code).toBe(0);
      expect(stdout.trimEnd().split('\n')).toHaveLength(1);
      expect(sweepReport.parse(JSON.parse(stdout))).toMatchObject({ source: 'files', ok: true });
      expect(stderr).toContain(`${cutOff.id}, which was cut off: done, 1 skipped, 3 verified`);

      const job = await onlyJob();
      expect([job.state, job.counts]).toEqual(['done', { verified: 3, skipped: 1 }]);
      expect(sessions.map(({ id }) => id)).toEqual(['files-session-own-1']);
      // What was gone already is never asked for again.
      expect(asked().filter((id) => id === first)).toHaveLength(1);
      expect(asked().filter((id) => id === second)).toHaveLength(1 + repeats);
      expect(new Set(asked()).size).toBe(3);
      expect(await run('audit', '--verify')).toMatchObject({ code: 0 });
      const entries = (await run('audit')).stdout.trimEnd().split('\n');
      const actions = entries.map((line) => auditEntry.parse(JSON.parse(line)).action);
      expect(actions.filter((action) => /^revocation\.(?!item)/.test(action))).toEqual([
        'revocation.started',
        'revocation.resumed',
        'revocation.finished',
      ]);
      expect(await run('poll')).toMatchObject({ code: 0, stderr: '' });
    },
    60_000,
  );

  it('makes the poll done in part when it could not be finished with proof', async () => {
    await revokeAndCrash();
    const isDelete = ({ method }: { method: string }) => method === 'DELETE';
    far.apis.zipline.faults.inject('forbidden', { on: isDelete });
    const { code, stderr } = await run('poll');
    expect(code).toBe(3);
    expect(stderr).toMatch(/cut off: partial, .*failed/);
    expect((await onlyJob()).counts).toEqual({ verified: 1, failed: 2, skipped: 1 });
  }, 60_000);
});
