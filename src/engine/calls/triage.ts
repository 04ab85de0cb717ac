import type { DecideRequest, Decided } from '../../contract/triage.ts';
import type { Engine } from '../api.ts';
import type { AuditLog } from '../audit/log.ts';
import type { Changes } from '../changes.ts';
import { EngineError } from '../errors.ts';
import type { Clock } from '../host.ts';
import type { DecisionTarget } from '../store/decision.ts';
import type { StoreWriter } from '../store/store-writer.ts';
import type { Store } from '../store/store.ts';
import type { UserNumber } from '../store/user-number.ts';

export type TriageCallsDeps = {
  /** Who decides, as the audit names him. */
  readonly actor: string;
  readonly clock: Clock;
  readonly store: Store;
  readonly changes: Changes;
  readonly requireWriting: () => { readonly write: StoreWriter; readonly audit: AuditLog };
  /** Runs the rules over users again, because what they may learn from has changed. */
  readonly judge: (users: ReadonlySet<UserNumber>) => Promise<unknown>;
};

/** Ids that an audit entry names; of more it tells the number, and each finding tells who decided on it. */
const NAMED_IN_AUDIT = 100;

/** What the router's `findings`, `incidents` and `suppressions` calls do beyond looking up. */
export function triageCalls({ actor: by, clock, store, changes, requireWriting, judge }: TriageCallsDeps): {
  readonly findings: Engine['findings'];
  readonly incidents: Engine['incidents'];
  readonly suppressions: Engine['suppressions'];
} {
  const now = () => clock.now();
  const changed = () => changes.mark('findings', 'sessions', 'audit');

  const decide = async (
    target: DecisionTarget,
    {
      verdict,
      reason,
      duplicateOf,
    }: Omit<DecideRequest, 'ids' | 'verdict'> & { verdict: DecideRequest['verdict'] | null },
  ): Promise<Decided> => {
    const { write, audit } = requireWriting();
    const action = verdict === null ? `${target.kind}.reopened` : `${target.kind}.decided`;
    const detail = { ...named(target), verdict, reason, duplicateOf };
    const { users, ...effect } = await write.decide(
      target,
      { verdict, reason, duplicateOf, by, atMs: now() },
      audit.draft(action, detail),
    );
    await judge(new Set(users));
    changed();
    return effect;
  };
  const decideOn = (kind: DecisionTarget['kind']) => ({
    decide: async ({ ids, verdict, reason, duplicateOf }: DecideRequest) => {
      requireOriginal(verdict === 'duplicate', duplicateOf);
      return decide({ kind, ids }, { verdict, reason, duplicateOf });
    },
    reopen: async ({ ids, reason }: { ids: readonly string[]; reason: string }) =>
      decide({ kind, ids }, { verdict: null, reason, duplicateOf: null }),
  });

  return {
    findings: {
      list: (request) => store.read.findings(request),
      get: async (id) => found(await store.read.finding(id), `There is no finding "${id}".`),
      ...decideOn('findings'),
    },
    incidents: {
      list: (request) => store.read.incidents(request),
      get: async (id) =>
        found(await store.read.incident(id), `There is no incident "${id}"; "incidents" lists them.`),
      ...decideOn('incidents'),
      assign: async ({ ids, assignee }) => {
        const { write, audit } = requireWriting();
        const detail = { ...named({ kind: 'incidents', ids }), assignee };
        await write.assignIncidents(ids, assignee, audit.draft('incidents.assigned', detail));
        changed();
      },
      note: async ({ id, text }) => {
        const { write, audit } = requireWriting();
        await write.addNote(
          id,
          { text, by, atMs: now() },
          audit.draft('incidents.noted', { incident: id, text }),
        );
        changed();
      },
    },
    suppressions: {
      list: () => store.read.suppressions(),
      preview: (request) => store.read.previewSuppression(request),
      add: async (request) => {
        const { write, audit } = requireWriting();
        const entry = audit.draft('suppressions.added', { ...request });
        const suppression = await write.addSuppression(request, { owner: by, atMs: now() }, entry);
        changed();
        return suppression;
      },
      end: async (id) => {
        const { write, audit } = requireWriting();
        const end = await write.endSuppression(
          id,
          now(),
          audit.draft('suppressions.ended', { suppression: id }),
        );
        changed();
        return end;
      },
    },
  };
}

function named({ kind, ids }: DecisionTarget) {
  return { [kind]: ids.slice(0, NAMED_IN_AUDIT), count: ids.length };
}

function requireOriginal(isDuplicate: boolean, duplicateOf: string | null): void {
  if (isDuplicate === (duplicateOf !== null)) return;
  throw new EngineError(
    'invalid-input',
    isDuplicate
      ? 'Say which finding or incident it is a duplicate of.'
      : 'Only a duplicate is one of something else: leave that out, or give the verdict "duplicate".',
    { field: 'duplicateOf' },
  );
}

function found<T>(value: T | null, message: string): T {
  if (value === null) throw new EngineError('not-found', message);
  return value;
}
