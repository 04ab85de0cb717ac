/** A number and what it is held against. */
export type Figure = {
  /** What was measured, as a row of the table: `first ingest, share of a bare insert`. */
  readonly what: string;
  /** Sessions in the database or the listing. */
  readonly sessions: number;
  readonly value: number;
  readonly unit: '×' | 'ms' | 's' | 'MB' | 'bytes' | 'rows/s' | '%' | '';
  readonly target?: Target;
  /** What the number was made of. */
  readonly detail?: Readonly<Record<string, number | string>>;
  /** Lines that are shown below the table: the slowest requests, what limits it. */
  readonly notes?: readonly string[];
};

/** The floor is what is accepted, the goal what is wanted; both are met by reaching them. */
export type Target = { readonly better: 'higher' | 'lower'; readonly floor: number; readonly goal: number };

/** Numbers of sessions to measure at, smallest first; the last is the one that the targets are about. */
export type Sizes = readonly [number, ...number[]];

export type Bench = {
  readonly sizes: Sizes;
  /** A database of the company after its last poll, made once and shared: for reading only. */
  database(sessions: number): Promise<string>;
  /** A copy of it that may be written. */
  copyOf(sessions: number): Promise<string>;
  /** An empty folder on the same disk, gone after the benchmark. */
  folder(name: string): string;
  /** Tells what is going on. */
  say(text: string): void;
};

/** One file of this folder: measures and answers figures, and cleans up whatever it started. */
export type Benchmark = {
  readonly name: string;
  readonly run: (bench: Bench) => Promise<readonly Figure[]>;
};

/** The size that the targets are about. */
export function largest(sizes: Sizes): number {
  return Math.max(...sizes);
}

/** `1M`, `100k`. */
export function shortCount(count: number): string {
  if (count >= 1e6) return `${count / 1e6}M`;
  return count >= 1e3 ? `${count / 1e3}k` : String(count);
}
