import type { Db } from './database.ts';

/** The row of an incident that is, or was, called so; null when there is none. */
export function incidentNumber(db: Db, id: string): number | null {
  const number = /^i(\d{1,15})$/i.exec(id.trim())?.[1];
  if (number === undefined) return null;
  return (
    db
      .prepare<[number, number], number>(
        'SELECT id FROM incident WHERE id = ? UNION ALL SELECT incident_id FROM incident_alias WHERE id = ?',
      )
      .pluck()
      .get(Number(number), Number(number)) ?? null
  );
}

/** What an incident is called: `i12`. */
export function incidentId(number: number): string {
  return `i${number}`;
}
