/**
 * Who says what of users: who linked or parted them by hand and when, and which tags are the source's word and which are
 * the analyst's. “user_tag” stays what the rules read.
 */
export const origins = `
-- NULL: an equal e-mail made the person, or nobody did.
ALTER TABLE user ADD COLUMN person_by TEXT;
ALTER TABLE user ADD COLUMN person_at INTEGER;

-- Until now only the audit kept it.
WITH decision AS MATERIALIZED (
  SELECT audit.seq, audit.actor, CAST(round(unixepoch(audit.at, 'subsec') * 1000) AS INTEGER) AS at,
    json_extract(named.value, '$.source') AS source, json_extract(named.value, '$.userId') AS user_id
  FROM audit CROSS JOIN json_each(CASE audit.action
    WHEN 'persons.linked' THEN json_extract(audit.detail, '$.users')
    ELSE json_array(json_extract(audit.detail, '$.user')) END) AS named
  WHERE audit.action IN ('persons.linked', 'persons.unlinked')
)
UPDATE user SET (person_by, person_at) = (
  SELECT actor, at FROM decision JOIN source ON source.name = decision.source
  WHERE source.id = user.source_id AND decision.user_id = user.external_id ORDER BY seq DESC LIMIT 1
) WHERE is_person_by_hand = 1;

-- A user has a tag if the analyst said so (said = 1), or said nothing (NULL) and the source tells it.
CREATE TABLE user_tag_word (
  user_id INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
  tag TEXT NOT NULL,
  is_told INTEGER NOT NULL,
  said INTEGER,
  PRIMARY KEY (user_id, tag)
) STRICT, WITHOUT ROWID;
INSERT INTO user_tag_word (user_id, tag, is_told, said) SELECT user_id, tag, 0, 1 FROM user_tag;
`;
