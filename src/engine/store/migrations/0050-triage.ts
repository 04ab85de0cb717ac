/**
 * From findings to decisions. Incidents are what an analyst works on; they are made from the findings of a person and keep
 * their number, assignee and notes whatever joins them. A finding remembers what its rule said (`said_state`), so that a
 * verdict can be taken back and a suppression be ended.
 */
export const triage = `
CREATE TABLE incident (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES user (id),
  state INTEGER NOT NULL,
  severity INTEGER NOT NULL,
  -- As of the last finding; rank orders incidents as their scores fade, all at the same pace. Null where nothing counts.
  score REAL NOT NULL,
  rank REAL,
  is_confirmed INTEGER NOT NULL,
  is_alerting INTEGER NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  assignee TEXT,
  assignee_folded TEXT
) STRICT;
CREATE INDEX incident_by_public_id ON incident ('i' || id);
CREATE INDEX incident_by_user ON incident (user_id);
CREATE INDEX incident_by_state ON incident (state, is_alerting, severity);
CREATE INDEX incident_by_severity ON incident (severity);
CREATE INDEX incident_by_rank ON incident (rank);
CREATE INDEX incident_by_first ON incident (first_at);
CREATE INDEX incident_by_last ON incident (last_at);
CREATE INDEX incident_by_assignee ON incident (assignee_folded);

-- What an incident was called before it became part of an older one.
CREATE TABLE incident_alias (
  id INTEGER PRIMARY KEY,
  incident_id INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX incident_alias_by_incident ON incident_alias (incident_id);

CREATE TABLE incident_note (
  id INTEGER PRIMARY KEY,
  incident_id INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX incident_note_by_incident ON incident_note (incident_id);

-- scope: JSON of the contract's shape.
CREATE TABLE suppression (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  scope TEXT NOT NULL,
  reason TEXT NOT NULL,
  owner TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  ended_at INTEGER,
  hits INTEGER NOT NULL DEFAULT 0,
  last_hit_at INTEGER
) STRICT;
CREATE INDEX suppression_not_ended ON suppression (id) WHERE ended_at IS NULL;

ALTER TABLE finding ADD COLUMN incident_id INTEGER REFERENCES incident (id);
ALTER TABLE finding ADD COLUMN said_state INTEGER NOT NULL DEFAULT 0;
ALTER TABLE finding ADD COLUMN suppression_id INTEGER REFERENCES suppression (id);
ALTER TABLE finding ADD COLUMN verdict_at INTEGER;
ALTER TABLE finding ADD COLUMN verdict_by TEXT;
ALTER TABLE finding ADD COLUMN verdict_reason TEXT;
ALTER TABLE finding ADD COLUMN duplicate_of TEXT;
UPDATE finding SET said_state = state;
CREATE INDEX finding_by_incident ON finding (incident_id) WHERE incident_id IS NOT NULL;
CREATE INDEX finding_by_verdict ON finding (verdict, user_id) WHERE verdict IS NOT NULL;
CREATE INDEX finding_by_suppression ON finding (suppression_id) WHERE suppression_id IS NOT NULL;

-- Values that a false positive made known for a user.
CREATE TABLE learned (
  finding_id INTEGER NOT NULL REFERENCES finding (id) ON DELETE CASCADE,
  user_id INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
  feature TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (finding_id, feature, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX learned_by_user ON learned (user_id);
`;
