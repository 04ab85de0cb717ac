import { DAY_MS } from '../../src/engine/detect/days/utc-day.ts';
import type { DayOfSources } from '../../src/engine/store/judgement.ts';
import { services } from './population/people.ts';

/** As many as the rules look back on. */
const JUDGED_DAYS = 90;

/** The days (UTC) of every service that a judging of everything looks at, the earliest first. */
export function judgedDays(nowMs: number): readonly DayOfSources[] {
  const today = Math.floor(nowMs / DAY_MS);
  return Array.from({ length: JUDGED_DAYS }, (_, at) => ({
    day: today - JUDGED_DAYS + 1 + at,
    sources: services,
  }));
}
