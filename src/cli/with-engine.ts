import { inProcessCaller, type EngineCaller } from '../link/in-process.ts';
import { logBugs } from '../link/log-bugs.ts';
import type { Host } from '../engine/host.ts';
import { createEngine, type Engine } from '../engine/engine.ts';
import { appRouter } from '../engine/router.ts';
import { createTerminalHost } from './host.ts';
import type { ExitCode } from './exit.ts';

export type EngineOptions = {
  readonly dataDir: string;
  readonly verbose: boolean;
  /**
   * The store works in threads of its own: for commands that list sources or write files meanwhile. The others have one
   * question, and loading the threads takes longer than most answers. Default false; the web host always has them.
   */
  readonly threads?: boolean;
};

export type CommandContext = {
  /** The same router that the page talks to. */
  readonly call: EngineCaller;
  readonly engine: Engine;
  readonly host: Host;
  /** Aborted by Ctrl-C and by SIGTERM. */
  readonly signal: AbortSignal;
};

/** Runs one command against an engine of its own and closes it, whatever happens. */
export async function withEngine(
  options: EngineOptions,
  command: (context: CommandContext) => Promise<ExitCode>,
  hostName: 'cli' | 'web' = 'cli',
): Promise<ExitCode> {
  const interrupted = new AbortController();
  const onSignal = () => interrupted.abort();
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  const host = createTerminalHost(hostName, {
    ...options,
    threads: hostName === 'web' || options.threads === true,
  });
  const engine = await createEngine(host);
  try {
    const call = inProcessCaller({
      router: appRouter,
      context: { engine },
      signal: interrupted.signal,
      onError: logBugs({ router: appRouter, context: { engine } }, host.logger),
    });
    return await command({ call, engine, host, signal: interrupted.signal });
  } finally {
    await engine.stop();
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}
