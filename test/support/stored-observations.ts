import type Database from 'better-sqlite3';
import { ObservationClocks } from '../../src/engine/store/observation-clocks.ts';

/** An observation as version 10 had it: a row each, with the columns of the table. */
export type ObservationColumns = Readonly<Record<string, number | null>> & {
  readonly session_id: number;
  readonly n: number;
  readonly at: number;
  readonly not_before: number | null;
  readonly last_seen_at: number | null;
  readonly expires_at: number | null;
};

type Row = ObservationColumns & { readonly repeats: Buffer | null };

/** Every observation of a file of today's schema, by session and number. */
export function storedObservations(db: Database.Database): readonly ObservationColumns[] {
  return db.prepare<[], Row>('SELECT * FROM observation ORDER BY session_id, n').all().flatMap(expanded);
}

function expanded({ repeats, ...first }: Row): readonly ObservationColumns[] {
  const { at, not_before: notBefore, last_seen_at: lastSeenAt, expires_at: expiresAt } = first;
  const clocks = new ObservationClocks({ at, notBefore, lastSeenAt, expiresAt, repeats });
  const all: ObservationColumns[] = [first];
  while (clocks.next()) {
    const times = {
      ...{ at: clocks.at, not_before: clocks.notBefore },
      ...{ last_seen_at: clocks.lastSeenAt, expires_at: clocks.expiresAt },
    };
    all.push({ ...first, n: first.n + all.length, ...times });
  }
  return all;
}
