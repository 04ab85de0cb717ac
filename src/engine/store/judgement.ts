import type { ToldFinding } from './told-finding.ts';
import type { UserNumber } from './user-number.ts';

/** What the rules said of users, held against what is stored of them. */
export type Judgement = {
  /** When it was judged. */
  readonly atMs: number;
  /** How many users were judged, from the front; none only where none was asked for. */
  readonly users: number;
  /** How many sightings of theirs the rules looked at. */
  readonly sightings: number;
  /** Only users of whom something is to be written. */
  readonly found: readonly UserFindings[];
  /** Ids of stored findings that nobody decided on and that no longer follow from the facts. */
  readonly withdrawn: readonly string[];
  /** How many dictionary entries had been removed by then: what was found refers to entries (`entry-removals.ts`). */
  readonly entriesAsOf: number;
};

/** What is to be written; without `entriesAsOf` it refers to no entries. */
export type News = Pick<Judgement, 'found' | 'withdrawn'> & Partial<Pick<Judgement, 'entriesAsOf'>>;

/** What the rules say of a user that is not stored, or was stored in other words. */
export type UserFindings = { readonly user: UserNumber; readonly findings: readonly ToldFinding[] };

/** How many findings were written. */
export type SavedFindings = {
  readonly added: number;
  readonly changed: number;
  /** Ids of those that are gone. */
  readonly withdrawn: readonly string[];
};

/** A day (UTC, by number since 1970) of a source of which logins are new. */
export type TouchedDay = { readonly source: string; readonly day: number };

/** What a sweep, or a part of an import, brought news of. */
export type Touched = { readonly users: ReadonlySet<UserNumber>; readonly days: readonly TouchedDay[] };

/** Has judged what was touched, and what else rests on the same days; answers how many findings were new. */
export type Judge = (users: ReadonlySet<UserNumber>, days?: readonly TouchedDay[]) => Promise<number>;

/**
 * The same for several parts, one after the other and all with the same knowledge of everybody: answers after each how many
 * findings were new. What else rests on their days is judged with the last one; whoever stops asking before leaves it undone.
 */
export type JudgeInTurn = (parts: readonly Touched[]) => AsyncGenerator<number>;

/** A day (UTC, by number since 1970) of some sources. */
export type DayOfSources = { readonly day: number; readonly sources: readonly string[] };

/** What the rules that look at many users say of days. */
export type DaysJudgement = News & {
  /** How many days were judged, from the front; none only where none was asked for. */
  readonly days: number;
  /** Logins and failures that the rules looked at. */
  readonly attempts: number;
};

/** What is to be judged again because more is known of what everybody did; see docs/decisions/0015. */
export type Reconsidered = {
  /** Days of sources. */
  readonly days: readonly { readonly source: string; readonly fromDay: number; readonly revision: number }[];
  /** The first day of any of them; null: nothing is. */
  readonly fromDay: number | null;
};

/** Whether every settled day is counted and scored now. */
export type SettledDays = { readonly done: boolean };
