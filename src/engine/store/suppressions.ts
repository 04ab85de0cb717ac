import { suppressionScope, type Suppression, type SuppressionRequest } from '../../contract/suppression.ts';
import { silencedBy, type Silenceable } from '../detect/silence.ts';
import type { Db } from './database.ts';
import { iso, isoOrNull } from './instant.ts';

type Row = {
  id: number;
  scope: string;
  reason: string;
  owner: string;
  created_at: number;
  expires_at: number | null;
  ended_at: number | null;
  hits: number;
  last_hit_at: number | null;
};

/** A suppression in force: what it silences, and in which words. */
export type Silencer = {
  readonly id: number;
  readonly words: string;
  readonly silences: (finding: Silenceable) => boolean;
};

const DAY_MS = 86_400_000;
const inForce = 'ended_at IS NULL AND (expires_at IS NULL OR expires_at > @now)';

/** Newest first; those that are over stay listed, because findings name them. */
export function readSuppressions(db: Db, nowMs: number): readonly Suppression[] {
  return db
    .prepare<[], Row>('SELECT * FROM suppression ORDER BY id DESC')
    .all()
    .map((row) => suppressionOf(row, nowMs));
}

/** In force at a moment, the oldest first: of several that match, the one that was there first is named. */
export function silencersAt(db: Db, nowMs: number): readonly Silencer[] {
  return db
    .prepare<[{ now: number }], Row>(`SELECT * FROM suppression WHERE ${inForce} ORDER BY id`)
    .all({ now: nowMs })
    .map(({ id, scope, reason }) => ({
      id,
      words: `Suppression: ${reason}`,
      silences: silencedBy(suppressionScope.parse(JSON.parse(scope))),
    }));
}

export function addSuppression(
  db: Db,
  { scope, reason, days }: SuppressionRequest,
  owner: string,
  atMs: number,
): number {
  const expiresAt = days === 'never' ? null : atMs + days * DAY_MS;
  const { lastInsertRowid } = db
    .prepare('INSERT INTO suppression (scope, reason, owner, created_at, expires_at) VALUES (?, ?, ?, ?, ?)')
    .run(JSON.stringify(scope), reason, owner, atMs, expiresAt);
  return Number(lastInsertRowid);
}

/** Counts what each one silenced, by its row; a moment that is not known is not written down. */
export function countHits(db: Db, hits: ReadonlyMap<number, number>, atMs: number | null): void {
  const count = db.prepare(
    'UPDATE suppression SET hits = hits + ?, last_hit_at = coalesce(?, last_hit_at) WHERE id = ?',
  );
  for (const [id, findings] of hits) count.run(findings, atMs, id);
}

/** The row of a suppression; null when there is none of that id. */
export function findSuppression(
  db: Db,
  id: string,
): { readonly number: number; readonly isEnded: boolean } | null {
  const number = /^s(\d{1,15})$/i.exec(id.trim())?.[1];
  const row =
    number === undefined
      ? undefined
      : db.prepare<[number], Row>('SELECT * FROM suppression WHERE id = ?').get(Number(number));
  return row === undefined ? null : { number: row.id, isEnded: row.ended_at !== null };
}

export function readSuppression(db: Db, number: number, nowMs: number): Suppression | null {
  const row = db.prepare<[number], Row>('SELECT * FROM suppression WHERE id = ?').get(number);
  return row === undefined ? null : suppressionOf(row, nowMs);
}

export function suppressionId(number: number): string {
  return `s${number}`;
}

function suppressionOf(row: Row, nowMs: number): Suppression {
  const { id, scope, reason, owner, hits } = row;
  return {
    id: suppressionId(id),
    scope: suppressionScope.parse(JSON.parse(scope)),
    reason,
    owner,
    hits,
    createdAt: iso(row.created_at),
    expiresAt: isoOrNull(row.expires_at),
    endedAt: isoOrNull(row.ended_at),
    inForce: row.ended_at === null && (row.expires_at === null || row.expires_at > nowMs),
    lastHitAt: isoOrNull(row.last_hit_at),
  };
}
