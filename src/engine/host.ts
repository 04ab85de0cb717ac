import type { SecretRef, SourceConfig } from '../contract/source.ts';
import type { Secret } from './secret.ts';

/** What a host (desktop, web, CLI, test) must supply to run an engine. */
export type Host = {
  readonly name: 'desktop' | 'web' | 'cli';
  readonly version: string;
  /** Who acts, for the audit chain: `ann via cli`. */
  readonly actor: string;
  readonly secrets: Secrets;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly paths: Paths;
  /** How long a source may take over one whole answer, in milliseconds; default 20,000. */
  readonly answerTimeoutMs?: number;
  /** The simulated company, where the host can run it. */
  readonly demo: Demo | null;
};

export type Paths = {
  /** SQLite file, identity key, lock, imported databases, reports. Created when missing, mode 0700. */
  readonly dataDir: string;
  /** Folder with the bundled city databases and the packed ASN table. */
  readonly geoip: string;
  /** The built `store-thread`, so that the store works beside the host; null: it works in the host's own thread. */
  readonly storeThread: string | null;
};

/** Wall clock and timers; tests hand in one they move by hand. */
export type Clock = {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after `ms`; rejects with the signal's reason when it is aborted before. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
};

/** Lines for a person who looks for a fault; values are JSON and must hold no secret. */
export type Logger = {
  info(message: string, values?: Record<string, unknown>): void;
  warn(message: string, values?: Record<string, unknown>): void;
  error(message: string, values?: Record<string, unknown>): void;
};

export type Secrets = {
  /** Reads a secret where it is; throws an EngineError `invalid-input` that names the reference when it can't. */
  resolve(ref: SecretRef): Promise<Secret>;
  /** How typed secrets are kept, in one sentence for the page; null when this host keeps none. */
  readonly storeDescription: string | null;
  /** Keeps a typed secret under `id`, so that `{ stored: id }` finds it. Throws `refused` when this host keeps none. */
  store(id: string, value: string): Promise<void>;
  /** Forgets a stored secret; unknown ids are no error. */
  forget(id: string): Promise<void>;
};

/** The demo company: started once per engine, stopped with it. */
export type Demo = {
  /** Starts the simulated APIs on loopback and answers their sources; their secrets become resolvable. */
  start(): Promise<readonly SourceConfig[]>;
  stop(): Promise<void>;
};
