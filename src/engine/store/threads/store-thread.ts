import { parentPort, workerData } from 'node:worker_threads';
import type { ConnectionStart } from '../connection.ts';
import { serveConnection } from './serve.ts';

// The entry of a store thread: `thread.ts` starts it with the path that the host knows.
if (parentPort !== null) serveConnection(parentPort, workerData as ConnectionStart);
