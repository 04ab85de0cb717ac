import { join } from 'node:path';
import type { Command } from 'commander';
import { EXIT, UsageError, type ExitCode } from '../exit.ts';
import { appRoot, version } from '../host.ts';
import { print, say } from '../output.ts';
import { withEngine, type CommandContext, type EngineOptions } from '../with-engine.ts';

export type ServeOptions = { readonly port?: number; readonly open?: boolean };

/** `serve`: the page for a browser on this machine, until interrupted. */
export function addServe(program: Command, globals: () => EngineOptions): void {
  program
    .command('serve')
    .description('serve the app on loopback and print its one-time address')
    .option('--port <n>', 'listen here; any free port when left out', port)
    .option('--open', 'open it in a browser')
    .action(async (options: ServeOptions) => {
      process.exitCode = await withEngine(globals(), (context) => serve(context, options), 'web');
    });
}

/** Serves until interrupted; the address is the only thing on stdout. */
export async function serve(
  { engine, host: terminal, signal }: CommandContext,
  options: ServeOptions,
): Promise<ExitCode> {
  // Loaded by who serves: every other command would begin a fifth later for it.
  const { startWebHost } = await import('../../web/server.ts');
  const host = await startWebHost({
    engine,
    rendererDir: join(appRoot, 'out', 'renderer'),
    version,
    log: terminal.logger,
    ...(options.port === undefined ? {} : { port: options.port }),
  });
  engine.start();
  print(host.url);
  if (options.open === true) {
    const { openApp } = await import('../open-app.ts');
    await openApp(host.url);
  }
  say('Sessionscope is running; Ctrl-C ends it.');
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await host.close();
  return EXIT.done;
}

/** Reads `--port`; throws UsageError for what is no port number. */
export function port(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 65_535) {
    throw new UsageError(`--port: "${text}" is not a port number (1 to 65535).`);
  }
  return value;
}
