// A store thread that does what a test tells it to: the real one, and two more things it understands.
import { existsSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import type { ThreadRequest } from '../../../../src/engine/store/threads/message.ts';
import { serveConnection } from '../../../../src/engine/store/threads/serve.ts';

/** As a query, or the id of a source: the thread ends where it stands, without a word. */
const END = 'end-the-thread';
/** In front of a path, as a query: the thread is busy until there is such a file, and answers for the empty query then. */
const BUSY = 'busy-until:';

const port = parentPort;
if (port !== null) {
  serveConnection({
    postMessage: (message, handedOver) => port.postMessage(message, handedOver),
    close: () => port.close(),
    on: (type, listener) => port.on(type, (message: ThreadRequest) => listener(asTold(message))),
  });
}

function asTold(message: ThreadRequest): ThreadRequest {
  if (message.kind !== 'call') return message;
  const [told, ...others] = message.request;
  if (told === END) process.exit(1);
  if (typeof told !== 'string' || !told.startsWith(BUSY)) return message;
  const tick = new Int32Array(new SharedArrayBuffer(4));
  while (!existsSync(told.slice(BUSY.length))) Atomics.wait(tick, 0, 0, 2);
  return { ...message, request: ['', ...others] };
}
