import type { Logger } from '../host.ts';
import { headerOrNull } from './care/header.ts';
import { APPLICATION_ID, newest } from './database.ts';

/** Files up to this size are brought up to date in a few seconds: 120 MB took twelve. */
const LARGE_BYTES = 50_000_000;

/**
 * Says so before the next opening of a large file brings it up to date: whoever sees nothing for minutes ends the program. For a file
 * that this process has not open. What can't be read is left to that opening, which says why.
 */
export function announceSteps(file: string, logger: Pick<Logger, 'warn'>): void {
  const found = headerOrNull(file);
  if (found?.kind !== 'sqlite' || found.bytes < LARGE_BYTES) return;
  const { schema, applicationId } = found.header;
  if (applicationId !== APPLICATION_ID || schema >= newest()) return;
  logger.warn(
    `The database (${Math.round(found.bytes / 1e6)} MB) is of an older version and is brought up to date first: some minutes for a ` +
      'gigabyte. Nothing is lost if it is stopped: the next start begins again.',
  );
}
