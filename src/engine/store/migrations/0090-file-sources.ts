/**
 * Events that were imported from files. `device_token` is the hash of what stays with a device. `content` marks what a
 * line said: lines that differ in anything are events of their own, so that no order of arrival decides between them;
 * what a source reports has none. `name_at` is the moment as of which a user's name was told, so that the newest one
 * wins whenever it arrives.
 */
export const fileSources = `
ALTER TABLE event ADD COLUMN device_token TEXT;
ALTER TABLE event ADD COLUMN content INTEGER;
ALTER TABLE user ADD COLUMN name_at INTEGER;
DROP INDEX event_by_user;
CREATE UNIQUE INDEX event_by_user ON event (
  user_id, at, kind, ifnull(ip_id, 0), ifnull(agent_id, 0), ifnull(session_id, 0), ifnull(session_key, ''),
  ifnull(content, 0)
);
`;
