import type { AuditEntry } from '../../contract/audit.ts';

/** An entry before the chain gave it its place. */
export type AuditDraft = Omit<AuditEntry, 'seq' | 'previousHash' | 'hash'>;
