/**
 * What is counted and flagged at a million sessions. Whom a rule tells of, or how badly, is read from an index alone; a
 * severity's index also knows the states, so that those need none of their own. Sessions are counted by device too.
 */
export const counted = `
DROP INDEX finding_by_rule;
CREATE INDEX finding_by_rule ON finding (rule, state, user_id);
DROP INDEX finding_by_severity;
DROP INDEX finding_by_state;
CREATE INDEX finding_by_severity ON finding (severity, state, user_id);
-- What the map may flag.
CREATE INDEX finding_alerting ON finding (severity, rule) WHERE state = 0 AND severity >= 2;

-- With this an index alone tells of which sources no session tells a login.
DROP INDEX session_by_source;
CREATE INDEX session_by_source ON session (source_id, state, tells_login);

DROP TRIGGER session_counted_in;
DROP TRIGGER session_counted_out;
DROP TRIGGER session_counted_anew;
DROP TABLE tally;
-- place_id: 0 for none.
CREATE TABLE session_tally (
  source_id INTEGER NOT NULL REFERENCES source (id),
  state INTEGER NOT NULL,
  place_id INTEGER NOT NULL,
  device_id INTEGER NOT NULL,
  sessions INTEGER NOT NULL,
  PRIMARY KEY (source_id, state, place_id, device_id)
) STRICT, WITHOUT ROWID;
INSERT INTO session_tally (source_id, state, place_id, device_id, sessions)
  SELECT source_id, state, ifnull(place_id, 0), device_id, count(*) FROM session GROUP BY 1, 2, 3, 4;
CREATE TRIGGER session_counted_in AFTER INSERT ON session BEGIN
  INSERT INTO session_tally (source_id, state, place_id, device_id, sessions)
    VALUES (new.source_id, new.state, ifnull(new.place_id, 0), new.device_id, 1)
    ON CONFLICT DO UPDATE SET sessions = sessions + 1;
  UPDATE user SET sessions = sessions + 1, live_sessions = live_sessions + (new.state < 2) WHERE id = new.user_id;
END;
CREATE TRIGGER session_counted_out AFTER DELETE ON session BEGIN
  UPDATE session_tally SET sessions = sessions - 1 WHERE source_id = old.source_id AND state = old.state
    AND place_id = ifnull(old.place_id, 0) AND device_id = old.device_id;
  UPDATE user SET sessions = sessions - 1, live_sessions = live_sessions - (old.state < 2) WHERE id = old.user_id;
END;
CREATE TRIGGER session_counted_anew AFTER UPDATE OF state, place_id, device_id ON session
WHEN old.state <> new.state OR old.place_id IS NOT new.place_id OR old.device_id <> new.device_id BEGIN
  UPDATE session_tally SET sessions = sessions - 1 WHERE source_id = old.source_id AND state = old.state
    AND place_id = ifnull(old.place_id, 0) AND device_id = old.device_id;
  INSERT INTO session_tally (source_id, state, place_id, device_id, sessions)
    VALUES (new.source_id, new.state, ifnull(new.place_id, 0), new.device_id, 1)
    ON CONFLICT DO UPDATE SET sessions = sessions + 1;
END;
`;
