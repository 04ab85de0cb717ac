/**
 * What rules about sessions as they stand need to know: what a source tells of them and since when it was listed, when the
 * source first said that a session's user is gone, and which of a user's sessions we revoked.
 */
export const watch = `
ALTER TABLE source ADD COLUMN tells_expiry INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN tells_last_seen INTEGER NOT NULL DEFAULT 0;
-- Milliseconds between two polls; NULL: not known.
ALTER TABLE source ADD COLUMN poll_every INTEGER;
ALTER TABLE source ADD COLUMN first_complete_at INTEGER;
UPDATE source SET
  tells_expiry = ifnull(json_extract(config, '$.kind') IN ('7331-hapi', '7331-portal', 'xyrapanel', 'better-auth'), 0),
  first_complete_at = (SELECT min(started_at) FROM sweep JOIN listing ON listing.id = sweep.listing_id
    WHERE listing.source_id = source.id AND sweep.is_complete = 1);

CREATE INDEX revocation_item_by_user ON revocation_item (user_id, source);

-- Sessions whose user is gone, few, and since when that is known: the row itself is written for many reasons.
CREATE TABLE orphan (session_id INTEGER PRIMARY KEY REFERENCES session (id), at INTEGER NOT NULL) STRICT;
CREATE INDEX orphan_by_time ON orphan (at);
INSERT INTO orphan (session_id, at) SELECT id, last_observed_at FROM session WHERE is_user_gone = 1;
CREATE TRIGGER session_began_orphaned AFTER INSERT ON session WHEN new.is_user_gone = 1 BEGIN
  INSERT INTO orphan (session_id, at) VALUES (new.id, new.last_observed_at);
END;
CREATE TRIGGER session_was_orphaned AFTER UPDATE OF is_user_gone ON session
WHEN new.is_user_gone = 1 AND old.is_user_gone = 0 BEGIN
  INSERT INTO orphan (session_id, at) VALUES (new.id, new.last_observed_at);
END;
CREATE TRIGGER session_was_adopted AFTER UPDATE OF is_user_gone ON session
WHEN new.is_user_gone = 0 AND old.is_user_gone = 1 BEGIN
  DELETE FROM orphan WHERE session_id = old.id;
END;
CREATE TRIGGER session_took_its_orphan BEFORE DELETE ON session WHEN old.is_user_gone = 1 BEGIN
  DELETE FROM orphan WHERE session_id = old.id;
END;
`;
