import { repeated } from '../observation-clocks.ts';
import type { StepTable } from './step-table.ts';

/**
 * Observations that are the one before them at another time, as most are, are kept with it: `repeats` tells when they were
 * made (`observation-clocks.ts`), in some seven bytes in place of a row.
 */
export const repeats = `
CREATE TABLE repeated_observation (
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
  repeats BLOB,
  PRIMARY KEY (session_id, n)
) STRICT, WITHOUT ROWID;
INSERT INTO repeated_observation
  SELECT session.id, kept.* FROM session CROSS JOIN together((
    SELECT json_group_array(json_array(n, at, not_before, state, last_seen_at, expires_at, ip_id, place_id, network_id,
      agent_id, device_id, is_own_poll) ORDER BY n)
    FROM observation WHERE session_id = session.id
  )) AS kept
  ORDER BY session.id;
DROP TABLE observation;
ALTER TABLE repeated_observation RENAME TO observation;
`;

type Observation = readonly [
  n: number,
  at: number,
  notBefore: number | null,
  state: number,
  lastSeenAt: number | null,
  expiresAt: number | null,
  ...others: (number | null)[],
];

/** The rows of a session's observations, in order: what repeats the one before is told by its `repeats`. */
const together: StepTable = {
  parameters: ['observations'],
  columns: [
    'n',
    'at',
    'not_before',
    'state',
    'last_seen_at',
    'expires_at',
    'ip_id',
    'place_id',
    'network_id',
    'agent_id',
    'device_id',
    'is_own_poll',
    'repeats',
  ],
  *rows(json) {
    let row: Observation | undefined;
    let repeats: Uint8Array | null = null;
    for (const observation of JSON.parse(String(json)) as readonly Observation[]) {
      const grown: Uint8Array | null =
        row === undefined || !isAlike(row, observation)
          ? null
          : repeated({ ...clocksOf(row), repeats }, clocksOf(observation));
      if (grown === null) {
        if (row !== undefined) yield [...row, repeats];
        row = observation;
      }
      repeats = grown;
    }
    if (row !== undefined) yield [...row, repeats];
  },
};

export const repeatsTables = { together };

const clocksOf = ([, at, notBefore, , lastSeenAt, expiresAt]: Observation) => {
  return { at, notBefore, lastSeenAt, expiresAt };
};

function isAlike([, , , state, , , ...others]: Observation, next: Observation): boolean {
  return state === next[3] && others.every((value, at) => value === next[at + 6]);
}
