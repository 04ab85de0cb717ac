import { findingsOf } from '../detect/detect.ts';
import { factsReachMs } from '../detect/settings.ts';
import { AttemptReader } from './attempts.ts';
import type { Db } from './database.ts';
import { cutoffMs, readRetention } from './care/retention.ts';
import { readRemovals } from './entry-removals.ts';
import { Histories } from './histories.ts';
import type { DayOfSources, DaysJudgement, Judgement, UserFindings } from './judgement.ts';
import { JudgingDays } from './judging-days.ts';
import { OrgHistories } from './org-history.ts';
import { StoredLists } from './lists/stored-lists.ts';
import { createPolicySurvey } from './policy/policy-survey.ts';
import type { StoreReader } from './store-reader.ts';
import { StoredFindings } from './stored-findings.ts';
import { PersonReader } from './person-facts.ts';
import type { UserNumber } from './user-number.ts';

/** Sightings judged in one go: some 20 ms of work, unless one user alone has more. */
const ENOUGH_SIGHTINGS = 4_000;
/** Users whose facts are read at once. */
const USERS_A_READ = 40;

type Judging = {
  judge(users: readonly UserNumber[], nowMs: number): Judgement;
  judgeDays(days: readonly DayOfSources[], nowMs: number): DaysJudgement;
  judgeCampaigns(nowMs: number): Awaited<ReturnType<StoreReader['judgeCampaigns']>>;
};

/** Reads facts and runs the rules where the data is, so that only findings travel. Lives as long as its connection. */
export function createJudging(db: Db): Judging {
  const reader = new PersonReader(db);
  const histories = new Histories(db);
  const lists = new StoredLists(db);
  const surveyNow = createPolicySurvey(db, lists);
  // The policy is about persons only: days and campaigns are judged under any alike.
  const survey = surveyNow();
  const stored = new StoredFindings(db, survey.settings);
  const everybody = new OrgHistories(db);
  const days = new JudgingDays(db, { survey, stored, histories: everybody, attempts: new AttemptReader(db) });
  return {
    judge(users, nowMs) {
      everybody.refresh();
      lists.refresh();
      const personSurvey = surveyNow();
      const forgotten = forgottenBeforeMs(db, nowMs);
      const reach = { sinceMs: nowMs - factsReachMs, nowMs, forgottenBeforeMs: forgotten };
      const whole = { ...reach, sinceMs: 0, isHistory: true };
      const found: UserFindings[] = [];
      const withdrawn: string[] = [];
      let [judged, sightings] = [0, 0];
      while (judged < users.length && sightings < ENOUGH_SIGHTINGS) {
        const some = users.slice(judged, judged + USERS_A_READ);
        const past = histories.among(some);
        const known = [
          ...reader.read(past.size === 0 ? some : some.filter((user) => !past.has(user)), reach),
          ...(past.size === 0 ? [] : reader.read([...past], whole)),
        ];
        const compare = stored.among(known);
        for (const person of known) {
          everybody.know(person.users);
          const news = compare(person, findingsOf(person, personSurvey, everybody.organisation));
          found.push(...news.found);
          withdrawn.push(...news.withdrawn);
          sightings += person.sightings.length;
        }
        judged += some.length;
      }
      return { atMs: nowMs, users: judged, sightings, found, withdrawn, entriesAsOf: readRemovals(db) };
    },
    judgeDays(some, nowMs) {
      lists.refresh();
      return { ...days.judge(some, forgottenBeforeMs(db, nowMs)), entriesAsOf: readRemovals(db) };
    },
    judgeCampaigns: (nowMs) => days.judgeCampaigns(nowMs - survey.settings.judgedMs),
  };
}

/** What retention removed is missing from the facts: who lived before it must not look new. */
function forgottenBeforeMs(db: Db, nowMs: number): number | null {
  return cutoffMs(readRetention(db).days, nowMs);
}
