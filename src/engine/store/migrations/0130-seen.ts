/**
 * Where a finding's sighting was and with what, as numbers of dictionary entries: most findings are about one, and none of what
 * the dictionaries know of it is stored again. Null where the finding tells it by itself, as all did before.
 */
export const seen = `
ALTER TABLE finding ADD COLUMN ip_id INTEGER;
ALTER TABLE finding ADD COLUMN place_id INTEGER;
ALTER TABLE finding ADD COLUMN network_id INTEGER;
ALTER TABLE finding ADD COLUMN agent_id INTEGER;
ALTER TABLE finding ADD COLUMN device_id INTEGER;
`;
