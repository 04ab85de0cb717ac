import type { AuditEntry } from '../../contract/audit.ts';
import type { Clock } from '../host.ts';
import type { AuditDraft } from '../store/audit-draft.ts';
import type { StoreWriter } from '../store/store-writer.ts';

/** Writes audit entries in the name of this host's operator. */
export type AuditLog = {
  append(action: string, detail: AuditEntry['detail']): Promise<void>;
  /** The entry alone, for writes that must not be separable from it. */
  draft(action: string, detail: AuditEntry['detail']): AuditDraft;
};

/** `detail` must be plain JSON and hold no secret: it is kept for ever and exported. */
export function createAuditLog(deps: {
  readonly write: StoreWriter;
  readonly clock: Clock;
  readonly actor: string;
  readonly onAppend: () => void;
}): AuditLog {
  const draft: AuditLog['draft'] = (action, detail) => ({
    at: new Date(deps.clock.now()).toISOString(),
    actor: deps.actor,
    action,
    detail,
  });
  return {
    draft,
    async append(action, detail) {
      await deps.write.appendAudit(draft(action, detail));
      deps.onAppend();
    },
  };
}
