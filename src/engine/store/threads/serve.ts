import type { MessagePort } from 'node:worker_threads';
import { openConnection, type Connection, type ConnectionStart } from '../connection.ts';
import { answer } from '../fault.ts';
import { faultOf } from './fault.ts';
import type { ThreadAnswer, ThreadRequest } from './message.ts';

type Line = Pick<MessagePort, 'postMessage' | 'on' | 'close'>;

/** Serves one connection over a port until it is told to close: one call after the other, in the order they come. */
export function serveConnection(port: Line, start: ConnectionStart): void {
  const say = (message: ThreadAnswer) => port.postMessage(message);
  let connection: Connection;
  try {
    connection = openConnection(start);
  } catch (error) {
    say({ kind: 'refused', fault: faultOf(error) });
    port.close();
    return;
  }
  port.on('message', (message: ThreadRequest) => {
    if (message.kind === 'call') {
      void serve(connection, message, say);
      return;
    }
    connection.close();
    port.close();
  });
  say({ kind: 'ready' });
}

async function serve(
  connection: Connection,
  { id, method, request, nowMs }: Extract<ThreadRequest, { kind: 'call' }>,
  say: (message: ThreadAnswer) => void,
): Promise<void> {
  try {
    say({ kind: 'value', id, value: await answer(() => connection.perform(method, request, nowMs)) });
  } catch (error) {
    say({ kind: 'fault', id, fault: faultOf(error) });
  }
}
