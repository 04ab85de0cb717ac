import type { ListTag } from '../../../contract/list-tags.ts';
import type { PackedEntries } from '../../enrich/packed-entries.ts';

/** A list as it is imported: the first version of a name, or one that takes the place of the version before. */
export type ListVersion = {
  readonly name: string;
  readonly tag: ListTag;
  readonly note: string | null;
  readonly importedAtMs: number;
  /** When its entries stop to count; null: never. */
  readonly expiresAtMs: number | null;
  /** In any order; the same one twice is one. */
  readonly entries: PackedEntries;
};

/** How many entries are new, were in the version before as well, or were only in that. */
export type ListChange = { readonly added: number; readonly kept: number; readonly ended: number };

/** A list that changed since the users on it were last judged. */
export type ChangedList = {
  readonly id: number;
  readonly version: number;
  /** Entries of versions after this one are new. */
  readonly judgedVersion: number;
  readonly isRemoved: boolean;
};
