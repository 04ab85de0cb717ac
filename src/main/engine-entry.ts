import { userInfo } from 'node:os';
import { createDemo } from '../demo/demo.ts';
import { createEngine, type Engine } from '../engine/engine.ts';
import { EngineError } from '../engine/errors.ts';
import type { Host, Logger, Secrets } from '../engine/host.ts';
import { createReferenceSecrets } from '../engine/reference-secrets.ts';
import { appRouter } from '../engine/router.ts';
import { Secret } from '../engine/secret.ts';
import { keepHeapsSmall } from '../engine/small-heaps.ts';
import { systemClock } from '../engine/system-clock.ts';
import { logBugs } from '../link/log-bugs.ts';
import { servePort } from '../link/port-server.ts';
import { portOfEmitter, type EmitterPort } from '../link/port.ts';
import type { EngineMessage, SecretAnswer, SecretRequest, ShellMessage } from './engine-messages.ts';

/** The line to the shell, as a utility process has it. */
export type ParentLine = {
  postMessage(message: EngineMessage): void;
  on(event: 'message', listener: (event: { data: ShellMessage; ports: EmitterPort[] }) => void): unknown;
};

export type EntryOptions = {
  readonly parent: ParentLine;
  readonly createEngine: (host: Host) => Promise<Engine>;
  readonly logger: Logger;
  readonly exit: () => void;
};

/** Runs one engine for the shell: started, connected to pages and stopped by its messages. */
export function runEngine({ parent, createEngine: create, logger, exit }: EntryOptions): void {
  const ask = secretLine(parent);
  let engine: Promise<Engine> | null = null;

  parent.on('message', ({ data, ports }) => {
    switch (data.kind) {
      case 'start':
        engine = startEngine(create, desktopHost(data, ask, logger), data.isDemo);
        engine.then(
          () => parent.postMessage({ kind: 'ready' }),
          (error: unknown) => parent.postMessage({ kind: 'failed', message: sentenceOf(error, logger) }),
        );
        return;
      case 'connect':
        // A start that failed was told above.
        engine?.then(
          (running) => serve(running, ports, logger),
          () => undefined,
        );
        return;
      case 'secret':
        ask.answer(data.request, data.answer);
        return;
      case 'stop':
        (engine ?? Promise.resolve(null)).then((running) => running?.stop()).then(exit, exit);
        return;
      default:
        data satisfies never;
    }
  });
}

async function startEngine(
  create: EntryOptions['createEngine'],
  host: Host,
  isDemo: boolean,
): Promise<Engine> {
  const engine = await create(host);
  if (isDemo) await engine.system.startDemo();
  engine.start();
  return engine;
}

function serve(engine: Engine, ports: readonly EmitterPort[], logger: Logger): void {
  const context = { engine };
  const onError = logBugs({ router: appRouter, context }, logger);
  for (const port of ports) servePort({ router: appRouter, context, port: portOfEmitter(port), onError });
}

/** The host of the desktop app: references are resolved here, typed secrets by the shell, which may use safeStorage. */
function desktopHost(start: Extract<ShellMessage, { kind: 'start' }>, ask: SecretLine, logger: Logger): Host {
  const demo = createDemo({ clock: systemClock, seed: 7 });
  const references = createReferenceSecrets({
    env: (variable) => demo.secrets.get(variable) ?? process.env[variable],
  });
  const secrets: Secrets = {
    storeDescription: start.secretStore,
    async resolve(ref) {
      if (!('stored' in ref)) return references.resolve(ref);
      const value = await ask.send({ verb: 'read', id: ref.stored });
      if (value !== null) return new Secret(value);
      throw new EngineError('invalid-input', 'The typed secret is no longer stored. Type it again.');
    },
    async store(id, value) {
      await ask.send({ verb: 'keep', id, value });
    },
    async forget(id) {
      await ask.send({ verb: 'forget', id });
    },
  };
  return {
    name: 'desktop',
    version: start.version,
    actor: `${userInfo().username} via desktop`,
    secrets,
    logger,
    clock: systemClock,
    paths: { dataDir: start.dataDir, geoip: start.geoipDir, storeThread: start.storeThread },
    demo,
  };
}

type SecretLine = {
  send(ask: SecretRequest): Promise<string | null>;
  answer(request: number, answer: SecretAnswer): void;
};

/** Questions about typed secrets to the shell, and its answers. */
function secretLine(parent: ParentLine): SecretLine {
  const open = new Map<number, (answer: SecretAnswer) => void>();
  let last = 0;
  return {
    async send(ask) {
      const request = ++last;
      const answered = new Promise<SecretAnswer>((resolve) => open.set(request, resolve));
      parent.postMessage({ kind: 'secret', request, ask });
      const answer = await answered;
      if (answer.ok) return answer.value;
      throw new EngineError('refused', answer.failure);
    },
    answer(request, answer) {
      open.get(request)?.(answer);
      open.delete(request);
    },
  };
}

function sentenceOf(error: unknown, logger: Logger): string {
  if (error instanceof EngineError) return error.message;
  logger.error('The engine could not start.', {
    error: error instanceof Error ? error.stack : String(error),
  });
  return 'The engine could not start because of a fault in Sessionscope. The log has the details.';
}

const stderrLogger: Logger = {
  info: () => undefined,
  warn: (message, values) => writeLine('warning', message, values),
  error: (message, values) => writeLine('error', message, values),
};

function writeLine(level: string, message: string, values: Record<string, unknown> = {}): void {
  process.stderr.write(`sessionscope: ${level}: ${message} ${JSON.stringify(values)}\n`);
}

// Only a utility process has a parent port: under plain Node this file can be imported and tested.
if ('parentPort' in process) {
  keepHeapsSmall();
  const parent: ParentLine = process.parentPort;
  runEngine({ parent, createEngine, logger: stderrLogger, exit: () => process.exit(0) });
}
