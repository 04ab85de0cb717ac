import { LISTED_DAYS, type ListTag } from '../../contract/list-tags.ts';
import type { ListImportRequest } from '../../contract/lists.ts';
import type { ChosenList } from './choose-list.tsx';

const DAY_MS = 86_400_000;

/** A list as it is being put together. */
export type ListDraft = {
  readonly name: string;
  readonly tag: ListTag;
  readonly note: string;
  /** After how many days it expires, or `never`. */
  readonly days: string;
  readonly typed: string;
  /** A file in place of what is typed. */
  readonly chosen: ChosenList | null;
};

export const emptyDraft: ListDraft = {
  name: '',
  tag: 'listed',
  note: '',
  days: usualDays('listed'),
  typed: '',
  chosen: null,
};

/** What the engine would choose. */
export function usualDays(tag: ListTag): string {
  return tag === 'listed' ? String(LISTED_DAYS) : 'never';
}

/** Null while something is missing. */
export function importRequestOf(draft: ListDraft, nowMs: number): ListImportRequest | null {
  const { name, tag, note, days, typed, chosen } = draft;
  if (name.trim() === '' || (chosen === null && typed.trim() === '')) return null;
  return {
    name,
    tag,
    note: note.trim() === '' ? null : note,
    expires: days === 'never' ? 'never' : new Date(nowMs + Number(days) * DAY_MS).toISOString(),
    from: chosen?.from ?? { text: typed },
  };
}
