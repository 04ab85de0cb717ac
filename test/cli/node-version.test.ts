import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';

/** Runs the built command line by a Node that says it is an old one. */
function runUnderOldNode(...args: string[]) {
  const pretend = `Object.defineProperty(process.versions, 'node', { value: '20.0.0' })`;
  const preload = `data:text/javascript,${encodeURIComponent(pretend)}`;
  return spawnSync(process.execPath, ['--import', preload, 'out/main/cli.js', ...args], { encoding: 'utf8' });
}

const hasBundled = existsSync(`node_modules/node-${process.platform}-${process.arch}`);

it('goes on under the Node 24 that came with it, or says which one it needs', () => {
  const { status, stdout, stderr } = runUnderOldNode('--version');
  if (hasBundled) {
    expect({ status, stdout }).toEqual({ status: 0, stdout: '0.1.0\n' });
    expect(runUnderOldNode('sesions').status).toBe(2);
  } else {
    expect(status).toBe(2);
    expect(stderr).toContain('needs Node 24');
  }
});
