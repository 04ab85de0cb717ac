import type { Db } from '../database.ts';

export type GiveBackStep = {
  readonly freedBytes: number;
  /** True when nothing is left to give, or the file can't give (it was never made anew, for want of disk). */
  readonly done: boolean;
};

/** Gives at most `pages` free pages back to the disk: one small transaction of its own. */
export function giveBack(db: Db, pages: number): GiveBackStep {
  const before = freePages(db);
  if (before > 0) db.pragma(`incremental_vacuum(${pages})`);
  const after = freePages(db);
  const pageBytes = Number(db.pragma('page_size', { simple: true }));
  return { freedBytes: (before - after) * pageBytes, done: after === 0 || after >= before };
}

function freePages(db: Db): number {
  return Number(db.pragma('freelist_count', { simple: true }));
}
