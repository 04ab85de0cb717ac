/**
 * A million sessions on a laptop. What follows from a session's row is no longer stored beside it, what the overview
 * counts is counted as it is written, and every common field has an index behind it.
 */
export const lean = `
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- The login and the end that nobody reported: read from the session itself for as long as its row still says them, and
-- stored as events just before it stops to (it moved, it came back).
ALTER TABLE session ADD COLUMN tells_login INTEGER NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN tells_end INTEGER NOT NULL DEFAULT 0;

UPDATE session SET tells_login = 1 WHERE id IN (
  SELECT e.session_id FROM event AS e JOIN session AS s ON s.id = e.session_id
  WHERE e.origin = 1 AND e.kind = 0 AND e.user_id = s.user_id AND e.at = s.started_at AND e.ip_id IS s.ip_id
    AND e.place_id IS s.place_id AND e.network_id IS s.network_id AND e.agent_id IS s.agent_id
    AND e.device_id IS s.device_id);
UPDATE session SET tells_end = 1 WHERE id IN (
  SELECT e.session_id FROM event AS e JOIN session AS s ON s.id = e.session_id
  WHERE e.origin = 1 AND e.kind = 3 AND e.user_id = s.user_id AND e.at = s.ended_at AND e.ip_id IS s.ip_id
    AND e.place_id IS s.place_id AND e.network_id IS s.network_id AND e.agent_id IS s.agent_id
    AND e.device_id IS s.device_id);
DELETE FROM event WHERE origin = 1 AND kind = 0 AND EXISTS (
  SELECT 1 FROM session AS s WHERE s.id = event.session_id AND s.tells_login = 1 AND s.started_at = event.at);
DELETE FROM event WHERE origin = 1 AND kind = 3 AND EXISTS (
  SELECT 1 FROM session AS s WHERE s.id = event.session_id AND s.tells_end = 1 AND s.ended_at = event.at);

-- Indexes: what each filter and each order starts from.
-- The flags stand in these, so that the events that rows tell of are found without looking at the rows.
DROP INDEX session_by_start;
CREATE INDEX session_by_start ON session (started_at, tells_login);
DROP INDEX session_by_end;
CREATE INDEX session_by_end ON session (ended_at, tells_end) WHERE ended_at IS NOT NULL;
DROP INDEX session_by_source;
CREATE INDEX session_by_source ON session (source_id, state);
CREATE INDEX session_doubtful ON session (started_quality) WHERE started_quality > 0;
CREATE INDEX session_current ON session (is_current) WHERE is_current = 1;
CREATE INDEX session_by_hint ON session (lower(hint));
CREATE INDEX session_by_impersonator ON session (lower(impersonated_by)) WHERE lower(impersonated_by) IS NOT NULL;
CREATE INDEX ip_not_public ON ip (class) WHERE class <> 'public';
-- Still what makes an event one: same user, moment, kind, address, user agent and session.
DROP INDEX event_once;
CREATE UNIQUE INDEX event_by_user ON event (
  user_id, at, kind, ifnull(ip_id, 0), ifnull(agent_id, 0), ifnull(session_id, 0), ifnull(session_key, '')
);
CREATE INDEX event_by_network ON event (network_id);
CREATE INDEX event_by_agent ON event (agent_id);
CREATE INDEX event_by_device ON event (device_id);
DROP INDEX finding_by_state;
CREATE INDEX finding_by_state ON finding (state, severity);

-- Texts for "contains": trigrams of what repeats, so that a million sessions need those of a few thousand texts.
CREATE VIRTUAL TABLE agent_text USING fts5 (
  folded, content = 'agent', content_rowid = 'id', columnsize = 0, detail = 'none', tokenize = 'trigram case_sensitive 1');
CREATE VIRTUAL TABLE user_text USING fts5 (
  name_folded, external_id_folded, email_folded,
  content = 'user', content_rowid = 'id', columnsize = 0, detail = 'none', tokenize = 'trigram case_sensitive 1');
INSERT INTO agent_text (agent_text) VALUES ('rebuild');
INSERT INTO user_text (user_text) VALUES ('rebuild');
CREATE TRIGGER agent_text_added AFTER INSERT ON agent BEGIN
  INSERT INTO agent_text (rowid, folded) VALUES (new.id, new.folded);
END;
CREATE TRIGGER agent_text_removed AFTER DELETE ON agent BEGIN
  INSERT INTO agent_text (agent_text, rowid, folded) VALUES ('delete', old.id, old.folded);
END;
CREATE TRIGGER user_text_added AFTER INSERT ON user BEGIN
  INSERT INTO user_text (rowid, name_folded, external_id_folded, email_folded)
  VALUES (new.id, new.name_folded, new.external_id_folded, new.email_folded);
END;
CREATE TRIGGER user_text_removed AFTER DELETE ON user BEGIN
  INSERT INTO user_text (user_text, rowid, name_folded, external_id_folded, email_folded)
  VALUES ('delete', old.id, old.name_folded, old.external_id_folded, old.email_folded);
END;
CREATE TRIGGER user_text_changed AFTER UPDATE OF name_folded, external_id_folded, email_folded ON user BEGIN
  INSERT INTO user_text (user_text, rowid, name_folded, external_id_folded, email_folded)
  VALUES ('delete', old.id, old.name_folded, old.external_id_folded, old.email_folded);
  INSERT INTO user_text (rowid, name_folded, external_id_folded, email_folded)
  VALUES (new.id, new.name_folded, new.external_id_folded, new.email_folded);
END;

-- No session that expired by then is stored as live: the ones that expired since are a short stretch of an index.
CREATE TABLE settled (id INTEGER PRIMARY KEY CHECK (id = 1), until INTEGER NOT NULL) STRICT;
INSERT INTO settled (id, until) VALUES (1, 0);

-- Counts, kept by triggers so that no way of writing can forget them. \`state\` is the stored one: sessions whose expiry
-- passed since they were last settled are counted as live until they are. place_id is 0 for sessions without a place.
CREATE TABLE tally (
  source_id INTEGER NOT NULL REFERENCES source (id),
  state INTEGER NOT NULL,
  place_id INTEGER NOT NULL,
  sessions INTEGER NOT NULL,
  PRIMARY KEY (source_id, state, place_id)
) STRICT, WITHOUT ROWID;
ALTER TABLE user ADD COLUMN sessions INTEGER NOT NULL DEFAULT 0;
ALTER TABLE user ADD COLUMN live_sessions INTEGER NOT NULL DEFAULT 0;
ALTER TABLE user ADD COLUMN open_findings INTEGER NOT NULL DEFAULT 0;
INSERT INTO tally (source_id, state, place_id, sessions)
  SELECT source_id, state, ifnull(place_id, 0), count(*) FROM session GROUP BY 1, 2, 3;
UPDATE user SET sessions = (SELECT count(*) FROM session WHERE user_id = user.id),
  live_sessions = (SELECT count(*) FROM session WHERE user_id = user.id AND state < 2),
  open_findings = (SELECT count(*) FROM finding WHERE user_id = user.id AND state = 0);

CREATE TRIGGER session_counted_in AFTER INSERT ON session BEGIN
  INSERT INTO tally (source_id, state, place_id, sessions) VALUES (new.source_id, new.state, ifnull(new.place_id, 0), 1)
    ON CONFLICT DO UPDATE SET sessions = sessions + 1;
  UPDATE user SET sessions = sessions + 1, live_sessions = live_sessions + (new.state < 2) WHERE id = new.user_id;
END;
CREATE TRIGGER session_counted_out AFTER DELETE ON session BEGIN
  UPDATE tally SET sessions = sessions - 1
    WHERE source_id = old.source_id AND state = old.state AND place_id = ifnull(old.place_id, 0);
  UPDATE user SET sessions = sessions - 1, live_sessions = live_sessions - (old.state < 2) WHERE id = old.user_id;
END;
CREATE TRIGGER session_counted_anew AFTER UPDATE OF state, place_id ON session
WHEN old.state <> new.state OR old.place_id IS NOT new.place_id BEGIN
  UPDATE tally SET sessions = sessions - 1
    WHERE source_id = old.source_id AND state = old.state AND place_id = ifnull(old.place_id, 0);
  INSERT INTO tally (source_id, state, place_id, sessions) VALUES (new.source_id, new.state, ifnull(new.place_id, 0), 1)
    ON CONFLICT DO UPDATE SET sessions = sessions + 1;
END;
CREATE TRIGGER session_counted_by_user AFTER UPDATE OF state, user_id ON session
WHEN (old.state < 2) <> (new.state < 2) OR old.user_id <> new.user_id BEGIN
  UPDATE user SET sessions = sessions - 1, live_sessions = live_sessions - (old.state < 2) WHERE id = old.user_id;
  UPDATE user SET sessions = sessions + 1, live_sessions = live_sessions + (new.state < 2) WHERE id = new.user_id;
END;
CREATE TRIGGER finding_counted_in AFTER INSERT ON finding WHEN new.state = 0 BEGIN
  UPDATE user SET open_findings = open_findings + 1 WHERE id = new.user_id;
END;
CREATE TRIGGER finding_counted_out AFTER DELETE ON finding WHEN old.state = 0 BEGIN
  UPDATE user SET open_findings = open_findings - 1 WHERE id = old.user_id;
END;
CREATE TRIGGER finding_counted_by_state AFTER UPDATE OF state ON finding WHEN (old.state = 0) <> (new.state = 0) BEGIN
  UPDATE user SET open_findings = open_findings + (new.state = 0) - (old.state = 0) WHERE id = new.user_id;
END;
`;
