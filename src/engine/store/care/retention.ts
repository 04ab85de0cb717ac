import {
  retentionCounts,
  retentionDays,
  type Retention,
  type RetentionCounts,
} from '../../../contract/care.ts';
import { instant } from '../../../contract/instant.ts';
import { z } from 'zod';
import type { AuditDraft } from '../audit-draft.ts';
import { appendAudit } from '../audit.ts';
import type { Db } from '../database.ts';
import { readSetting, writeSetting } from './settings.ts';
import { forgetEmptyTallies } from './tallies.ts';
import { forgetMarks } from './unused-entries.ts';

const DAY_MS = 86_400_000;

const lastRun = z.object({ at: instant, removed: retentionCounts });

/** How long what is over is kept, and what the newest run removed. */
export function readRetention(db: Db): Retention {
  return {
    days: readSetting(db, 'retention.days', retentionDays),
    lastRun: readSetting(db, 'retention.lastRun', lastRun),
  };
}

/** Inside the caller's transaction, with the audit entry that tells of it. */
export function setRetention(db: Db, days: number | null, audit: AuditDraft): void {
  writeSetting(db, 'retention.days', retentionDays.parse(days));
  appendAudit(db, audit);
}

/** What is older than this is forgotten; null keeps everything. */
export function cutoffMs(days: number | null, nowMs: number): number | null {
  return days === null ? null : nowMs - days * DAY_MS;
}

/** What a run has removed that no audit entry tells of yet; also after a crash in the middle of one. */
export function readPending(db: Db): RetentionCounts {
  return readSetting(db, 'retention.pending', retentionCounts) ?? NOTHING;
}

/** In the transaction that removes: nothing goes without being counted, whatever happens next. */
export function addToPending(db: Db, removed: Partial<RetentionCounts>): void {
  if (!isAnything(removed)) return;
  writeSetting(db, 'retention.pending', sum(readPending(db), removed));
}

/**
 * Ends a run with one audit entry that counts everything since the last one, and answers the counts. A run that removed
 * nothing leaves no entry unless `evenIfNothing`: one an hour would drown what people did.
 */
export function concludeRetention(db: Db, audit: AuditDraft, evenIfNothing: boolean): RetentionCounts {
  forgetMarks(db);
  const removed = readPending(db);
  if (!isAnything(removed) && !evenIfNothing) return removed;
  forgetEmptyTallies(db);
  appendAudit(db, { ...audit, detail: { ...audit.detail, ...removed } });
  if (isAnything(removed)) writeSetting(db, 'retention.lastRun', { at: audit.at, removed });
  writeSetting(db, 'retention.pending', null);
  return removed;
}

export const NOTHING: RetentionCounts = {
  sessions: 0,
  observations: 0,
  events: 0,
  findings: 0,
  users: 0,
  entries: 0,
};

export function sum(a: RetentionCounts, b: Partial<RetentionCounts>): RetentionCounts {
  return {
    sessions: a.sessions + (b.sessions ?? 0),
    observations: a.observations + (b.observations ?? 0),
    events: a.events + (b.events ?? 0),
    findings: a.findings + (b.findings ?? 0),
    users: a.users + (b.users ?? 0),
    entries: a.entries + (b.entries ?? 0),
  };
}

export function isAnything(counts: Partial<RetentionCounts>): boolean {
  return Object.values(counts).some((count) => count > 0);
}
