import type { Sighting } from './facts.ts';

type Owned = Pick<Sighting, 'source' | 'userId'>;

/** What belongs to each user, in the same order: accounts are attacked one by one. */
export function byUser<Item extends Owned>(items: readonly Item[]): readonly (readonly Item[])[] {
  const [first] = items;
  if (first === undefined) return [];
  // Most people are one user.
  if (items.every(({ source, userId }) => source === first.source && userId === first.userId)) return [items];
  const lists = new Map<string, Item[]>();
  for (const item of items) {
    const user = JSON.stringify([item.source, item.userId]);
    const list = lists.get(user);
    if (list === undefined) lists.set(user, [item]);
    else list.push(item);
  }
  return [...lists.values()];
}
