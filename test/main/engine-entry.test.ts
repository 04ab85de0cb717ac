import { MessageChannel } from 'node:worker_threads';
import { createTRPCClient } from '@trpc/client';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { EngineError } from '../../src/engine/errors.ts';
import type { Host } from '../../src/engine/host.ts';
import type { AppRouter } from '../../src/engine/router.ts';
import { portClient } from '../../src/link/port-client.ts';
import { portOfEventTarget, type EmitterPort } from '../../src/link/port.ts';
import { runEngine, type ParentLine } from '../../src/main/engine-entry.ts';
import type { EngineMessage, ShellMessage } from '../../src/main/engine-messages.ts';
import { fakeEngine } from '../support/fake-engine.ts';

const start: ShellMessage = {
  kind: 'start',
  dataDir: '/data',
  geoipDir: '/geoip',
  storeThread: '/store-thread.js',
  version: '1.2.3',
  secretStore: 'Kept by the system.',
  isDemo: false,
};

/** An engine process without a process: what it says, what it logs, and a way to talk to it. */
function entry(createEngine: (host: Host) => Promise<Engine>) {
  const said: EngineMessage[] = [];
  const logged: unknown[] = [];
  let listener: Parameters<ParentLine['on']>[1] = () => undefined;
  const exited = Promise.withResolvers<undefined>();
  runEngine({
    parent: {
      postMessage: (message) => void said.push(message),
      on: (_event, onMessage) => void (listener = onMessage),
    },
    createEngine,
    logger: {
      info: () => undefined,
      warn: () => undefined,
      error: (message, values) => void logged.push({ message, values }),
    },
    exit: () => exited.resolve(undefined),
  });
  const tell = (data: ShellMessage, ports: EmitterPort[] = []) => listener({ data, ports });
  return { said, logged, tell, exited: exited.promise };
}

describe('the entry of the engine process', () => {
  it('starts the engine as the desktop host, polls, and says that it is ready', async () => {
    const hosts: Host[] = [];
    let isStarted = false;
    const { said, tell } = entry(async (host) => {
      hosts.push(host);
      return { ...fakeEngine(), start: () => void (isStarted = true) };
    });
    tell(start);
    await expect.poll(() => said).toEqual([{ kind: 'ready' }]);
    expect(isStarted).toBe(true);
    expect(hosts[0]).toMatchObject({
      name: 'desktop',
      version: '1.2.3',
      actor: expect.stringMatching(/ via desktop$/) as string,
      paths: { dataDir: '/data', geoip: '/geoip', storeThread: '/store-thread.js' },
      secrets: { storeDescription: 'Kept by the system.' },
    });
  });

  it('starts the demo company before it is ready when it is asked to', async () => {
    const done: string[] = [];
    const { said, tell } = entry(async () =>
      fakeEngine({ system: { startDemo: async () => void done.push('demo') } }),
    );
    tell({ ...start, isDemo: true });
    await expect.poll(() => said).toEqual([{ kind: 'ready' }]);
    expect(done).toEqual(['demo']);
  });

  it('serves pages over the ports it is given, also those that come before it is ready', async () => {
    const { tell } = entry(async () => fakeEngine());
    const { port1, port2 } = new MessageChannel();
    tell(start);
    tell({ kind: 'connect' }, [electronPort(port1)]);
    const ports = portClient(() => undefined);
    ports.use(portOfEventTarget(port2));
    const client = createTRPCClient<AppRouter>({ links: [ports.link] });
    expect(await client.system.info.query()).toMatchObject({ version: '0.1.0' });
    ports.close();
  });

  it('asks the shell for typed secrets and nobody for references', async () => {
    const hosts: Host[] = [];
    const { said, tell } = entry(async (host) => {
      hosts.push(host);
      return fakeEngine();
    });
    tell(start);
    await expect.poll(() => said).toHaveLength(1);
    const secrets = hosts[0]?.secrets;
    const reading = secrets?.resolve({ stored: 'k1' });
    expect(said[1]).toEqual({ kind: 'secret', request: 1, ask: { verb: 'read', id: 'k1' } });
    tell({ kind: 'secret', request: 1, answer: { ok: true, value: 'token' } });
    expect((await reading)?.reveal()).toBe('token');

    const keeping = secrets?.store('k2', 'typed');
    tell({ kind: 'secret', request: 2, answer: { ok: false, failure: 'The store is locked.' } });
    await expect(keeping).rejects.toMatchObject({ code: 'refused', message: 'The store is locked.' });

    const missing = secrets?.resolve({ stored: 'k3' });
    tell({ kind: 'secret', request: 3, answer: { ok: true, value: null } });
    await expect(missing).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(secrets?.resolve({ env: 'SESSIONSCOPE_NO_SUCH_VARIABLE' })).rejects.toThrow(/is not set/);
    expect(said).toHaveLength(4);
  });

  it('says why it can not start: the sentence of an expected failure, a plain one for a bug', async () => {
    const newer = entry(async () => Promise.reject(new EngineError('conflict', 'The database is newer.')));
    newer.tell(start);
    await expect.poll(() => newer.said).toEqual([{ kind: 'failed', message: 'The database is newer.' }]);
    const bug = entry(async () => Promise.reject(new TypeError('/home/ann/x.sqlite')));
    bug.tell(start);
    await expect.poll(() => bug.said).toHaveLength(1);
    expect(JSON.stringify(bug.said)).not.toContain('/home/ann');
    expect(JSON.stringify(bug.logged)).toContain('/home/ann/x.sqlite');
  });

  it('stops the engine before it exits, and exits also when there is none', async () => {
    let isStopped = false;
    const { said, tell, exited } = entry(async () => ({
      ...fakeEngine(),
      stop: async () => void (isStopped = true),
    }));
    tell(start);
    await expect.poll(() => said).toHaveLength(1);
    tell({ kind: 'stop' });
    await exited;
    expect(isStopped).toBe(true);

    const failed = entry(async () => Promise.reject(new EngineError('conflict', 'The database is newer.')));
    failed.tell(start);
    failed.tell({ kind: 'stop' });
    await failed.exited;

    const idle = entry(async () => fakeEngine());
    idle.tell({ kind: 'stop' });
    await idle.exited;
  });
});

/** A worker thread's port with the face of Electron's, which wraps messages in events. */
function electronPort(port: MessageChannel['port1']): EmitterPort {
  const face = {
    on(event: 'message' | 'close', listener: (value: { data: unknown }) => void) {
      port.on(event as 'message', (data: unknown) => listener({ data }));
      return face;
    },
    postMessage: (message: unknown) => port.postMessage(message),
    start: () => port.start(),
    close: () => port.close(),
  };
  return face;
}
