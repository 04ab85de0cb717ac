import { LISTED_DAYS } from '../../contract/list-tags.ts';
import type { ListImportRequest, NetworkList } from '../../contract/lists.ts';
import type { Engine } from '../api.ts';
import type { AuditLog } from '../audit/log.ts';
import type { Changes } from '../changes.ts';
import type { Enricher } from '../enrich/enricher.ts';
import { readListFile, readListText } from '../enrich/read-list-file.ts';
import { EngineError } from '../errors.ts';
import type { Clock } from '../host.ts';
import type { StoreReader } from '../store/store-reader.ts';
import type { StoreWriter } from '../store/store-writer.ts';

const DAY_MS = 86_400_000;

export type ListCallsDeps = {
  readonly read: StoreReader;
  readonly enricher: Enricher;
  readonly clock: Clock;
  readonly changes: Changes;
  readonly writing: () => { readonly write: StoreWriter; readonly audit: AuditLog };
  /** Called when lists changed: users on them are judged again, in their own time. */
  readonly onChange: () => void;
};

/** What the router's `lists` calls do. */
export function listCalls({
  read,
  enricher,
  clock,
  changes,
  writing,
  onChange,
}: ListCallsDeps): Engine['lists'] {
  const changed = () => {
    changes.mark('lists', 'audit');
    onChange();
  };
  return {
    list: () => read.networkLists(),

    import: async (request) => {
      const { write, audit } = writing();
      const { name, tag, note, from } = request;
      const file = 'text' in from ? readListText(from.text) : await readListFile(from.file);
      const importedAtMs = clock.now();
      const expiresAtMs = expiryOf(request, importedAtMs);
      const { entries, rejected, rejectedLines } = file;
      const change = await write.importList(
        { name, tag, note, importedAtMs, expiresAtMs, entries },
        audit.draft('list.imported', { list: name, tag, expiresAt: isoOrNull(expiresAtMs), rejected }),
      );
      changed();
      return {
        list: named(await read.networkLists(), name),
        ...change,
        rejected,
        rejectedLines: [...rejectedLines],
      };
    },

    remove: async (name) => {
      const { write, audit } = writing();
      await write.removeList(name, audit.draft('list.removed', { list: name }));
      changed();
    },

    check: async ({ address: text, asn: seenIn, at }) => {
      await enricher.ready();
      const facts = enricher.ip(text);
      if (facts === null)
        throw new EngineError('invalid-input', `"${text}" is no IP address.`, { field: 'address' });
      const { address } = facts;
      const asn = seenIn === undefined ? (facts.network?.asn ?? null) : seenIn;
      const atMs = at == null ? clock.now() : Date.parse(at);
      return { address, asn, matches: [...(await read.listMatches({ address, asn, atMs }))] };
    },
  };
}

/** Throws `invalid-input` for a moment that has passed: such a list would count for nothing that comes. */
function expiryOf({ tag, expires }: ListImportRequest, nowMs: number): number | null {
  if (expires === 'never') return null;
  if (expires === 'default') return tag === 'listed' ? nowMs + LISTED_DAYS * DAY_MS : null;
  const expiresAtMs = Date.parse(expires);
  if (expiresAtMs > nowMs) return expiresAtMs;
  throw new EngineError('invalid-input', `${expires} has passed: give a later moment, or "never".`, {
    field: 'expires',
  });
}

function named(lists: readonly NetworkList[], name: string): NetworkList {
  const list = lists.find((each) => each.name === name);
  if (list === undefined) throw new EngineError('conflict', `The list "${name}" was removed meanwhile.`);
  return list;
}

function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
