import type { UserTag } from '../../contract/person.ts';

type Words = { readonly name: string; readonly short: string; readonly does: string };

/** What a user can be, and what the rules make of it. */
export const tagWords = {
  administrator: {
    name: 'Administrator',
    short: 'admin',
    does: 'A new country, network or device weighs one step more; five failed logins are a brute force, and old sessions weigh more.',
  },
  service: {
    name: 'Service account',
    short: 'service',
    does: 'No human being: scripts, data centres and bursts of logins are expected and don’t alert.',
  },
  shared: {
    name: 'Shared account',
    short: 'shared',
    does: 'Several people use it, a mailbox or a kiosk: sessions far apart at once don’t alert.',
  },
} as const satisfies Record<UserTag, Words>;

export const userTags = Object.keys(tagWords) as readonly UserTag[];

/** Whose word a tag is; null where nobody said anything of it. */
export function tagOrigin(
  tag: UserTag,
  { source, tags, toldTags }: { source: string; tags: readonly UserTag[]; toldTags: readonly UserTag[] },
): string | null {
  const [counts, isTold] = [tags.includes(tag), toldTags.includes(tag)];
  if (counts && isTold) return `told by ${source}`;
  if (counts) return 'set by hand';
  return isTold ? `told by ${source}, and taken off by hand` : null;
}
