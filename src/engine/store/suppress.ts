import type { Suppression, SuppressionEnd, SuppressionRequest } from '../../contract/suppression.ts';
import { EngineError } from '../errors.ts';
import { ipRange } from '../query/ip-range.ts';
import type { AuditDraft } from './audit-draft.ts';
import { appendAudit } from './audit.ts';
import type { Db } from './database.ts';
import { endSuppression, silenceOpen } from './silence-findings.ts';
import { addSuppression, findSuppression, readSuppression, suppressionId } from './suppressions.ts';

/** Keeps a suppression, silences what it matches now and says so in the audit; inside the caller's transaction. */
export function suppress(
  db: Db,
  request: SuppressionRequest,
  { owner, atMs }: { readonly owner: string; readonly atMs: number },
  audit: AuditDraft,
): Suppression {
  const { network } = request.scope;
  if (network !== null && ipRange(network) === null)
    throw new EngineError(
      'invalid-input',
      `"${network}" is no address and no network such as 203.0.113.0/24.`,
      {
        field: 'network',
      },
    );
  const number = addSuppression(db, request, owner, atMs);
  const silenced = silenceOpen(db, number, atMs);
  appendAudit(db, { ...audit, detail: { ...audit.detail, suppression: suppressionId(number), silenced } });
  const stored = readSuppression(db, number, atMs);
  if (stored === null) throw new TypeError('a suppression that was just written is not there');
  return stored;
}

/** Ends one; what it silenced is told again. */
export function unsuppress(db: Db, id: string, atMs: number, audit: AuditDraft): SuppressionEnd {
  const found = findSuppression(db, id);
  if (found === null)
    throw new EngineError('not-found', `There is no suppression "${id}"; "suppressions" lists them.`);
  if (found.isEnded) throw new EngineError('refused', `The suppression "${id}" was ended before.`);
  const reopened = endSuppression(db, found.number, atMs);
  appendAudit(db, { ...audit, detail: { ...audit.detail, reopened } });
  return { reopened };
}
