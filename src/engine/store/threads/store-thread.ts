import { parentPort } from 'node:worker_threads';
import { serveConnection } from './serve.ts';

// The entry of a store thread; `thread.ts` starts it from the path that the host knows.
if (parentPort !== null) serveConnection(parentPort);
