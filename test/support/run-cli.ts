import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const CLI = resolve('out/main/cli.js');
/** Hundreds of these processes begin in one run of the tests, all with the same code. */
export const compiled = resolve('.cache/compiled');

export type CliResult = { readonly code: number; readonly stdout: string; readonly stderr: string };

/**
 * Runs the built command line as scripts do: a process of its own, its streams apart, its exit code. Aborting `crash`
 * kills it where it stands, without a chance to tidy up; its code is then -1.
 */
export function runCli(
  args: readonly string[],
  options: { dataDir: string; env?: ReadonlyMap<string, string>; crash?: AbortSignal },
): Promise<CliResult> {
  if (!existsSync(CLI)) throw new Error('The command line is not built: run "npm run build" first.');
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [CLI, ...args], {
      env: {
        PATH: process.env.PATH,
        NODE_COMPILE_CACHE: compiled,
        SESSIONSCOPE_DATA_DIR: options.dataDir,
        ...Object.fromEntries(options.env ?? []),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    options.crash?.addEventListener('abort', () => child.kill('SIGKILL'));
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', fail);
    child.on('close', (code) => done({ code: code ?? -1, stdout, stderr }));
  });
}
