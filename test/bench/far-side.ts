import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import { farSideReady, type farSideOrder } from './far-side-messages.ts';

export type FarSide = {
  /** Prepares all answers of the company as it is at a moment; resolves when they can be asked for. */
  show(order: z.infer<typeof farSideOrder>): Promise<z.infer<typeof farSideReady>>;
  close(): Promise<void>;
};

/** The APIs of the simulated company, in a process of their own on loopback. */
export function startFarSide(): FarSide {
  const child = fork(fileURLToPath(new URL('far-side-process.ts', import.meta.url)), {
    execArgv: ['--max-old-space-size=8192'],
  });
  const died = once(child, 'exit').then(() => {
    throw new Error('The far side ended; what it said is above.');
  });
  died.catch(() => undefined);
  return {
    async show(order) {
      child.send(order);
      const [message] = (await Promise.race([once(child, 'message'), died])) as [unknown];
      return farSideReady.parse(message);
    },
    async close() {
      if (child.connected) child.disconnect();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}
