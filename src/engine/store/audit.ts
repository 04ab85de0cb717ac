import type { AuditEntry } from '../../contract/audit.ts';
import { CHAIN_START, chainHash } from '../audit/chain.ts';
import type { AuditDraft } from './audit-draft.ts';
import type { Db } from './database.ts';

type AuditRow = {
  seq: number;
  at: string;
  actor: string;
  action: string;
  detail: string;
  previous_hash: string;
  hash: string;
};

/** Entries that one step of a verification reads. */
const PAGE = 1_000;

/** Adds the next link, inside the caller's transaction: nothing else can be written between reading the last one and this. */
export function appendAudit(db: Db, entry: AuditDraft): void {
  const last = db
    .prepare<[], Pick<AuditRow, 'seq' | 'hash'>>('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1')
    .get();
  const seq = (last?.seq ?? 0) + 1;
  const previousHash = last?.hash ?? CHAIN_START;
  db.prepare(
    'INSERT INTO audit (seq, at, actor, action, detail, previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?)',
  ).run(
    seq,
    entry.at,
    entry.actor,
    entry.action,
    JSON.stringify(entry.detail),
    previousHash,
    chainHash(previousHash, { ...entry, seq }),
  );
}

/** Newest first, older than `beforeSeq` when it is given. */
export function readAudit(db: Db, limit: number, beforeSeq: number | null): AuditEntry[] {
  return db
    .prepare<[number, number], AuditRow>('SELECT * FROM audit WHERE seq < ? ORDER BY seq DESC LIMIT ?')
    .all(beforeSeq ?? Number.MAX_SAFE_INTEGER, limit)
    .map(entryOf);
}

/** In order, after `afterSeq`. */
export function readAuditFrom(db: Db, afterSeq: number): AuditEntry[] {
  return db
    .prepare<[number, number], AuditRow>('SELECT * FROM audit WHERE seq > ? ORDER BY seq LIMIT ?')
    .all(afterSeq, PAGE)
    .map(entryOf);
}

function entryOf({ previous_hash, detail, ...row }: AuditRow): AuditEntry {
  return { ...row, detail: JSON.parse(detail) as AuditEntry['detail'], previousHash: previous_hash };
}
