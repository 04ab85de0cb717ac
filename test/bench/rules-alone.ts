import { join } from 'node:path';
import { findingsOf } from '../../src/engine/detect/detect.ts';
import { defaultSettings, factsReachMs } from '../../src/engine/detect/settings.ts';
import { createSurvey } from '../../src/engine/detect/survey.ts';
import { AttemptReader } from '../../src/engine/store/attempts.ts';
import { openReader, type Db } from '../../src/engine/store/database.ts';
import { JudgingDays } from '../../src/engine/store/judging-days.ts';
import { OrgHistories } from '../../src/engine/store/org-history.ts';
import { PersonReader } from '../../src/engine/store/person-facts.ts';
import { StoredFindings } from '../../src/engine/store/stored-findings.ts';
import type { UserNumber } from '../../src/engine/store/user-number.ts';
import { judgedDays } from './judged-days.ts';
import { timed } from './measure.ts';

const USERS_A_READ = 40;

/**
 * Seconds in which one thread runs all rules over everybody's facts, those about people, days and campaigns: what reading the facts and
 * packing and writing the findings take is left out.
 */
export async function rulesAloneSeconds(dataDir: string, nowMs: number): Promise<number> {
  const db = openReader(join(dataDir, 'sessionscope.db'));
  try {
    const everybody = new OrgHistories(db);
    everybody.refresh();
    return (await peopleSeconds(db, everybody, nowMs)) + (await daysSeconds(db, everybody, nowMs));
  } finally {
    db.close();
  }
}

async function peopleSeconds(db: Db, everybody: OrgHistories, nowMs: number): Promise<number> {
  const reader = new PersonReader(db);
  const survey = createSurvey(defaultSettings);
  const users = db.prepare<[], UserNumber>('SELECT id FROM user').pluck().all();
  let sum = 0;
  for (let first = 0; first < users.length; first += USERS_A_READ) {
    const some = users.slice(first, first + USERS_A_READ);
    const people = reader.read(some, { sinceMs: nowMs - factsReachMs, nowMs });
    for (const person of people) everybody.know(person.users);
    const { seconds } = await timed(() => {
      for (const person of people) findingsOf(person, survey, everybody.organisation);
    });
    sum += seconds;
  }
  return sum;
}

async function daysSeconds(db: Db, histories: OrgHistories, nowMs: number): Promise<number> {
  const survey = createSurvey(defaultSettings);
  const attempts = new TimedAttempts(db);
  const stored = new NothingStored(db, defaultSettings);
  const days = new JudgingDays(db, { survey, stored, histories, attempts });
  const { seconds } = await timed(() => {
    for (let rest = judgedDays(nowMs); rest.length > 0;) rest = rest.slice(days.judge(rest, null).days);
    days.judgeCampaigns(nowMs - defaultSettings.judgedMs);
  });
  return seconds - attempts.seconds;
}

/** Knows how long it was asked. */
class TimedAttempts extends AttemptReader {
  seconds = 0;

  override read(...asked: Parameters<AttemptReader['read']>): ReturnType<AttemptReader['read']> {
    return this.#timed(() => super.read(...asked));
  }

  override readAll(...asked: Parameters<AttemptReader['readAll']>): ReturnType<AttemptReader['readAll']> {
    return this.#timed(() => super.readAll(...asked));
  }

  override readFailures(
    ...asked: Parameters<AttemptReader['readFailures']>
  ): ReturnType<AttemptReader['readFailures']> {
    return this.#timed(() => super.readFailures(...asked));
  }

  #timed<T>(read: () => T): T {
    const start = performance.now();
    const answer = read();
    this.seconds += (performance.now() - start) / 1000;
    return answer;
  }
}

/** Compares with nothing, and packs nothing. */
class NothingStored extends StoredFindings {
  override compareDay(): ReturnType<StoredFindings['compareDay']> {
    return { found: [], withdrawn: [] };
  }

  override compareCampaigns(): ReturnType<StoredFindings['compareCampaigns']> {
    return { found: [], withdrawn: [] };
  }
}
