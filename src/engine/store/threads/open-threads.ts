import { EngineError } from '../../errors.ts';
import type { Clock, Logger } from '../../host.ts';
import { laneOf, type Lane } from '../lanes.ts';
import type { Connections } from '../offer.ts';
import { ReaderLane } from './reader-lane.ts';
import { startThread, type Started } from './thread.ts';
import { WriteQueue } from './write-queue.ts';

const WRITER_LOST = new EngineError(
  'internal',
  'The part of Sessionscope that writes ended unexpectedly. What was stored is safe: restart Sessionscope.',
);

export type ThreadsOptions = {
  /** Path of the built or plain `store-thread`. */
  readonly entry: string;
  readonly file: string;
  /** False when another process writes. */
  readonly isWriter: boolean;
  readonly clock: Clock;
  readonly logger: Logger;
};

/**
 * One thread that writes and one for each lane of reads, each with a connection of its own. Null when threads can't be
 * started here, which is no verdict about the database; throws EngineError when the database can't be used.
 */
export async function openThreads(options: ThreadsOptions): Promise<Connections | null> {
  const { entry, file, isWriter, clock, logger } = options;
  const startOf = (role: 'reader' | 'writer') => ({
    entry,
    logger,
    start: { role, file, nowMs: clock.now() },
  });
  // The writer comes first: it makes the tables that readers expect.
  const writer = isWriter ? await startThread({ ...startOf('writer'), lost: WRITER_LOST }) : null;
  if (writer !== null && !isReady(writer, logger)) return null;

  const writes = new WriteQueue(async (...call) => writer?.thread.call(...call));
  const lanes: Readonly<Record<Lane, ReaderLane>> = {
    pages: new ReaderLane(startOf('reader')),
    slow: new ReaderLane(startOf('reader')),
    long: new ReaderLane(startOf('reader')),
  };
  const close = async () => {
    await Promise.all(Object.values(lanes).map((lane) => lane.close()));
    // The last connection to close writes the journal back into the database.
    await writer?.thread.close();
  };
  try {
    if (!isReady(await lanes.slow.start(), logger)) {
      await close();
      return null;
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    read: (method, request, nowMs) => lanes[laneOf(method, request)].call(method, request, nowMs),
    write: writer === null ? null : (...call) => writes.add(...call),
    close,
  };
}

function isReady(started: Started, logger: Logger): started is Extract<Started, { kind: 'ready' }> {
  if (started.kind === 'refused') throw started.error;
  if (started.kind === 'missing') {
    logger.warn('the store runs without threads of its own', { reason: started.reason });
  }
  return started.kind === 'ready';
}
