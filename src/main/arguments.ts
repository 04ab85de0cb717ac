import { join, resolve } from 'node:path';

export type Arguments = {
  /** Absolute; where everything is kept. */
  readonly dataDir: string;
  /** The simulated company in a folder of its own, emptied first: every demo begins on the same morning. */
  readonly isDemo: boolean;
};

/** Reads `--data-dir DIR` and `--demo`; what Chromium understands beside them is Chromium's business. */
export function readArguments(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  defaultDataDir: string,
): Arguments {
  const isDemo = args.includes('--demo');
  const named = valueOf(args, '--data-dir') ?? environment.SESSIONSCOPE_DATA_DIR ?? defaultDataDir;
  return { isDemo, dataDir: resolve(isDemo ? join(named, 'demo') : named) };
}

function valueOf(args: readonly string[], name: string): string | undefined {
  const joined = args.find((arg) => arg.startsWith(`${name}=`))?.slice(name.length + 1);
  const at = args.indexOf(name);
  return joined ?? (at < 0 ? undefined : args[at + 1]);
}
