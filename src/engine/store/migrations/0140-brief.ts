/**
 * Findings in fewer bytes. Their ids are stored as the 104 bits they are, their scores, which follow from their severities, not at
 * all, and what lists of sessions tell as lines of values (`listed-telling.ts`), which earlier versions can't read.
 */
export const brief = `
CREATE TABLE brief_finding (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  public_id BLOB NOT NULL UNIQUE,
  user_id INTEGER NOT NULL REFERENCES user (id),
  rule TEXT NOT NULL,
  severity INTEGER NOT NULL,
  at INTEGER NOT NULL,
  telling BLOB NOT NULL,
  -- As it is, and as the rule said.
  state INTEGER NOT NULL,
  said_state INTEGER NOT NULL,
  -- A mark of what the rule says of it; 0: never computed.
  content INTEGER NOT NULL,
  incident_id INTEGER REFERENCES incident (id),
  -- Where it came from, for grouping into incidents.
  prefix TEXT,
  asn INTEGER,
  client TEXT,
  -- Dictionary entries that the telling refers to.
  ip_id INTEGER,
  place_id INTEGER,
  network_id INTEGER,
  agent_id INTEGER,
  device_id INTEGER,
  suppressed_by TEXT,
  suppression_id INTEGER REFERENCES suppression (id),
  verdict TEXT,
  verdict_at INTEGER,
  verdict_by TEXT,
  verdict_reason TEXT,
  duplicate_of TEXT
) STRICT;
INSERT INTO brief_finding
  SELECT id, unhex(public_id), user_id, rule, severity, at, telling, state, said_state, content, incident_id, prefix, asn, client,
    ip_id, place_id, network_id, agent_id, device_id, suppressed_by, suppression_id, verdict, verdict_at, verdict_by,
    verdict_reason, duplicate_of
  FROM finding ORDER BY id;
-- Numbers of findings that are gone stay theirs.
DELETE FROM sqlite_sequence WHERE name = 'brief_finding';
INSERT INTO sqlite_sequence (name, seq) SELECT 'brief_finding', seq FROM sqlite_sequence WHERE name = 'finding';
DROP TABLE finding;
ALTER TABLE brief_finding RENAME TO finding;
CREATE INDEX finding_by_time ON finding (at);
CREATE INDEX finding_by_severity ON finding (severity, state, user_id);
CREATE INDEX finding_by_rule ON finding (rule, state, user_id);
CREATE INDEX finding_by_user ON finding (user_id, state);
CREATE INDEX finding_alerting ON finding (severity, rule) WHERE state = 0 AND severity >= 2;
CREATE INDEX finding_by_incident ON finding (incident_id) WHERE incident_id IS NOT NULL;
CREATE INDEX finding_by_verdict ON finding (verdict, user_id) WHERE verdict IS NOT NULL;
CREATE INDEX finding_by_suppression ON finding (suppression_id) WHERE suppression_id IS NOT NULL;
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
