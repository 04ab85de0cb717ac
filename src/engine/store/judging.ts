import { findingsOf } from '../detect/detect.ts';
import { defaultSettings, factsReachMs } from '../detect/settings.ts';
import { createSurvey } from '../detect/survey.ts';
import type { Db } from './database.ts';
import { PersonReader } from './person-facts.ts';
import type { Judgement, UserFindings, UserNumber } from './store.ts';

/** Sightings judged in one go: some 20 ms of work, unless one user alone has more. */
const ENOUGH_SIGHTINGS = 4_000;
/** Users whose facts are read at once. */
const USERS_A_READ = 40;

/** Reads facts and runs the rules where the data is, so that only findings travel. Lives as long as its connection. */
export function createJudging(db: Db): (users: readonly UserNumber[], nowMs: number) => Judgement {
  const reader = new PersonReader(db);
  const survey = createSurvey(defaultSettings);
  return (users, nowMs) => {
    const reach = { sinceMs: nowMs - factsReachMs, nowMs };
    const found: UserFindings[] = [];
    let [judged, sightings] = [0, 0];
    while (judged < users.length && sightings < ENOUGH_SIGHTINGS) {
      const some = users.slice(judged, judged + USERS_A_READ);
      for (const person of reader.read(some, reach)) {
        const findings = findingsOf(person, survey);
        if (findings.length > 0) found.push({ user: person.user, findings });
        sightings += person.sightings.length;
      }
      judged += some.length;
    }
    return { users: judged, sightings, found };
  };
}
