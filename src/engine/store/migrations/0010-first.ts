/**
 * The first schema. Times are milliseconds since 1970, closed lists are the codes of `query/codes.ts`, texts that are
 * searched have a folded twin, and whatever repeats (addresses, places, networks, user agents, devices) is stored once.
 * SQLite appends the row number to every index, which makes it a keyset for paging by itself.
 * References to the dictionaries are not declared: only the writer makes them, in the same transaction, and checking
 * them would cost five look-ups a row on the way in and a scan of all observations for each entry on the way out.
 */
export const first = `
CREATE TABLE source (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  config TEXT NOT NULL,
  is_demo INTEGER NOT NULL,
  can_revoke_one INTEGER NOT NULL,
  id_reconnects INTEGER NOT NULL,
  lists_everybody INTEGER NOT NULL,
  reports_events INTEGER NOT NULL,
  last_attempt_at INTEGER,
  last_complete_at INTEGER,
  problem_code TEXT,
  problem_message TEXT,
  rejected_rows INTEGER NOT NULL DEFAULT 0,
  rejected_examples TEXT NOT NULL DEFAULT '[]'
) STRICT;

-- What one credential sees of a source; absence means something only within a listing.
CREATE TABLE listing (
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES source (id),
  scope TEXT NOT NULL,
  account TEXT NOT NULL,
  account_folded TEXT NOT NULL,
  last_complete_at INTEGER,
  UNIQUE (source_id, scope)
) STRICT;

CREATE TABLE sweep (
  id INTEGER PRIMARY KEY,
  listing_id INTEGER NOT NULL REFERENCES listing (id),
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  is_complete INTEGER,
  problem_code TEXT,
  problem_message TEXT
) STRICT;
CREATE INDEX sweep_by_listing ON sweep (listing_id);
CREATE INDEX sweep_open ON sweep (id) WHERE finished_at IS NULL;

CREATE TABLE user (
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES source (id),
  external_id TEXT NOT NULL,
  external_id_folded TEXT NOT NULL,
  name TEXT,
  name_folded TEXT,
  email TEXT,
  email_folded TEXT,
  person_id TEXT,
  UNIQUE (source_id, external_id)
) STRICT;
CREATE INDEX user_by_name ON user (name_folded);
CREATE INDEX user_by_external_id ON user (external_id_folded);
CREATE INDEX user_by_email ON user (email_folded);

-- sort_key: family byte and address, so that a network is a range.
CREATE TABLE ip (
  id INTEGER PRIMARY KEY,
  address TEXT NOT NULL UNIQUE,
  sort_key BLOB,
  class TEXT NOT NULL
) STRICT;
CREATE INDEX ip_by_sort_key ON ip (sort_key);

CREATE TABLE agent (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE, folded TEXT NOT NULL) STRICT;
CREATE INDEX agent_by_folded ON agent (folded);

-- identity: every other column as JSON, because UNIQUE lets unknowns repeat.
CREATE TABLE device (
  id INTEGER PRIMARY KEY,
  identity TEXT NOT NULL UNIQUE,
  browser TEXT, browser_folded TEXT, browser_version TEXT, browser_version_folded TEXT,
  os TEXT, os_folded TEXT, os_version TEXT, os_version_folded TEXT,
  kind TEXT NOT NULL
) STRICT;
CREATE INDEX device_by_browser ON device (browser_folded);
CREATE INDEX device_by_os ON device (os_folded);
CREATE INDEX device_by_kind ON device (kind);

CREATE TABLE place (
  id INTEGER PRIMARY KEY,
  identity TEXT NOT NULL UNIQUE,
  country TEXT, country_folded TEXT,
  region TEXT, region_folded TEXT,
  city TEXT, city_folded TEXT,
  lat REAL, lon REAL, accuracy_km REAL,
  origin TEXT NOT NULL
) STRICT;
CREATE INDEX place_by_country ON place (country_folded);
CREATE INDEX place_by_city ON place (city_folded);

-- kinds: a JSON array of network kinds, sorted.
CREATE TABLE network (
  id INTEGER PRIMARY KEY,
  identity TEXT NOT NULL UNIQUE,
  asn INTEGER,
  org TEXT, org_folded TEXT,
  kinds TEXT NOT NULL
) STRICT;
CREATE INDEX network_by_asn ON network (asn);
CREATE INDEX network_by_org ON network (org_folded);

-- state is what the source said or what we did; expiry is applied when it is read.
-- last_observed_at moves only when the row is written; a listed session was last observed at its listing's last
-- complete sweep.
CREATE TABLE session (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
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
  observations INTEGER NOT NULL
) STRICT;
CREATE INDEX session_by_source ON session (source_id, state, expires_at);
CREATE INDEX session_by_user ON session (user_id);
CREATE INDEX session_by_ip ON session (ip_id);
CREATE INDEX session_by_place ON session (place_id);
CREATE INDEX session_by_network ON session (network_id);
CREATE INDEX session_by_agent ON session (agent_id);
CREATE INDEX session_by_device ON session (device_id);
CREATE INDEX session_by_start ON session (started_at);
CREATE INDEX session_by_last_seen ON session (last_seen_at);
CREATE INDEX session_by_expiry ON session (expires_at);
CREATE INDEX session_by_first_observed ON session (first_observed_at);
CREATE INDEX session_by_end ON session (ended_at) WHERE ended_at IS NOT NULL;

-- Later ids of a session whose source gives a new one at each reconnect.
CREATE TABLE session_alias (
  key TEXT PRIMARY KEY,
  session_id INTEGER NOT NULL REFERENCES session (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX session_alias_by_session ON session_alias (session_id);

-- Written when something changed. not_before: when the values before these were last seen.
CREATE TABLE observation (
  session_id INTEGER NOT NULL REFERENCES session (id),
  n INTEGER NOT NULL,
  at INTEGER NOT NULL,
  not_before INTEGER,
  state INTEGER NOT NULL,
  last_seen_at INTEGER,
  expires_at INTEGER,
  ip_id INTEGER,
  place_id INTEGER,
  network_id INTEGER,
  agent_id INTEGER,
  device_id INTEGER NOT NULL,
  is_own_poll INTEGER NOT NULL,
  PRIMARY KEY (session_id, n)
) STRICT, WITHOUT ROWID;

-- session_key: only while no such session is stored; once it is, session_id names it.
CREATE TABLE event (
  id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES user (id),
  at INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  outcome INTEGER NOT NULL,
  origin INTEGER NOT NULL,
  session_id INTEGER REFERENCES session (id),
  session_key TEXT,
  ip_id INTEGER,
  place_id INTEGER,
  network_id INTEGER,
  agent_id INTEGER,
  device_id INTEGER
) STRICT;
CREATE UNIQUE INDEX event_once ON event (
  user_id, at, kind, ifnull(ip_id, 0), ifnull(agent_id, 0), ifnull(session_id, 0), ifnull(session_key, '')
);
CREATE INDEX event_by_time ON event (at);
CREATE INDEX event_by_session ON event (session_id) WHERE session_id IS NOT NULL;
CREATE INDEX event_by_unknown_session ON event (session_key) WHERE session_key IS NOT NULL;
CREATE INDEX event_by_ip ON event (ip_id);
CREATE INDEX event_by_place ON event (place_id);

-- AUTOINCREMENT: a number in a report or a chat never comes to mean another finding.
CREATE TABLE finding (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  public_id TEXT NOT NULL UNIQUE,
  user_id INTEGER NOT NULL REFERENCES user (id),
  rule TEXT NOT NULL,
  severity INTEGER NOT NULL,
  score REAL NOT NULL,
  at INTEGER NOT NULL,
  title TEXT NOT NULL,
  explanation TEXT NOT NULL,
  evidence TEXT NOT NULL,
  state INTEGER NOT NULL,
  verdict TEXT,
  suppressed_by TEXT,
  incident TEXT
) STRICT;
CREATE INDEX finding_by_time ON finding (at);
CREATE INDEX finding_by_severity ON finding (severity);
CREATE INDEX finding_by_score ON finding (score);
CREATE INDEX finding_by_rule ON finding (rule);
CREATE INDEX finding_by_user ON finding (user_id, state);
CREATE INDEX finding_by_state ON finding (state);

CREATE TABLE finding_session (
  finding_id INTEGER NOT NULL REFERENCES finding (id),
  session_id INTEGER NOT NULL REFERENCES session (id),
  PRIMARY KEY (finding_id, session_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX finding_session_by_session ON finding_session (session_id);

-- Jobs and audit entries outlive the sources they are about: they hold texts, not references.
CREATE TABLE revocation (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  finished_at INTEGER
) STRICT;
CREATE INDEX revocation_by_time ON revocation (created_at);

CREATE TABLE revocation_item (
  revocation_number INTEGER NOT NULL REFERENCES revocation (number),
  position INTEGER NOT NULL,
  session_key TEXT NOT NULL,
  source TEXT NOT NULL,
  user_id TEXT NOT NULL,
  user_name TEXT,
  hint TEXT NOT NULL,
  state TEXT NOT NULL,
  why TEXT,
  PRIMARY KEY (revocation_number, position)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX revocation_item_by_session ON revocation_item (revocation_number, session_key);

CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  detail TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END;
CREATE TRIGGER audit_is_never_shortened BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'audit entries are never removed'); END;
`;
