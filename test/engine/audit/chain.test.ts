import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../../src/contract/audit.ts';
import { CHAIN_START, chainHash, verifyChain } from '../../../src/engine/audit/chain.ts';

function chain(length: number): AuditEntry[] {
  const entries: AuditEntry[] = [];
  for (let seq = 1; seq <= length; seq += 1) {
    const previousHash = entries.at(-1)?.hash ?? CHAIN_START;
    const entry = {
      seq,
      at: '2026-11-20T12:00:00.000Z',
      actor: 'ann via cli',
      action: 'revocation.started',
      detail: { job: `r${seq}`, counts: { planned: seq, skipped: null } },
    };
    entries.push({ ...entry, previousHash, hash: chainHash(previousHash, entry) });
  }
  return entries;
}

function changed(entries: AuditEntry[], index: number, change: Partial<AuditEntry>): AuditEntry[] {
  return entries.map((entry, at) => (at === index ? { ...entry, ...change } : entry));
}

/** Reads as the store does: in order of sequence number, two at a time. */
function reader(entries: readonly AuditEntry[]) {
  return async (afterSeq: number) => entries.filter((entry) => entry.seq > afterSeq).slice(0, 2);
}

describe('the hash of a link', () => {
  it('is the SHA-256 of the canonical JSON that the docstring names', () => {
    const entry = {
      seq: 1,
      at: '2026-11-20T12:00:00.000Z',
      actor: 'ann',
      action: 'a',
      detail: { b: 1, a: [true] },
    };
    // sha256 of {"action":"a","actor":"ann","at":"2026-11-20T12:00:00.000Z","detail":{"a":[true],"b":1},"previousHash":"000…","seq":1}
    expect(chainHash(CHAIN_START, entry)).toBe(
      'fd61b20ef8df4ed6611500cfbb75e372c3b8b465172746e8fa8b2dcdc16df618',
    );
  });

  it('is the same after a trip through JSON, whatever the key order', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (detail) => {
        const entry = { seq: 7, at: 'x', actor: 'y', action: 'z', detail: detail as AuditEntry['detail'] };
        const reversed = Object.fromEntries(Object.entries(detail).reverse()) as AuditEntry['detail'];
        const stored = JSON.parse(JSON.stringify(entry)) as AuditEntry;
        expect(chainHash('p', stored)).toBe(chainHash('p', entry));
        expect(chainHash('p', { ...entry, detail: reversed })).toBe(chainHash('p', entry));
      }),
    );
  });

  it('does not move when text that UTF-8 cannot hold was repaired by the store', () => {
    const entry = { seq: 1, at: 'x', action: 'z', detail: {} };
    expect(chainHash('p', { ...entry, actor: 'a\uD800' })).toBe(
      chainHash('p', { ...entry, actor: 'a\uFFFD' }),
    );
  });
});

describe('verifying a chain', () => {
  it('accepts an untouched one and names its last hash', async () => {
    const entries = chain(5);
    const verification = await verifyChain(reader(entries));
    expect(verification).toMatchObject({ ok: true, entries: 5, brokenAt: null });
    expect(verification.message).toContain(entries.at(-1)?.hash);
  });

  it('says that an empty one is empty', async () => {
    expect(await verifyChain(reader([]))).toMatchObject({ ok: true, entries: 0, brokenAt: null });
  });

  it.each([
    ['actor', { actor: 'bob via cli' }],
    ['action', { action: 'revocation.planned' }],
    ['time', { at: '2026-11-20T12:00:00.001Z' }],
    ['detail', { detail: { job: 'r3' } }],
    ['hash', { hash: 'f'.repeat(64) }],
    ['previous hash', { previousHash: 'f'.repeat(64) }],
  ])('finds a changed %s at its own entry', async (_, change) => {
    const verification = await verifyChain(reader(changed(chain(5), 2, change)));
    expect(verification).toMatchObject({ ok: false, entries: 2, brokenAt: 3 });
  });

  it('finds a changed entry whose own hash was recomputed', async () => {
    const entries = chain(5);
    const third = { ...entries[2], actor: 'bob' } as AuditEntry;
    third.hash = chainHash(third.previousHash, third);
    expect(await verifyChain(reader(changed(entries, 2, third)))).toMatchObject({ ok: false, brokenAt: 4 });
  });

  it('finds a removed entry, swapped contents and a cut head', async () => {
    const [one, two, three, four] = chain(4) as [AuditEntry, AuditEntry, AuditEntry, AuditEntry];
    const swapped = [one, { ...three, seq: 2 }, { ...two, seq: 3 }, four];
    expect(await verifyChain(reader([one, three, four]))).toMatchObject({ ok: false, brokenAt: 3 });
    expect(await verifyChain(reader(swapped))).toMatchObject({ ok: false, brokenAt: 2 });
    expect(await verifyChain(reader([two, three, four]))).toMatchObject({ ok: false, brokenAt: 2 });
  });
});
