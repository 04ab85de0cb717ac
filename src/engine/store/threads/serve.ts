import type { MessagePort } from 'node:worker_threads';
import { openConnection, type Connection } from '../connection.ts';
import { answer } from '../fault.ts';
import { faultOf } from './fault.ts';
import type { ThreadAnswer, ThreadRequest } from './message.ts';

type Line = Pick<MessagePort, 'postMessage' | 'on' | 'close'>;

/** Serves one connection over a port until it is told to close: one call after the other, in the order they come. */
export function serveConnection(port: Line): void {
  let connection: Connection | null = null;

  port.on('message', (message: ThreadRequest) => {
    switch (message.kind) {
      case 'open':
        void reply(port, message.id, () => {
          connection = openConnection(message.start);
        }).then((isOpen) => {
          if (!isOpen) port.close();
        });
        return;
      case 'call':
        void reply(port, message.id, () =>
          connection?.perform(message.method, message.request, message.nowMs),
        );
        return;
      case 'close':
        connection?.close();
        port.close();
        return;
      default:
        message satisfies never;
    }
  });
}

/** Says what an operation answers or throws; false when it threw. */
async function reply(port: Line, id: number, operation: () => unknown): Promise<boolean> {
  const say = (message: ThreadAnswer) => port.postMessage(message);
  try {
    say({ kind: 'value', id, value: await answer(operation) });
    return true;
  } catch (error) {
    say({ kind: 'fault', id, fault: faultOf(error) });
    return false;
  }
}
