import type { UserNumber } from './user-number.ts';

/** What a page of a sweep changed. */
export type BatchResult = {
  /** Sessions never stored before. */
  readonly newSessions: number;
  /** Observation rows written: only where something changed. */
  readonly observations: number;
  /** Reported events never stored before. */
  readonly newEvents: number;
  /** Users with anything new to judge. */
  readonly touched: readonly UserNumber[];
  /** Days (UTC, by number since 1970) of the source of which a login or a failure is new, ascending. */
  readonly touchedDays: readonly number[];
  /** Record keys that are known as another session's later id (reconnects): record key -> that session's public key. */
  readonly canonical: ReadonlyMap<string, string>;
};

/** What a page of an imported history did. Whoever is in it is touched, so that an import that was cut off can be repeated. */
export type ImportedPage = BatchResult & {
  /** Events that retention would remove again; they are not stored. */
  readonly forgotten: number;
};

/** What the end of a sweep changed. */
export type SweepResult = {
  readonly ended: number;
  readonly touched: readonly UserNumber[];
  /** As in `BatchResult`: days of which a login turned out to be none. */
  readonly touchedDays: readonly number[];
  /** Sessions of this sweep that continue a vanished one (reconnects): key as ingested -> public key kept. */
  readonly joined: ReadonlyMap<string, string>;
};
