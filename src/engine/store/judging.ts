import { findingsOf } from '../detect/detect.ts';
import { defaultSettings, factsReachMs } from '../detect/settings.ts';
import { createSurvey } from '../detect/survey.ts';
import type { Db } from './database.ts';
import { PersonReader } from './person-facts.ts';
import type { Judgement, UserNumber } from './store.ts';

/** Observations judged in one go: some 20 ms of work, unless one user alone has more. */
const ENOUGH_OBSERVATIONS = 4_000;

/** Reads facts and runs the rules where the data is, so that only findings travel. Lives as long as its connection. */
export function createJudging(db: Db): (users: readonly UserNumber[], nowMs: number) => Judgement {
  const reader = new PersonReader(db);
  const survey = createSurvey(defaultSettings);
  return (users, nowMs) => {
    const limits = { sinceMs: nowMs - factsReachMs, nowMs, enough: ENOUGH_OBSERVATIONS };
    const { users: judged, facts } = reader.read(users, limits);
    const found = facts
      .map((person) => ({ user: person.user, findings: findingsOf(person, survey) }))
      .filter(({ findings }) => findings.length > 0);
    const sightings = facts.reduce((total, person) => total + person.sightings.length, 0);
    return { users: judged, sightings, found };
  };
}
