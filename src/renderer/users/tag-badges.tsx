import type { User } from '../../contract/user.ts';
import { ToneBadge } from '../badge/tone-badge.tsx';
import { visibleString } from '../text/visible-text.ts';
import { tagOrigin, tagWords } from './tag-words.ts';

/** What a user is, in a word each; hovering tells whose word it is. */
export function TagBadges({ user }: { user: Pick<User, 'source' | 'tags' | 'toldTags'> }) {
  return user.tags.map((tag) => (
    <ToneBadge
      key={tag}
      tone={tag === 'administrator' ? 'medium' : 'info'}
      title={visibleString(`${tagWords[tag].name}, ${tagOrigin(tag, user) ?? ''}`)}
    >
      {tagWords[tag].short}
    </ToneBadge>
  ));
}
