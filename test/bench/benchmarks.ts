import type { Benchmark } from './benchmark.ts';
import { counts } from './counts.ts';
import { exporting } from './export.ts';
import { ingest } from './ingest.ts';
import { busyListing, listing } from './lists.ts';
import { memoryUse } from './memory-use.ts';
import { repoll } from './repoll.ts';
import { rules } from './rules.ts';
import { size } from './size.ts';
import { start } from './start.ts';

/** In the order of the table. */
export const benchmarks: readonly Benchmark[] = [
  ingest,
  repoll,
  listing,
  busyListing,
  counts,
  rules,
  exporting,
  start,
  memoryUse,
  size,
];
