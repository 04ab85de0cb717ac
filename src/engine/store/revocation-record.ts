import type { RevocationItem, RevocationItemState } from '../../contract/revocation.ts';
import type { AuditDraft } from './audit-draft.ts';

/** A job as it is first written: everything it will ever touch. */
export type RevocationRecord = {
  readonly id: string;
  readonly reason: string;
  readonly createdAtMs: number;
  readonly items: readonly RevocationItem[];
};

/** One step of a job, written whole or not at all: a crash leaves no state that the audit does not tell of. */
export type RevocationStep = {
  readonly id: string;
  readonly session: string;
  /** `verified` also turns the stored session into a revoked one. */
  readonly state: RevocationItemState;
  readonly why: string | null;
  readonly atMs: number;
  readonly audit: AuditDraft;
};
