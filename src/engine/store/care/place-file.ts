import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, dirname } from 'node:path';
import { EngineError } from '../../errors.ts';
import { dataFiles } from '../data-dir.ts';

/**
 * Gives a finished file its name. Unless it may be replaced, a file that came there in the meantime stays and the call
 * throws EEXIST; where the disk has no hard links, that is checked just before and not in the same moment.
 */
export function keepFile(partial: string, path: string, replace: boolean): void {
  if (replace || !linked(partial, path)) renameSync(partial, path);
  else rmSync(partial);
  syncFolder(dirname(path));
}

function linked(partial: string, path: string): boolean {
  try {
    linkSync(partial, path);
    return true;
  } catch (error) {
    if (existsSync(path)) throw error;
    return false;
  }
}

/** Names are on the disk only when their folder is; Windows has no such call and needs none. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Refuses names that mean something in the data directory: a backup must never take the place of what it is of. */
export function requireOutsideStore(path: string, dataDir: string): void {
  if (realFolder(dirname(path)) !== realFolder(dataDir)) return;
  const taken = Object.values(dataFiles(dataDir)).map((file) => basename(file));
  if (!taken.some((name) => basename(path).startsWith(name))) return;
  throw new EngineError(
    'refused',
    'Sessionscope needs that name itself: choose another one for the backup.',
    {
      field: 'path',
    },
  );
}

function realFolder(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}
