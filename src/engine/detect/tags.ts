import type { UserTag } from '../../contract/person.ts';
import type { PersonFacts, Sighting } from './facts.ts';

/** Whether the user behind a sighting has a tag. */
export function isTagged(
  { users }: PersonFacts,
  { source, userId }: Pick<Sighting, 'source' | 'userId'>,
  tag: UserTag,
): boolean {
  return users.some((user) => user.source === source && user.userId === userId && user.tags.includes(tag));
}
