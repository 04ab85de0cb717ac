import { EngineError } from '../../errors.ts';
import type { Clock, Logger } from '../../host.ts';
import type { ConnectionStart } from '../connection.ts';
import { laneOf, type Lane } from '../lanes.ts';
import type { Connections } from '../offer.ts';
import { ReaderLane } from './reader-lane.ts';
import { Thread } from './thread.ts';
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
  const startOf = (role: ConnectionStart['role']) => ({ role, file, nowMs: clock.now() });
  const laneNamed = (name: Lane, isSeldom = false) =>
    new ReaderLane({ entry, logger, name: `store ${name}`, isSeldom }, startOf('reader'));

  const writer = isWriter ? new Thread({ entry, logger, name: 'store writer', lost: WRITER_LOST }) : null;
  const lanes: Readonly<Record<Lane, ReaderLane>> = {
    pages: laneNamed('pages'),
    slow: laneNamed('slow'),
    long: laneNamed('long', true),
  };
  const close = async () => {
    await Promise.all(Object.values(lanes).map((lane) => lane.close()));
    // The last connection to close writes the journal back into the database.
    await writer?.close();
  };
  try {
    // Loads while the writer opens. The writer opens first: it makes the tables that readers expect.
    const reader = lanes.slow.prepare();
    const isRunning =
      (writer === null || (await writer.open(startOf('writer')))) && (await lanes.slow.open());
    if (!isRunning) {
      const reason = writer?.failure ?? reader.failure;
      logger.warn('the store works without threads of its own', { reason });
      await close();
      return null;
    }
  } catch (error) {
    await close();
    throw error;
  }
  // Somebody will soon want to see a page: its thread loads while the engine gets ready.
  lanes.pages.prepare();
  const writes = writer === null ? null : new WriteQueue((...call) => writer.call(...call));
  return {
    read: (method, request, nowMs) => lanes[laneOf(method, request)].call(method, request, nowMs),
    write: writes === null ? null : (...call) => writes.add(...call),
    close,
  };
}
