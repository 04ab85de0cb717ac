import { createHash } from 'node:crypto';
import type { AuditEntry, AuditVerification } from '../../contract/audit.ts';
import { canonicalJson } from './canonical-json.ts';

/** What the first entry names as the hash before it: 64 zeros. */
export const CHAIN_START = '0'.repeat(64);

/**
 * Hash of one link: SHA-256, in lower-case hex, of the UTF-8 canonical JSON (`canonicalJson`) of the object
 * `{ action, actor, at, detail, previousHash, seq }`. Changing, removing, inserting or reordering an entry
 * breaks its link or the next one.
 *
 * @param previousHash hash of the entry before, `CHAIN_START` for the first
 */
export function chainHash(
  previousHash: string,
  entry: Pick<AuditEntry, 'seq' | 'at' | 'actor' | 'action' | 'detail'>,
): string {
  const { seq, at, actor, action, detail } = entry;
  return createHash('sha256')
    .update(canonicalJson({ seq, at, actor, action, detail, previousHash }))
    .digest('hex');
}

/**
 * Walks a chain from its first entry and stops at the first link that does not hold. Sequence numbers must count up
 * from 1 without a gap. A chain can't prove that nothing was cut off its end; the sentence therefore names the last
 * hash, to be compared with a copy kept elsewhere.
 *
 * @param readAfter entries in order from the one after `afterSeq` on, a page at a time; none at the end
 */
export async function verifyChain(
  readAfter: (afterSeq: number) => Promise<readonly AuditEntry[]>,
): Promise<AuditVerification> {
  let previousHash = CHAIN_START;
  let count = 0;
  for (;;) {
    const page = await readAfter(count);
    if (page.length === 0) return intact(count, previousHash);
    for (const entry of page) {
      const fault = faultOf(entry, count + 1, previousHash);
      if (fault !== null) return broken(count, entry.seq, fault);
      previousHash = entry.hash;
      count += 1;
    }
  }
}

function faultOf(entry: AuditEntry, expectedSeq: number, previousHash: string): string | null {
  if (entry.seq !== expectedSeq) {
    return `entry ${expectedSeq} was expected in its place, so entries were removed, added or reordered`;
  }
  if (entry.previousHash !== previousHash) {
    return 'it does not follow from the entry before it, so one of the two was replaced';
  }
  if (entry.hash !== chainHash(previousHash, entry)) return 'its content no longer matches its hash';
  return null;
}

function broken(entries: number, brokenAt: number, fault: string): AuditVerification {
  const message =
    `The audit chain is broken at entry ${brokenAt}: ${fault}. Nothing from there on can be trusted; ` +
    'keep a copy of the data directory and compare it with a backup.';
  return { ok: false, entries, brokenAt, message };
}

function intact(entries: number, lastHash: string): AuditVerification {
  const subject = entries === 1 ? 'The one audit entry is' : `All ${entries} audit entries are`;
  const message =
    entries === 0
      ? 'The audit chain is empty: nothing has been recorded yet.'
      : `${subject} in order and unchanged. The last hash is ${lastHash}; compare it with an earlier copy ` +
        'to notice entries cut off the end.';
  return { ok: true, entries, brokenAt: null, message };
}
