import { join } from 'node:path';
import { findingsOf } from '../../src/engine/detect/detect.ts';
import { defaultSettings, factsReachMs } from '../../src/engine/detect/settings.ts';
import { createSurvey } from '../../src/engine/detect/survey.ts';
import { openReader } from '../../src/engine/store/database.ts';
import { OrgHistories } from '../../src/engine/store/org-history.ts';
import { PersonReader } from '../../src/engine/store/person-facts.ts';
import type { UserNumber } from '../../src/engine/store/user-number.ts';
import { timed } from './measure.ts';

const USERS_A_READ = 40;

/**
 * Seconds in which one thread runs the rules over everybody's facts: what reading the facts and writing the findings take is left out.
 */
export async function rulesAloneSeconds(dataDir: string, nowMs: number): Promise<number> {
  const db = openReader(join(dataDir, 'sessionscope.db'));
  try {
    const reader = new PersonReader(db);
    const survey = createSurvey(defaultSettings);
    const everybody = new OrgHistories(db);
    everybody.refresh();
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
  } finally {
    db.close();
  }
}
