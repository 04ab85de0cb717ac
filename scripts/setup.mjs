// What a checkout needs before anything of it runs: dependencies, Node 24, a build.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const inRoot = (...parts) => join(root, ...parts);
const BUILT = inRoot('out', '.built');
/** Whatever the build reads. */
const BUILD_INPUTS = [
  'src',
  'resources',
  'electron.vite.config.ts',
  'package-lock.json',
  'scripts/pack-asn.mjs',
];

export function say(text) {
  process.stderr.write(`sessionscope: ${text}\n`);
}

/** Runs a program in the checkout with this terminal; resolves with its exit code. Ctrl-C reaches both. */
export function run(program, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', env: childEnvironment() });
    const passOn = (signal) => child.kill(signal);
    process.on('SIGINT', passOn);
    process.on('SIGTERM', passOn);
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? (signal === null ? 1 : 130)));
  });
}

/** `npm ci` when the dependencies are missing or older than the lock file. */
export function ensureInstalled() {
  const installed = modified(inRoot('node_modules', '.package-lock.json'));
  if (installed !== null && installed >= (modified(inRoot('package-lock.json')) ?? 0)) return;
  say('Installing dependencies (npm ci) …');
  runSetupStep(
    'npm',
    ['ci', '--no-audit', '--no-fund'],
    'The dependencies could not be installed; see the lines above.',
  );
}

/** Path of a Node 24: this one, or the one among the dependencies. */
export function node24() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  const folder = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const binary = inRoot('node_modules', folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(binary)) return binary;
  throw new Error(
    `Sessionscope needs Node 24; this is ${process.version}, and no Node 24 package exists for ${process.platform} ${process.arch}. Install Node 24 and try again.`,
  );
}

/** Builds the app when there is no build or something it is made of is newer. */
export function ensureBuilt({ force = false } = {}) {
  const built = modified(BUILT);
  if (!force && built !== null && newest(BUILD_INPUTS.map((path) => inRoot(path))) <= built) return;
  say('Building …');
  const failed = 'The build failed; see the lines above.';
  rmSync(BUILT, { force: true });
  runSetupStep(node24(), [inRoot('scripts', 'pack-asn.mjs'), inRoot('out', 'geoip')], failed);
  runSetupStep(
    node24(),
    [inRoot('node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'build', '--logLevel', 'warn'],
    failed,
  );
  mkdirSync(dirname(BUILT), { recursive: true });
  writeFileSync(BUILT, '');
}

/** A step whose own output belongs on stderr, since stdout is for the data of the command that follows. */
function runSetupStep(program, args, message) {
  const isWindowsScript = process.platform === 'win32' && program === 'npm';
  const { status, error } = spawnSync(program, args, {
    cwd: root,
    stdio: ['ignore', process.stderr, process.stderr],
    env: childEnvironment(),
    shell: isWindowsScript,
  });
  // It wrote no line that could be seen above.
  if (error !== undefined) throw new Error(`“${program}” could not be started: ${error.message}`);
  if (status !== 0) throw new Error(message);
}

/** npm's own variables of the outer call would change what an inner npm does. */
function childEnvironment() {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('npm_lifecycle')),
  );
}

function modified(path) {
  return existsSync(path) ? statSync(path).mtimeMs : null;
}

function newest(paths) {
  let latest = 0;
  for (const path of paths) {
    const stat = existsSync(path) ? statSync(path) : null;
    if (stat === null) continue;
    latest = Math.max(latest, stat.mtimeMs);
    if (stat.isDirectory())
      latest = Math.max(latest, newest(readdirSync(path).map((name) => join(path, name))));
  }
  return latest;
}
