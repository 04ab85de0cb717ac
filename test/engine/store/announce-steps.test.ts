import { rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { announceSteps } from '../../../src/engine/store/announce-steps.ts';
import { openWriter } from '../../../src/engine/store/database.ts';
import { migrations, type Migration } from '../../../src/engine/store/migrations/migrations.ts';
import { temporaryDir, testStore } from '../../support/data-dir.ts';
import { testLog } from '../../support/log.ts';

const LARGE = 60_000_000;

function said(make: (file: string) => void): readonly string[] {
  const file = join(temporaryDir(), 'sessionscope.db');
  make(file);
  const { logger, lines } = testLog();
  announceSteps(file, logger);
  return lines;
}

/** A database after some steps, and then as large as asked. */
function written(file: string, steps: readonly Migration[], bytes: number | null): void {
  writeFileSync(file, '');
  openWriter(file, steps).close();
  if (bytes !== null) truncateSync(file, bytes);
}

const earlier = migrations.slice(0, -1);

it('a large file that has to be brought up to date is announced, with its size', () => {
  const lines = said((file) => written(file, earlier, LARGE));
  expect(lines).toEqual([expect.stringMatching(/^The database \(60 MB\) .* brought up to date first/)]);
});

it('is announced by whoever opens the store', async () => {
  const store = await testStore();
  await store.close();
  const file = join(store.dataDir, 'sessionscope.db');
  rmSync(file);
  written(file, earlier, LARGE);
  const { logger, lines } = testLog();
  await testStore({ dataDir: store.dataDir, logger });
  expect(lines).toContainEqual(expect.stringContaining('brought up to date first'));
});

it('what takes no time, or is none of ours to change, is not', () => {
  expect(said((file) => written(file, migrations, LARGE))).toEqual([]);
  expect(said((file) => written(file, earlier, null))).toEqual([]);
  expect(said((file) => writeFileSync(file, Buffer.alloc(LARGE, 'x')))).toEqual([]);
  expect(said(() => undefined)).toEqual([]);
});
