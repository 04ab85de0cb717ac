import type { StoreReader } from './store-reader.ts';
import type { StoreWriter } from './store-writer.ts';

/** A data directory that is open. */
export type Store = {
  readonly read: StoreReader;
  /** Null when another process holds the data directory: then this one only reads. */
  readonly write: StoreWriter | null;
  /** Process that holds the data directory; null when it is this one. */
  readonly heldByPid: number | null;
  /** 32 random bytes, made with the data directory: what session keys are derived with. */
  readonly identityKey: Buffer;
  close(): Promise<void>;
};
