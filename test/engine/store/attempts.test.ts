import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { AttemptReader } from '../../../src/engine/store/attempts.ts';
import { createSurvey } from '../../../src/engine/detect/survey.ts';
import { defaultSettings } from '../../../src/engine/detect/settings.ts';
import { openReader, type Db } from '../../../src/engine/store/database.ts';
import type { DayOfSources } from '../../../src/engine/store/judgement.ts';
import { JudgingDays } from '../../../src/engine/store/judging-days.ts';
import { OrgHistories } from '../../../src/engine/store/org-history.ts';
import { StoredFindings } from '../../../src/engine/store/stored-findings.ts';
import { chatConfig, sweep, testStore } from '../../support/data-dir.ts';
import { eventRecord, NOON_MS, sessionRecord } from '../../support/records.ts';

const DAY_MS = 86_400_000;
const MIDNIGHT_MS = NOON_MS - DAY_MS / 2;
const sources = [
  { id: 1, name: 'chat' },
  { id: 2, name: 'app' },
  { id: 3, name: 'quiet' },
];

/** Ten logins at each of two sources, one of which reports failures too. */
async function twoSources(): Promise<Db> {
  return (await toldBySources()).db;
}

async function toldBySources() {
  const store = await testStore();
  await store.write.putSource(chatConfig('app'), false);
  await store.write.putSource(chatConfig('quiet'), false);
  const started = Array.from({ length: 10 }, (_, at) =>
    sessionRecord({ key: `session-${at}`, startedAtMs: MIDNIGHT_MS + at * 60_000 }),
  );
  await sweep(store, started);
  await sweep(
    store,
    started.map((row) => ({ ...row, key: `app-${row.key}` })),
    { source: 'app' },
  );
  const events = Array.from({ length: 3 }, (_, at) =>
    eventRecord({ kind: 'failure', outcome: 'failure', atMs: MIDNIGHT_MS + at }),
  );
  await sweep(store, { rows: started, events });
  const db = openReader(join(store.dataDir, 'sessionscope.db'));
  onTestFinished(() => void db.close());
  return { store, started, db };
}

function judging(db: Db, attempts: AttemptReader): JudgingDays {
  const stored = new StoredFindings(db, defaultSettings);
  const histories = new OrgHistories(db);
  return new JudgingDays(db, { survey: createSurvey(defaultSettings), stored, histories, attempts });
}

const dayAfter = (days: number) => ({
  day: MIDNIGHT_MS / DAY_MS + days,
  sources: sources.map(({ name }) => name),
});

describe('what was tried on a day', () => {
  it('is the same of each source, read all at once or one by one', async () => {
    const reader = new AttemptReader(await twoSources());
    const all = reader.readAll(sources, MIDNIGHT_MS, MIDNIGHT_MS + DAY_MS);
    const alone = sources.map((source) => reader.read(source, MIDNIGHT_MS, MIDNIGHT_MS + DAY_MS));
    expect(alone.map(({ length }) => length)).toEqual([13, 10, 0]);
    expect(sources.map(({ id }) => all?.get(id) ?? [])).toEqual(alone);
    const keys = alone[1]?.map(({ sighting }) => sighting.session.key);
    expect(keys).toEqual(Array.from({ length: 10 }, (_, at) => `app-session-${at}`));
  });

  it('is judged source by source where it is too much to hold at once', async () => {
    const db = await twoSources();
    const judged = [23, 22].map((mostAtOnce) => {
      const attempts = new AttemptReader(db, mostAtOnce);
      const isRead = attempts.readAll(sources, MIDNIGHT_MS, MIDNIGHT_MS + DAY_MS) !== null;
      return { isRead, judgement: judging(db, attempts).judge([dayAfter(0)], null) };
    });
    expect(judged.map(({ isRead }) => isRead)).toEqual([true, false]);
    expect(judged[0]?.judgement.attempts).toBe(23);
    expect(judged[1]?.judgement).toEqual(judged[0]?.judgement);
  });

  it('is read once for one answer about several days, whatever is written meanwhile, and anew for the next one', async () => {
    const db = await twoSources();
    const attempts = new AttemptReader(db);
    const other = new Database(db.name);
    onTestFinished(() => void other.close());
    const readAll = attempts.readAll.bind(attempts);
    const reading = vi.spyOn(attempts, 'readAll').mockImplementation((...asked) => {
      other.prepare('UPDATE source SET last_attempt_at = abs(random())').run();
      return readAll(...asked);
    });
    const days = judging(db, attempts);
    // As every answer of the store, in one read transaction.
    const judge = db.transaction((...asked: DayOfSources[]) => days.judge(asked, null));
    const judged = judge(dayAfter(0), dayAfter(1), dayAfter(2));
    expect(judged).toMatchObject({ days: 3, attempts: 23 });
    // The one before the first, and two: on the third, nothing is known to have happened.
    expect(reading).toHaveBeenCalledTimes(3);
    judge(dayAfter(1));
    expect(reading).toHaveBeenCalledTimes(5);
  });

  it('is not read once it is counted and nothing can be found in it, and is when more is told', async () => {
    const { store, started, db } = await toldBySources();
    const attempts = new AttemptReader(db);
    const reading = vi.spyOn(attempts, 'readAll');
    const days = judging(db, attempts);
    const settle = async () => {
      while (!(await store.write.settleDays(NOON_MS + 5 * DAY_MS)).done);
    };
    await settle();
    expect(days.judge([dayAfter(0), dayAfter(1)], null)).toEqual({
      days: 2,
      attempts: 0,
      found: [],
      withdrawn: [],
    });
    expect(reading).not.toHaveBeenCalled();

    const events = Array.from({ length: 8 }, (_, at) =>
      eventRecord({
        kind: 'failure',
        outcome: 'failure',
        atMs: MIDNIGHT_MS + 3_600_000 + at,
        user: { id: `u-${at % 4}`, name: null, email: null },
      }),
    );
    await sweep(store, { rows: started, events });
    const rulesFound = () =>
      days.judge([dayAfter(0)], null).found.flatMap(({ findings }) => findings.map(({ rule }) => rule));
    expect(rulesFound()).toEqual(['credential-stuffing']);
    await settle();
    expect(rulesFound()).toEqual(['credential-stuffing']);
  });
});
