import { utcDay } from '../detect/days/utc-day.ts';
import { codeOf, timeQualities } from '../query/codes.ts';
import type { BatchResult } from './batch-result.ts';
import type { OpenSweep } from './open-sweep.ts';
import type { EventRecord } from './records.ts';
import type { NewSession } from './session-table.ts';
import type { UserNumber } from './user-number.ts';

const STATED = codeOf(timeQualities, 'reported');

/** What writing a page did, counted while it is written. */
export class IngestedPage {
  newSessions = 0;
  observations = 0;
  newEvents = 0;
  readonly touched = new Set<UserNumber>();
  readonly canonical = new Map<string, string>();
  /** Days (UTC) of which a login was stored. */
  readonly loginDays = new Set<number>();
  /** Events wait for their session to be stored; they come after the rows of their own page. */
  readonly adoptsEvents: boolean;

  constructor(adoptsEvents: boolean) {
    this.adoptsEvents = adoptsEvents;
  }

  /** Where nobody reports logins, the stated start of a session is one. */
  addStart(
    { reportsEvents }: OpenSweep,
    { startedAt, startedQuality }: Pick<NewSession, 'startedAt' | 'startedQuality'>,
  ): void {
    if (!reportsEvents && startedAt !== null && startedQuality === STATED)
      this.loginDays.add(utcDay(startedAt));
  }

  /** A reported event that is new. */
  addEvent(user: UserNumber, { kind, atMs }: EventRecord): void {
    this.newEvents += 1;
    this.touched.add(user);
    if (kind === 'login' || kind === 'failure') this.loginDays.add(utcDay(atMs));
  }

  result(touchedDays: readonly number[]): BatchResult {
    return {
      newSessions: this.newSessions,
      observations: this.observations,
      newEvents: this.newEvents,
      touched: [...this.touched],
      touchedDays,
      canonical: this.canonical,
    };
  }
}
