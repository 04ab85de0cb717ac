/**
 * What everybody did, by whole days (UTC) and source: see docs/decisions/0015. A day's row is computed from the logins of
 * that day and replaced whole; `tallies` and `scores` are packed by `org-row.ts`, and scores that are null are to be computed.
 */
export const organisation = `
-- With row numbers: without, what is longer than a quarter of a page would take a page of its own.
CREATE TABLE org_day (
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES source (id),
  day INTEGER NOT NULL,
  tallies BLOB NOT NULL,
  scores BLOB,
  UNIQUE (source_id, day)
) STRICT;

-- Days with logins that their row does not tell of yet.
CREATE TABLE org_due (
  source_id INTEGER NOT NULL REFERENCES source (id),
  day INTEGER NOT NULL,
  PRIMARY KEY (source_id, day)
) STRICT, WITHOUT ROWID;
INSERT INTO org_due (source_id, day)
  SELECT source_id, started_at / 86400000 FROM session WHERE started_at >= 0 AND started_quality = 0
  UNION SELECT user.source_id, event.at / 86400000 FROM event JOIN user ON user.id = event.user_id
    WHERE event.at >= 0 AND event.origin = 0 AND event.kind IN (0, 1);

-- The first day with a login that was ever counted.
ALTER TABLE user ADD COLUMN first_day INTEGER;
-- Another number, other rows: what a reader remembers of them is stale.
ALTER TABLE source ADD COLUMN org_revision INTEGER NOT NULL DEFAULT 0;
-- From this day on findings may rest on what was known of everybody before a day was computed (anew); null: none does.
ALTER TABLE source ADD COLUMN rejudge_from INTEGER;
`;
