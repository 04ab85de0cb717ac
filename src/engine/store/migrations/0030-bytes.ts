import { keyBytes } from '../../query/key-bytes.ts';
import { packTelling, tellingText } from '../finding-telling.ts';

/**
 * The same in fewer bytes. Keys of sessions are stored as the 130 bits they are, what a finding tells is packed, and an
 * index goes where less says the same: an address is known by its sort key, a key by its first bytes, and the moment at
 * which a session was first observed by its number, because rows are numbered as they come.
 */
export const bytes = `
-- Triggers name the tables that are made anew: they come again at the end.
DROP TRIGGER session_counted_in;
DROP TRIGGER session_counted_out;
DROP TRIGGER session_counted_anew;
DROP TRIGGER session_counted_by_user;
DROP TRIGGER finding_counted_in;
DROP TRIGGER finding_counted_out;
DROP TRIGGER finding_counted_by_state;

-- In the order of each figure that is counted of them: a megabyte each for a hundred thousand users.
CREATE INDEX user_by_sessions ON user (sessions);
CREATE INDEX user_by_live_sessions ON user (live_sessions);
CREATE INDEX user_by_open_findings ON user (open_findings);

CREATE TABLE packed_session (
  id INTEGER PRIMARY KEY,
  key BLOB NOT NULL,
  source_id INTEGER NOT NULL REFERENCES source (id),
  listing_id INTEGER NOT NULL REFERENCES listing (id),
  user_id INTEGER NOT NULL REFERENCES user (id),
  state INTEGER NOT NULL,
  is_current INTEGER,
  started_at INTEGER,
  started_quality INTEGER NOT NULL,
  last_seen_at INTEGER,
  expires_at INTEGER,
  first_observed_at INTEGER NOT NULL,
  last_observed_at INTEGER NOT NULL,
  ended_at INTEGER,
  ip_id INTEGER,
  place_id INTEGER,
  network_id INTEGER,
  agent_id INTEGER,
  device_id INTEGER NOT NULL,
  is_own_poll INTEGER NOT NULL,
  is_user_gone INTEGER NOT NULL,
  impersonated_by TEXT,
  hint TEXT NOT NULL,
  observations INTEGER NOT NULL,
  tells_login INTEGER NOT NULL DEFAULT 0,
  tells_end INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO packed_session
  SELECT id, key_bytes(key), source_id, listing_id, user_id, state, is_current, started_at, started_quality,
    last_seen_at, expires_at, first_observed_at, last_observed_at, ended_at, ip_id, place_id, network_id, agent_id,
    device_id, is_own_poll, is_user_gone, impersonated_by, hint, observations, tells_login, tells_end
  FROM session ORDER BY id;
DROP TABLE session;
ALTER TABLE packed_session RENAME TO session;
CREATE INDEX session_by_key ON session (substr(key, 1, 4));
CREATE INDEX session_by_source ON session (source_id, state);
CREATE INDEX session_by_user ON session (user_id);
CREATE INDEX session_by_ip ON session (ip_id);
CREATE INDEX session_by_place ON session (place_id);
CREATE INDEX session_by_network ON session (network_id);
CREATE INDEX session_by_agent ON session (agent_id);
CREATE INDEX session_by_device ON session (device_id);
CREATE INDEX session_by_start ON session (started_at, tells_login);
CREATE INDEX session_by_last_seen ON session (last_seen_at);
CREATE INDEX session_by_expiry ON session (expires_at);
CREATE INDEX session_by_end ON session (ended_at, tells_end) WHERE ended_at IS NOT NULL;
CREATE INDEX session_doubtful ON session (started_quality) WHERE started_quality > 0;
CREATE INDEX session_current ON session (is_current) WHERE is_current = 1;
CREATE INDEX session_by_hint ON session (lower(hint));
CREATE INDEX session_by_impersonator ON session (lower(impersonated_by)) WHERE lower(impersonated_by) IS NOT NULL;

-- When the sessions were first observed, by the thousand of their numbers: as numbers rise with time (a clock that was
-- set back aside), a stretch of time is a stretch of numbers.
CREATE TABLE arrival (
  thousand INTEGER PRIMARY KEY,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL
) STRICT;
INSERT INTO arrival (thousand, first_at, last_at)
  SELECT id / 1000, min(first_observed_at), max(first_observed_at) FROM session GROUP BY 1;
CREATE TABLE packed_alias (
  key BLOB PRIMARY KEY,
  session_id INTEGER NOT NULL REFERENCES session (id)
) STRICT, WITHOUT ROWID;
INSERT INTO packed_alias (key, session_id) SELECT key_bytes(key), session_id FROM session_alias;
DROP TABLE session_alias;
ALTER TABLE packed_alias RENAME TO session_alias;
CREATE INDEX session_alias_by_session ON session_alias (session_id);

-- One spelling and one sort key for each address. class: a code, 0 for public.
CREATE TABLE packed_ip (
  id INTEGER PRIMARY KEY,
  address TEXT NOT NULL,
  sort_key BLOB,
  class INTEGER NOT NULL
) STRICT;
INSERT INTO packed_ip (id, address, sort_key, class)
  SELECT id, address, sort_key, CASE class WHEN 'public' THEN 0 WHEN 'private' THEN 1 WHEN 'loopback' THEN 2
    WHEN 'link-local' THEN 3 WHEN 'carrier-nat' THEN 4 WHEN 'unique-local' THEN 5 WHEN 'documentation' THEN 6
    WHEN 'multicast' THEN 7 ELSE 8 END
  FROM ip ORDER BY id;
DROP TABLE ip;
ALTER TABLE packed_ip RENAME TO ip;
CREATE UNIQUE INDEX ip_by_sort_key ON ip (sort_key);
CREATE UNIQUE INDEX ip_without_sort_key ON ip (address) WHERE sort_key IS NULL;
CREATE INDEX ip_not_public ON ip (class) WHERE class <> 0;

-- telling: title, explanation and evidence; nothing is searched in them.
CREATE TABLE packed_finding (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  public_id TEXT NOT NULL UNIQUE,
  user_id INTEGER NOT NULL REFERENCES user (id),
  rule TEXT NOT NULL,
  severity INTEGER NOT NULL,
  score REAL NOT NULL,
  at INTEGER NOT NULL,
  telling BLOB NOT NULL,
  state INTEGER NOT NULL,
  verdict TEXT,
  suppressed_by TEXT,
  incident TEXT
) STRICT;
INSERT INTO packed_finding
  SELECT id, public_id, user_id, rule, severity, score, at, packed_telling(title, explanation, evidence), state, verdict,
    suppressed_by, incident
  FROM finding ORDER BY id;
-- Numbers of findings that are gone stay theirs.
DELETE FROM sqlite_sequence WHERE name = 'packed_finding';
INSERT INTO sqlite_sequence (name, seq) SELECT 'packed_finding', seq FROM sqlite_sequence WHERE name = 'finding';
DROP TABLE finding;
ALTER TABLE packed_finding RENAME TO finding;
CREATE INDEX finding_by_time ON finding (at);
CREATE INDEX finding_by_severity ON finding (severity);
CREATE INDEX finding_by_score ON finding (score);
CREATE INDEX finding_by_rule ON finding (rule);
CREATE INDEX finding_by_user ON finding (user_id, state);
CREATE INDEX finding_by_state ON finding (state, severity);

-- An index over a part of the key can't keep it unique.
CREATE TRIGGER session_key_is_new BEFORE INSERT ON session
WHEN EXISTS (SELECT 1 FROM session WHERE substr(key, 1, 4) = substr(new.key, 1, 4) AND key = new.key)
BEGIN SELECT RAISE(ABORT, 'a session of this key is stored already'); END;
CREATE TRIGGER session_arrived AFTER INSERT ON session BEGIN
  INSERT INTO arrival (thousand, first_at, last_at)
    VALUES (new.id / 1000, new.first_observed_at, new.first_observed_at)
    ON CONFLICT DO UPDATE SET first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at)
      WHERE excluded.first_at < first_at OR excluded.last_at > last_at;
END;
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

/** What the step calls. */
export const bytesFunctions = {
  key_bytes: keyBytes,
  packed_telling: (title: string, explanation: string, evidence: string) =>
    packTelling(
      null,
      tellingText({
        words: { title, explanation },
        evidence: JSON.parse(evidence) as Record<string, unknown>,
      }),
    ),
};
