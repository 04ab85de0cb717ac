import { statSync } from 'node:fs';
import { dataFiles } from '../data-dir.ts';
import { examineFile, nothing, type Found } from './examine-file.ts';
import type { Advice, Examination } from './examination.ts';
import {
  freeDiskBytes,
  holderOf,
  keyProblems,
  modeNotes,
  modeProblems,
  readOnlyProblems,
  restoreNotes,
} from './surroundings.ts';

/**
 * Looks at a data directory, whatever state it is in, and changes nothing. `full` also compares every index with its
 * table and every reference with what it names, which takes several times as long. Never in the process of an engine:
 * closing the files that are read here would drop its locks (POSIX).
 */
export function examine(dataDir: string, full: boolean): Examination {
  const files = dataFiles(dataDir);
  if (statSync(dataDir, { throwIfNoEntry: false })?.isDirectory() !== true) {
    return summary(dataDir, { problems: [noFolder], notes: [] }, nothing, null, null);
  }
  const found = examineFile(files, full);
  const freeBytes = freeDiskBytes(dataDir);
  const heldByPid = holderOf(files);
  const problems = [
    ...found.problems,
    ...readOnlyProblems(files),
    ...keyProblems(files),
    ...modeProblems(dataDir),
  ];
  const notes = [
    ...found.notes,
    ...restoreNotes(files),
    ...modeNotes(dataDir),
    ...diskNotes(freeBytes, found.sizes?.databaseBytes ?? 0),
    ...lockNotes(heldByPid),
  ];
  return summary(dataDir, { problems, notes }, found, freeBytes, heldByPid);
}

function summary(
  dataDir: string,
  { problems, notes }: Pick<Found, 'problems' | 'notes'>,
  { database, sizes, retentionDays, lastCompleteSweepAt }: Omit<Found, 'problems' | 'notes'>,
  freeBytes: number | null,
  heldByPid: number | null,
): Examination {
  return {
    dataDir,
    healthy: problems.length === 0,
    problems,
    notes,
    database,
    sizes,
    heldByPid,
    freeDiskBytes: freeBytes,
    retentionDays,
    lastCompleteSweepAt,
  };
}

const noFolder: Advice = {
  about: 'folder',
  what: 'There is no data directory here.',
  todo: 'Check --data-dir (or SESSIONSCOPE_DATA_DIR); the first start makes one.',
};

function diskNotes(freeBytes: number | null, databaseBytes: number): readonly Advice[] {
  if (freeBytes === null || freeBytes >= databaseBytes) return [];
  return [
    {
      about: 'disk',
      what: `The disk has ${freeBytes} bytes left, and the database ${databaseBytes}: a restore or an update may need as much again.`,
      todo: 'Make room, or set a limit with "sessionscope retention --days N".',
    },
  ];
}

function lockNotes(heldByPid: number | null): readonly Advice[] {
  if (heldByPid === null) return [];
  return [
    {
      about: 'lock',
      what: `Process ${heldByPid === 0 ? 'unknown' : heldByPid} works in this data directory.`,
      todo: 'Others can read meanwhile; close it before a restore.',
    },
  ];
}
