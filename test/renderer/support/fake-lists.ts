import { LISTED_DAYS } from '../../../src/contract/list-tags.ts';
import type { NetworkList } from '../../../src/contract/lists.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { EngineError } from '../../../src/engine/errors.ts';

const DAY_MS = 86_400_000;

/** Two lists, to which more can be added as text: every line that holds a letter is rejected. */
export function fakeLists(nowMs: number): Engine['lists'] {
  const daysFromNow = (days: number) => new Date(nowMs + days * DAY_MS).toISOString();
  let lists: readonly NetworkList[] = [
    {
      name: 'Tor exits',
      tag: 'tor',
      note: 'check.torproject.org/torbulkexitlist',
      entries: 1_498,
      past: 212,
      addedAt: daysFromNow(-40),
      importedAt: daysFromNow(-1),
      expiresAt: null,
    },
    {
      name: 'case 42',
      tag: 'listed',
      note: null,
      entries: 0,
      past: 5,
      addedAt: daysFromNow(-31),
      importedAt: daysFromNow(-31),
      expiresAt: daysFromNow(-1),
    },
  ];
  return {
    list: async () => lists,
    import: async ({ name, tag, note, expires, from }) => {
      if ('file' in from)
        throw new EngineError('invalid-input', '"none.txt" does not exist.', { field: 'from' });
      const lines = from.text.split('\n');
      const rejectedLines = lines.flatMap((text, index) =>
        /[g-z]/.test(text) ? [{ line: index + 1, why: 'No address.' }] : [],
      );
      const added = lines.length - rejectedLines.length;
      const isByDefault = expires === 'default' && tag === 'listed';
      const list = {
        ...{ name, tag, note, entries: added, past: 0, addedAt: daysFromNow(0), importedAt: daysFromNow(0) },
        expiresAt: isByDefault ? daysFromNow(LISTED_DAYS) : null,
      };
      lists = [...lists.filter((each) => each.name !== name), list];
      return { list, added, kept: 0, ended: 0, rejected: rejectedLines.length, rejectedLines };
    },
    remove: async (name) => {
      lists = lists.filter((list) => list.name !== name);
    },
    check: async ({ address, asn = null }) => ({
      address,
      asn,
      matches: address.startsWith('203.0.')
        ? [
            {
              list: 'case 42',
              tag: 'listed',
              entry: '203.0.0.0/16',
              from: null,
              until: null,
              inForce: true,
            },
          ]
        : [],
    }),
  };
}
