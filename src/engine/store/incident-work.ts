import { EngineError } from '../errors.ts';
import { fold } from '../query/fold.ts';
import type { Db } from './database.ts';
import { incidentNumber } from './incident-id.ts';

/** Who works on incidents from now on; null: nobody. Throws `not-found`, and then changes none. */
export function assignIncidents(db: Db, ids: readonly string[], assignee: string | null): void {
  const assign = db.prepare('UPDATE incident SET assignee = ?, assignee_folded = ? WHERE id = ?');
  for (const id of ids) assign.run(assignee, assignee === null ? null : fold(assignee), numberOf(db, id));
}

/** Adds a note; notes are never changed. Throws `not-found`. */
export function addNote(
  db: Db,
  id: string,
  note: { readonly text: string; readonly by: string; readonly atMs: number },
): void {
  db.prepare('INSERT INTO incident_note (incident_id, at, by, text) VALUES (?, ?, ?, ?)').run(
    numberOf(db, id),
    note.atMs,
    note.by,
    note.text,
  );
}

function numberOf(db: Db, id: string): number {
  const number = incidentNumber(db, id);
  if (number === null)
    throw new EngineError('not-found', `There is no incident "${id}"; "incidents" lists them.`);
  return number;
}
