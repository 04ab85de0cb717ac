/** What a doctor says of a data directory: plain data, as `doctor --json` prints it. */
export type Examination = {
  readonly dataDir: string;
  readonly healthy: boolean;
  /** What is wrong; each makes the directory unhealthy. */
  readonly problems: readonly Advice[];
  /** What is worth knowing and no fault of the data. */
  readonly notes: readonly Advice[];
  /** Null where there is no database that can be read. */
  readonly database: DatabaseFacts | null;
  readonly sizes: Sizes | null;
  /** Process that works in the directory; 0 when it has not said who it is, null when there is none. */
  readonly heldByPid: number | null;
  readonly freeDiskBytes: number | null;
  /** Days after which what is over is removed; null keeps everything. */
  readonly retentionDays: number | null;
  readonly lastCompleteSweepAt: string | null;
};

/** What was found and what to do about it, a sentence each. */
export type Advice = { readonly about: Subject; readonly what: string; readonly todo: string };

export type Subject =
  | 'folder'
  | 'file'
  | 'integrity'
  | 'schema'
  | 'identity-key'
  | 'tallies'
  | 'modes'
  | 'disk'
  | 'lock'
  | 'restore';

export type DatabaseFacts = {
  readonly schema: number;
  /** The schema that this program writes. */
  readonly knownSchema: number;
  /** How thoroughly it was read. */
  readonly checked: 'quick' | 'full';
  readonly sources: number;
  readonly users: number;
  readonly sessions: number;
  readonly observations: number;
  readonly events: number;
  readonly findings: number;
  readonly auditEntries: number;
};

export type Sizes = {
  readonly databaseBytes: number;
  /** Changes that are not yet in the database file. */
  readonly walBytes: number;
  /** In the file, and used by nothing. */
  readonly freeBytes: number;
  /** Largest first. */
  readonly parts: readonly Part[];
  /** Its table, its indexes and its other ids; null without sessions. */
  readonly bytesPerSession: number | null;
  readonly bytesPerObservation: number | null;
};

/** A table or an index. */
export type Part = { readonly name: string; readonly table: string; readonly bytes: number };
