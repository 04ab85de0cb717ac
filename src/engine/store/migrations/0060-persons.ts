/**
 * Users of several sources as one person. Adapters keep only e-mail addresses that their source calls verified, so an equal
 * address is the same mailbox. What an analyst linked or parted (`is_person_by_hand`) no address changes again.
 */
export const persons = `
CREATE TABLE person (id INTEGER PRIMARY KEY AUTOINCREMENT, email_folded TEXT) STRICT;
ALTER TABLE user ADD COLUMN is_person_by_hand INTEGER NOT NULL DEFAULT 0;
INSERT INTO person (email_folded)
  SELECT email_folded FROM user WHERE email_folded IS NOT NULL GROUP BY email_folded HAVING count(*) > 1;
UPDATE user SET person_id = 'p' || (SELECT id FROM person WHERE person.email_folded = user.email_folded)
  WHERE email_folded IN (SELECT email_folded FROM person);
ALTER TABLE person DROP COLUMN email_folded;

CREATE TABLE user_tag (
  user_id INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
  tag TEXT NOT NULL,
  PRIMARY KEY (user_id, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX user_by_tag ON user_tag (tag, user_id);
`;
