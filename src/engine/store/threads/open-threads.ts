import { EngineError } from '../../errors.ts';
import type { Clock, Logger } from '../../host.ts';
import type { ConnectionStart } from '../connection.ts';
import { laneOf, type Lane } from '../lanes.ts';
import type { Connections } from '../offer.ts';
import { ReaderThread, type ReaderThreadOptions } from './reader-thread.ts';
import { Thread } from './thread.ts';
import { WriteQueue } from './write-queue.ts';

const WRITER_LOST = new EngineError(
  'internal',
  'The part of Sessionscope that writes ended unexpectedly. What was stored is safe: restart Sessionscope.',
);

/**
 * Somebody looks at pages and counts; what is written may have to wait for them, and the rules for all three. Numbers found by trying: on two
 * processors busy with a poll of 100k sessions, 19 in 20 pages took up to 68 ms, and 88 to 108 where others were patient by 2 and 5.
 */
const kinds: Readonly<Record<Lane, Pick<ReaderThreadOptions, 'isSeldom' | 'patience'>>> = {
  pages: { isSeldom: false, patience: 0 },
  slow: { isSeldom: false, patience: 0 },
  judging: { isSeldom: true, patience: 15 },
  long: { isSeldom: true, patience: 15 },
};

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
 * One thread that writes and others that read, each with a connection of its own. Null when threads can't be started here,
 * which is no verdict about the database; throws EngineError when the database can't be used.
 */
export async function openThreads(options: ThreadsOptions): Promise<Connections | null> {
  const { entry, file, isWriter, clock, logger } = options;
  const startOf = (role: ConnectionStart['role']) => ({ role, file, nowMs: clock.now() });
  const readerNamed = (name: Lane) =>
    new ReaderThread({ entry, logger, clock, name: `store ${name}`, ...kinds[name] }, startOf('reader'));

  const writer = isWriter
    ? new Thread({ entry, logger, name: 'store writer', lost: WRITER_LOST, patience: 10 })
    : null;
  const readers = {
    pages: readerNamed('pages'),
    slow: readerNamed('slow'),
    // What these read of everybody is given back with them.
    judging: [readerNamed('judging'), readerNamed('judging')],
    long: readerNamed('long'),
  };
  const lanes: Readonly<Record<Lane, readonly ReaderThread[]>> = {
    pages: [readers.pages],
    slow: [readers.slow],
    judging: readers.judging,
    long: [readers.long],
  };
  const close = async () => {
    await Promise.all(Object.values(lanes).flatMap((each) => each.map((reader) => reader.close())));
    // The last connection to close writes the journal back into the database.
    await writer?.close();
  };
  try {
    // Loads while the writer opens. The writer opens first: it makes the tables that readers expect.
    const reader = readers.slow.prepare();
    const isRunning =
      (writer === null || (await writer.open(startOf('writer')))) && (await readers.slow.open());
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
  readers.pages.prepare();
  const writes = writer === null ? null : new WriteQueue((...call) => writer.call(...call));
  return {
    read: (method, request, nowMs) => leastBusy(lanes[laneOf(method, request)]).call(method, request, nowMs),
    write: writes === null ? null : (...call) => writes.add(...call),
    close,
  };
}

/** Of equals the first: one that ends when nobody waits for it is only started for what the others can't do at once. */
function leastBusy(readers: readonly ReaderThread[]): ReaderThread {
  return readers.reduce((one, other) => (other.unanswered < one.unanswered ? other : one));
}
