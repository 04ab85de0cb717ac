import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultSettings } from '../../src/engine/detect/settings.ts';
import { openReader, type Db } from '../../src/engine/store/database.ts';
import { examine } from '../../src/engine/store/care/doctor.ts';
import { builtDatabase } from './database.ts';
import { tenfold } from './tenfold.ts';

const SESSIONS = 300;
const places = [{ city: 'DE Berlin', prefixes: ['77.20.99.', '2a02:2454:40:'] }];
const folder = mkdtempSync(join(tmpdir(), 'sessionscope-tenfold-'));
const dataDir = join(folder, 'tenfold');
let db: Db;

beforeAll(async () => {
  const quiet = () => undefined;
  tenfold(await builtDatabase(folder, SESSIONS, quiet, () => Promise.resolve(places)), dataDir, quiet);
  db = openReader(join(dataDir, 'sessionscope.db'));
});

afterAll(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

describe('ten companies in one file', () => {
  it('have ten times the sessions, and every tally of them is right', () => {
    expect(db.prepare('SELECT count(*) FROM session').pluck().get()).toBe(10 * SESSIONS);
    expect(examine(dataDir, true).problems).toEqual([]);
  });

  it('do nothing together: a start and its copies are no crowd on the network they share', () => {
    const starts = db
      .prepare<[number], number>(
        'SELECT started_at FROM session WHERE id % ? = 1 AND started_at IS NOT NULL ORDER BY started_at',
      )
      .pluck()
      .all(SESSIONS);
    const apart = starts.slice(1).map((start, before) => start - (starts[before] ?? 0));
    expect(starts).toHaveLength(10);
    expect(Math.min(...apart)).toBeGreaterThan(defaultSettings.crowd.withinMs);
  });

  it('know nothing before it happened', () => {
    const early = db.prepare('SELECT count(*) FROM session WHERE started_at > first_observed_at').pluck();
    expect(early.get()).toBe(0);
  });
});
