import { openConnection, type Connection } from '../connection.ts';
import { answer } from '../fault.ts';
import { faultOf } from './fault.ts';
import type { ThreadAnswer, ThreadRequest } from './message.ts';

/** What is needed of a thread's port. */
type Line = {
  postMessage(message: ThreadAnswer, handedOver: readonly ArrayBuffer[]): void;
  on(type: 'message', listener: (message: ThreadRequest) => void): unknown;
  close(): void;
};

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
  const say = (message: ThreadAnswer, handedOver: readonly ArrayBuffer[] = []) =>
    port.postMessage(message, handedOver);
  try {
    const value = await answer(operation);
    say({ kind: 'value', id, value }, buffersOf(value));
    return true;
  } catch (error) {
    say({ kind: 'fault', id, fault: faultOf(error) });
    return false;
  }
}

/** What an answer holds as whole buffers (a page of text) is handed over; everything else is copied. */
function buffersOf(value: unknown): readonly ArrayBuffer[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.values(value).flatMap((part: unknown) => {
    const isWhole = part instanceof Uint8Array && part.byteLength === part.buffer.byteLength;
    return isWhole && part.buffer instanceof ArrayBuffer ? [part.buffer] : [];
  });
}
