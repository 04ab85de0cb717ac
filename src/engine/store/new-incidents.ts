import type { Db } from './database.ts';

/** Values of a new incident under their names in the statement below; the others of its row are for analysts to fill in. */
export type IncidentColumns = {
  readonly user: number;
  readonly state: number;
  readonly severity: number;
  readonly score: number;
  readonly rank: number | null;
  readonly isConfirmed: number;
  readonly isAlerting: number;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
};

/**
 * Adds incidents, however many, with one statement: SQLite copies every page that a statement changes in rows that refer to
 * others, to be able to take back that statement alone. Inside the caller's transaction, in which nobody else adds any.
 */
export class NewIncidents {
  readonly #last;
  readonly #add;
  #waiting: (IncidentColumns & { readonly id: number })[] = [];

  constructor(db: Db) {
    this.#last = db.prepare<[], number>("SELECT seq FROM sqlite_sequence WHERE name = 'incident'").pluck();
    this.#add = db.prepare<[string]>(
      `INSERT INTO incident (id, user_id, state, severity, score, rank, is_confirmed, is_alerting, first_at, last_at)
       SELECT value ->> 'id', value ->> 'user', value ->> 'state', value ->> 'severity', value ->> 'score', value ->> 'rank',
         value ->> 'isConfirmed', value ->> 'isAlerting', value ->> 'firstAtMs', value ->> 'lastAtMs' FROM json_each(?)`,
    );
  }

  /** Answers the number that the incident will have once `write` was called. */
  add(columns: IncidentColumns): number {
    const last = this.#waiting.at(-1)?.id ?? this.#last.get() ?? 0;
    const id = last + 1;
    this.#waiting.push({ id, ...columns });
    return id;
  }

  write(): void {
    if (this.#waiting.length === 0) return;
    this.#add.run(JSON.stringify(this.#waiting));
    this.#waiting = [];
  }
}
