import { parentPort, workerData } from 'node:worker_threads';
import { collectWhenIdle } from '../../idle-heap.ts';
import { giveWay, type Patience } from './give-way.ts';
import { serveConnection } from './serve.ts';

// The entry of a store thread; `thread.ts` starts it from the path that the host knows, and says how patient it is.
if (parentPort !== null) {
  giveWay(workerData as Patience);
  serveConnection(parentPort);
  collectWhenIdle();
}
