/**
 * Findings are found by where they came from, wherever the sessions they name are by now. Earlier versions knew the entries of some
 * findings only: the others nobody decided on are told anew when their person is next judged, which is what a content of 0 means.
 */
export const originsOfFindings = `
CREATE INDEX finding_by_ip ON finding (ip_id) WHERE ip_id IS NOT NULL;
CREATE INDEX finding_by_place ON finding (place_id) WHERE place_id IS NOT NULL;
CREATE INDEX finding_by_network ON finding (network_id) WHERE network_id IS NOT NULL;
CREATE INDEX finding_by_agent ON finding (agent_id) WHERE agent_id IS NOT NULL;
CREATE INDEX finding_by_device ON finding (device_id) WHERE device_id IS NOT NULL;
UPDATE finding SET content = 0
WHERE coalesce(ip_id, place_id, network_id, agent_id, device_id) IS NULL AND coalesce(prefix, asn) IS NOT NULL
  AND verdict IS NULL AND state <> 3;
`;
