import { z } from 'zod';
import { instant } from './instant.ts';

export const backupRequest = z.object({
  /** Absolute path; null lets the engine choose one in its backups folder. */
  path: z.string().min(1).max(4096).nullable().default(null),
  /** Whether a file that is there already may be replaced. */
  replace: z.boolean().default(false),
});
export type BackupRequest = z.infer<typeof backupRequest>;

export const backupDone = z.object({
  path: z.string(),
  bytes: z.number().int(),
  madeAt: instant,
  sessions: z.number().int(),
});
export type BackupDone = z.infer<typeof backupDone>;

/** What a backup subscription yields: steps, then the result. */
export const backupProgress = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), bytes: z.number().int(), totalBytes: z.number().int() }),
  z.object({ kind: z.literal('done'), result: backupDone }),
]);
export type BackupProgress = z.infer<typeof backupProgress>;

/** Longest that old data can be kept by a limit, in days: a century. */
export const MAX_RETENTION_DAYS = 36_500;

/** After how many days what is over is forgotten; null keeps everything, which is the default. */
export const retentionDays = z.number().int().min(1).max(MAX_RETENTION_DAYS).nullable();

/** What a retention run removed, by kind. `entries`: addresses, places, networks, user agents and devices. */
export const retentionCounts = z.object({
  sessions: z.number().int(),
  observations: z.number().int(),
  events: z.number().int(),
  findings: z.number().int(),
  users: z.number().int(),
  entries: z.number().int(),
});
export type RetentionCounts = z.infer<typeof retentionCounts>;

export const retention = z.object({
  days: retentionDays,
  /** The newest run that removed something; null before the first. */
  lastRun: z.object({ at: instant, removed: retentionCounts }).nullable(),
});
export type Retention = z.infer<typeof retention>;

/** What a retention subscription yields: what is removed so far, then what the whole run removed and gave back. */
export const retentionProgress = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), removed: retentionCounts }),
  z.object({ kind: z.literal('done'), removed: retentionCounts, freedBytes: z.number().int() }),
]);
export type RetentionProgress = z.infer<typeof retentionProgress>;
