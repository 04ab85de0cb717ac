import type { Severity } from '../../contract/rules.ts';
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

const oneUp = { info: 'low', low: 'medium', medium: 'high', high: 'critical', critical: 'critical' } as const;

/** What an administrator does in a new context weighs one step more (detections 4.7, C4). */
export function raisedForAdministrators(
  severity: Severity,
  facts: PersonFacts,
  subject: Pick<Sighting, 'source' | 'userId'>,
): Severity {
  return isTagged(facts, subject, 'administrator') ? oneUp[severity] : severity;
}
