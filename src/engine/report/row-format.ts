import type { Session } from '../../contract/session.ts';

/** How rows become text: the header once, then batches in order. */
export type RowFormat = {
  readonly header: string;
  readonly encode: (rows: readonly Session[]) => string;
};
