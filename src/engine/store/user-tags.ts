import type { UserRef, UserTag } from '../../contract/person.ts';
import type { Db } from './database.ts';
import { numberOf } from './persons.ts';
import type { UserNumber } from './user-number.ts';

/**
 * Sets all tags of a user by hand. Only what differs from what counts now is the analyst's word: where both agree the
 * source's goes on to count, also when it changes.
 */
export function tagUser(db: Db, ref: UserRef, tags: readonly UserTag[]): readonly UserNumber[] {
  const user = numberOf(db, ref);
  db.prepare(
    `INSERT INTO user_tag_word (user_id, tag, is_told, said)
     SELECT @user, value, 0, 1 FROM json_each(@tags) AS wanted
     WHERE value NOT IN (SELECT tag FROM user_tag WHERE user_id = @user)
     ON CONFLICT DO UPDATE SET said = iif(is_told = 1, NULL, 1)`,
  ).run({ user, tags: JSON.stringify(tags) });
  db.prepare(
    `UPDATE user_tag_word SET said = iif(is_told = 1, 0, NULL)
     WHERE user_id = @user AND tag NOT IN (SELECT value FROM json_each(@tags)) AND coalesce(said, is_told) = 1`,
  ).run({ user, tags: JSON.stringify(tags) });
  settleTags(db, user);
  return [user];
}

/** What the source tells from now on; the analyst's word stays. */
export function tellTags(db: Db, user: UserNumber, tags: readonly UserTag[]): void {
  db.prepare(
    `UPDATE user_tag_word SET is_told = 0
     WHERE user_id = @user AND tag NOT IN (SELECT value FROM json_each(@tags))`,
  ).run({ user, tags: JSON.stringify(tags) });
  db.prepare(
    `INSERT INTO user_tag_word (user_id, tag, is_told) SELECT @user, value, 1 FROM json_each(@tags) AS told WHERE true
     ON CONFLICT DO UPDATE SET is_told = 1`,
  ).run({ user, tags: JSON.stringify(tags) });
  settleTags(db, user);
}

/** Makes the tags that the rules read what the words say; words that say nothing go. */
function settleTags(db: Db, user: UserNumber): void {
  db.prepare('DELETE FROM user_tag_word WHERE user_id = ? AND is_told = 0 AND said IS NULL').run(user);
  db.prepare('DELETE FROM user_tag WHERE user_id = ?').run(user);
  db.prepare(
    `INSERT INTO user_tag (user_id, tag)
     SELECT user_id, tag FROM user_tag_word WHERE user_id = ? AND coalesce(said, is_told) = 1`,
  ).run(user);
}
