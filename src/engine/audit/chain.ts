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
 * from 1 without a gap. Reads one entry at a time, so a chain of any length takes constant memory.
 *
 * A chain can't prove that nothing was cut off its end; the sentence therefore names the last hash, to be
 * compared with a copy kept elsewhere.
 */
export async function verifyChain(
  entries: AsyncIterable<AuditEntry> | Iterable<AuditEntry>,
): Promise<AuditVerification> {
  let previousHash = CHAIN_START;
  let count = 0;
  for await (const entry of entries) {
    const fault = faultOf(entry, count + 1, previousHash);
    if (fault !== null) {
      return { ok: false, entries: count, brokenAt: entry.seq, message: brokenSentence(entry.seq, fault) };
    }
    previousHash = entry.hash;
    count += 1;
  }
  return { ok: true, entries: count, brokenAt: null, message: intactSentence(count, previousHash) };
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

function brokenSentence(seq: number, fault: string): string {
  return (
    `The audit chain is broken at entry ${seq}: ${fault}. Nothing from there on can be trusted; ` +
    'keep a copy of the data directory and compare it with a backup.'
  );
}

function intactSentence(count: number, lastHash: string): string {
  if (count === 0) return 'The audit chain is empty: nothing has been recorded yet.';
  const entries = count === 1 ? 'The one audit entry is' : `All ${count} audit entries are`;
  return (
    `${entries} in order and unchanged. The last hash is ${lastHash}; compare it with an earlier copy ` +
    'to notice entries cut off the end.'
  );
}
