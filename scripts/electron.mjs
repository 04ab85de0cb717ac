// Where the Electron binary is. The package has no install script: asking it for its path fetches the binary at first use.
import { spawnSync } from 'node:child_process';
import { root } from './setup.mjs';

/** How long a first download may take, in milliseconds. */
const DOWNLOAD_MS = 300_000;

/** Path of the binary, fetched when it can be; null when it is neither here nor to be had. */
export function electronBinary(node) {
  const { status, stdout } = spawnSync(node, ['-p', "require('electron')"], {
    cwd: root,
    encoding: 'utf8',
    timeout: DOWNLOAD_MS,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const path = (stdout ?? '').trim().split('\n').at(-1) ?? '';
  return status === 0 && path !== '' ? path : null;
}
