import { existsSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import envPaths from 'env-paths';
import { createDemo } from '../demo/demo.ts';
import type { Host, Logger } from '../engine/host.ts';
import { createReferenceSecrets } from '../engine/reference-secrets.ts';
import { systemClock } from '../engine/system-clock.ts';

/** Folder of the checkout or package: the nearest one above this file, built or not, that has a package.json. */
export const appRoot: string = rootAbove(import.meta.dirname);

export const version: string = readVersion();

/** Where everything is kept unless `--data-dir` or SESSIONSCOPE_DATA_DIR says otherwise. */
export const defaultDataDir = envPaths('sessionscope', { suffix: '' }).data;

/** The host of a terminal: secrets by reference, talk on stderr, the demo company at hand. */
export function createTerminalHost(
  name: 'cli' | 'web',
  { dataDir, verbose, threads = false }: { dataDir: string; verbose: boolean; threads?: boolean },
): Host {
  const demo = createDemo({ clock: systemClock, seed: 7 });
  const env = (variable: string) => demo.secrets.get(variable) ?? process.env[variable];
  return {
    name,
    version,
    actor: `${userInfo().username} via ${name}`,
    secrets: createReferenceSecrets({ env }),
    logger: terminalLogger(verbose),
    clock: systemClock,
    paths: {
      dataDir: resolve(dataDir),
      geoip: join(appRoot, 'out', 'geoip'),
      storeThread: threads ? join(appRoot, 'out', 'main', 'store-thread.js') : null,
    },
    demo,
  };
}

function terminalLogger(isVerbose: boolean): Logger {
  const write = (level: string, message: string, values: Record<string, unknown> = {}) => {
    const details = Object.keys(values).length === 0 ? '' : ` ${JSON.stringify(values)}`;
    process.stderr.write(`sessionscope: ${level}: ${message}${details}\n`);
  };
  return {
    info: (message, values) => {
      if (isVerbose) write('info', message, values);
    },
    warn: (message, values) => write('warning', message, values),
    error: (message, values) => write('error', message, values),
  };
}

function rootAbove(folder: string): string {
  const parent = dirname(folder);
  return existsSync(join(folder, 'package.json')) || parent === folder ? folder : rootAbove(parent);
}

function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(appRoot, 'package.json'), 'utf8'));
  const hasVersion = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return hasVersion ? String(manifest.version) : 'unknown';
}
