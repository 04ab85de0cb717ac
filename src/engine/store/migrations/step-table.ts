/** A table that a step reads and SQLite has not: it is made of what it is asked with. */
export type StepTable = {
  readonly parameters: string[];
  readonly columns: string[];
  readonly rows: (asked: unknown) => Generator<readonly (number | Uint8Array | null)[]>;
};
