/**
 * Findings follow the facts: `content` marks what a rule said, so that a rule that says something else is noticed. Where a
 * finding came from (prefix, ASN, client) and the incident it is part of are columns, and a person has several users.
 * `incident` was never filled.
 */
export const followFacts = `
ALTER TABLE finding DROP COLUMN incident;
ALTER TABLE finding ADD COLUMN content INTEGER NOT NULL DEFAULT 0;
ALTER TABLE finding ADD COLUMN prefix TEXT;
ALTER TABLE finding ADD COLUMN asn INTEGER;
ALTER TABLE finding ADD COLUMN client TEXT;
CREATE INDEX user_by_person ON user (person_id) WHERE person_id IS NOT NULL;
`;
