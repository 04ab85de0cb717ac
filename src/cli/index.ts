import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { keepHeapsSmall } from '../engine/small-heaps.ts';

// This file must be readable by old Node versions: it finds the one that the rest needs.
const NEEDED_MAJOR = 24;

if (Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR) {
  keepHeapsSmall();
  const { runProgram } = await import('./program.ts');
  await runProgram(process.argv);
} else {
  await runUnder(bundledNode());
}

/** The Node that came with the dependencies; null where there is none for this machine. */
function bundledNode(): string | null {
  const isWindows = process.platform === 'win32';
  const name = `node-${isWindows ? 'win' : process.platform}-${process.arch}`;
  const file = resolve(
    import.meta.dirname,
    '../../node_modules',
    name,
    'bin',
    isWindows ? 'node.exe' : 'node',
  );
  return existsSync(file) ? file : null;
}

async function runUnder(node: string | null): Promise<void> {
  if (node === null) {
    process.stderr.write(
      `sessionscope: Sessionscope needs Node ${NEEDED_MAJOR} or newer; this is ${process.version}. Install it and try again.\n`,
    );
    process.exitCode = 2;
    return;
  }
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' });
  // The child hears Ctrl-C of the terminal itself; this process waits for how it ends.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.exitCode = await new Promise<number>((done) => child.on('exit', (code) => done(code ?? 1)));
}
