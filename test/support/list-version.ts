import type { AuditDraft } from '../../src/engine/store/audit-draft.ts';
import type { ListVersion } from '../../src/engine/store/lists/list-version.ts';
import { readListText } from '../../src/engine/enrich/read-list-file.ts';
import type { TestStore } from './data-dir.ts';

/** Imports a list of these entries at the store's own time, without an end unless one is given. */
export async function importEntries(
  { write, clock }: TestStore,
  entries: readonly string[],
  over: Partial<Omit<ListVersion, 'entries'>> = {},
) {
  const version = { name: 'exits', tag: 'tor' as const, note: null, expiresAtMs: null, ...over };
  return write.importList(
    { importedAtMs: clock.now(), ...version, entries: readListText(entries.join('\n')).entries },
    auditDraft('list.imported', clock.now()),
  );
}

export function auditDraft(action: string, atMs: number): AuditDraft {
  return { at: new Date(atMs).toISOString(), actor: 'ann', action, detail: {} };
}
