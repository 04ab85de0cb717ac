import { suppressionScope, type SuppressionScope } from '../../src/contract/suppression.ts';
import type { RuleFinding } from '../../src/engine/detect/facts.ts';
import type { AuditDraft } from '../../src/engine/store/audit-draft.ts';
import type { Decision } from '../../src/engine/store/decision.ts';
import { sweep, testStore, type TestStore } from './data-dir.ts';
import { ipFacts, NOON_MS, ruleFinding, safari, sessionRecord, sydney } from './records.ts';
import { found } from './found.ts';

export const draft: AuditDraft = {
  at: '2026-11-20T12:00:00.000Z',
  actor: 'ann via test',
  action: 'test.done',
  detail: {},
};

/** A verdict of Bob at noon; `null` takes one back. */
export function aDecision(verdict: Decision['verdict'], over: Partial<Decision> = {}): Decision {
  return { verdict, reason: 'Because.', by: 'bob', atMs: NOON_MS, duplicateOf: null, ...over };
}

/** A scope with these terms and no others. */
export function scopeOf(terms: Partial<SuppressionScope>): SuppressionScope {
  return suppressionScope.parse(terms);
}

export type Flagged = {
  readonly store: TestStore;
  readonly ann: number;
  readonly bob: number;
  /** Saves findings about Ann, as a poll at noon does. */
  readonly save: (...findings: RuleFinding[]) => Promise<unknown>;
};

/** A store with sessions of Ann (at home and in Sydney) and of Bob. */
export async function flaggedStore(): Promise<Flagged> {
  const store = await testStore();
  const { touched } = await sweep(store, [
    sessionRecord(),
    sessionRecord({ key: 'ann-phone', device: safari, ip: ipFacts('203.0.113.9', sydney) }),
    sessionRecord({ key: 'bob', user: { id: 'u-bob', name: 'Bob', email: null }, ip: null }),
  ]);
  const [ann = 0, bob = 0] = touched;
  return {
    store,
    ann,
    bob,
    save: (...findings) => store.write.saveFindings([found(ann, ...findings)], [], store.clock.now()),
  };
}

/** A finding of another rule about the same attacker, or of another one. */
export function another(over: Partial<RuleFinding> = {}): RuleFinding {
  return ruleFinding({
    rule: 'new-country',
    dedupeKey: 'country',
    severity: 'medium',
    sessions: [],
    ...over,
  });
}

export const secondAttacker = { prefix: '192.0.2.0/24', asn: 64_511, client: 'Chrome on Linux' };
export const all = { query: '', sort: null, limit: 50, cursor: null };
