/**
 * The analyst's lists of networks. A stretch is the entries of a list that hold for what was seen from `from_at` (0: however
 * long ago) until `until_at` (NULL: no end is set), packed as `enrich/packed-entries.ts` says: a newer version of a list changes
 * nothing about what was seen before it.
 * `version` counts the imports of a list: users seen on stretches later than `judged_version` are to be judged again, of a
 * removed list (`removed_at`) all; then it goes for good. Entries of one version end together, so they are counted then.
 */
export const lists = `
CREATE TABLE network_list (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  tag TEXT NOT NULL,
  note TEXT,
  added_at INTEGER NOT NULL,
  imported_at INTEGER NOT NULL,
  expires_at INTEGER,
  entries INTEGER NOT NULL,
  past INTEGER NOT NULL,
  version INTEGER NOT NULL,
  judged_version INTEGER NOT NULL,
  removed_at INTEGER
) STRICT;
CREATE UNIQUE INDEX network_list_by_name ON network_list (name) WHERE removed_at IS NULL;

CREATE TABLE network_list_stretch (
  id INTEGER PRIMARY KEY,
  list_id INTEGER NOT NULL REFERENCES network_list (id),
  from_at INTEGER NOT NULL,
  until_at INTEGER,
  version INTEGER NOT NULL,
  entries BLOB NOT NULL
) STRICT;
CREATE INDEX network_list_stretch_by_list ON network_list_stretch (list_id);
`;
