import type { RuleId } from '../../../contract/rules.ts';
import type { RuleFinding, Sighting } from '../facts.ts';
import type { Unjudged } from '../not-evaluable.ts';
import type { Organisation } from '../organisation.ts';
import type { SettingName } from '../threshold-words.ts';
import type { DetectSettings } from '../settings.ts';
import type { Survey } from '../survey.ts';
import type { History } from './history.ts';

/** One day (UTC) of a source before the rules that look at many users: all of them, and what the days before were like. */
export type Day = {
  readonly source: string;
  readonly day: number;
  /** Logins and failures in time order, then by id: of the day, and of the 24 hours before. */
  readonly attempts: readonly Sighting[];
  /** What users are called, by id. */
  readonly names: ReadonlyMap<string, string | null>;
  /** The source's days that ended at least 24 hours before this one. */
  readonly history: History;
  readonly organisation: Organisation;
  readonly survey: Survey;
  readonly settings: DetectSettings;
  /** Whether a moment belongs to the day itself: only what comes true on it is told of. */
  readonly isToday: (atMs: number) => boolean;
};

/** What is known of a day and of the one before without reading their logins, of days that are counted. */
export type DayGlance = Pick<Day, 'day' | 'history' | 'settings'> & {
  /** Failed logins of both days, in time order. */
  readonly failures: readonly Sighting[];
  /** The share of a client, by its mark, in the logins of the 30 settled days before; null: too few to say. */
  readonly clientShare: (mark: string) => number | null;
};

/**
 * One thing that shows only in what many users did. As pure as a `Rule`: the same attempts in any order give the same
 * findings. A finding needs a user: it goes to the first whose login succeeded in it, else to the first that was tried, so
 * that it stays the same finding while an attack goes on; its evidence lists the others.
 */
export type DayRule = {
  readonly id: RuleId;
  readonly cannotJudge: readonly string[];
  readonly lowered: readonly string[];
  readonly settings?: readonly SettingName[];
  /** Whether there may be something to find. Never false where `judge` finds anything: on most days nothing else is read. */
  mayFind(glance: DayGlance): boolean;
  judge(day: Day, unjudged: Unjudged): readonly RuleFinding[];
};
