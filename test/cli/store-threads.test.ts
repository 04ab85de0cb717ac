import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runCli } from '../support/run-cli.ts';
import { startSixApis } from '../support/six-apis.ts';

it('the built command line polls with the store in threads of its own, and ends', async () => {
  const far = await startSixApis();
  const dataDir = mkdtempSync(join(tmpdir(), 'cli-threads-'));
  try {
    const file = join(dataDir, 'sources.json');
    writeFileSync(file, JSON.stringify({ sources: far.sources }));
    await runCli(['sources', 'import', file], { dataDir });
    const { code, stderr } = await runCli(['poll', '--source', 'chat'], { dataDir, env: far.env });
    // Without its threads the store works too, and says so.
    expect(stderr).not.toContain('without threads');
    expect(code).toBe(0);
    const { stdout } = await runCli(['sessions', 'source:chat', '--format', 'json'], { dataDir });
    expect((JSON.parse(stdout) as { total: number }).total).toBeGreaterThan(0);
  } finally {
    await far.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
});
