import { askedKeys, keyIs } from '../query/key-bytes.ts';
import type { Db } from './database.ts';
import type { UserFindings } from './judgement.ts';

/**
 * Writes which sessions findings name.
 *
 * @param rows the findings that were written, by their public ids
 */
export function nameSessions(
  db: Db,
  found: readonly UserFindings[],
  rows: ReadonlyMap<string, number>,
): void {
  const named = findNamed(db, found);
  const pairs = found.flatMap(({ findings }) =>
    findings.flatMap(({ publicId, sessions }) => {
      const finding = rows.get(publicId);
      if (finding === undefined) return [];
      return sessions.flatMap((key) => (named.get(key) ?? []).map((session) => [finding, session]));
    }),
  );
  db.prepare<[string]>(
    `INSERT OR IGNORE INTO finding_session (finding_id, session_id)
     SELECT value ->> 0, value ->> 1 FROM json_each(?)`,
  ).run(JSON.stringify(pairs));
}

/** The rows of sessions by their keys, those a session had before among them. */
type Named = ReadonlyMap<string, readonly number[]>;

/** All the sessions that findings name, looked up at once; a key that nobody knows has no row. */
function findNamed(db: Db, found: readonly UserFindings[]): Named {
  const keys = new Set(found.flatMap(({ findings }) => findings.flatMap(({ sessions }) => sessions)));
  const rows = db
    .prepare<[{ keys: string }], { key: string; session: number }>(
      `WITH named AS MATERIALIZED (${askedKeys})
       SELECT spelled AS key, id AS session FROM named CROSS JOIN session ON ${keyIs('session.key', 'asked')}
       UNION ALL SELECT spelled, session_id FROM named CROSS JOIN session_alias ON session_alias.key = asked`,
    )
    .all({ keys: JSON.stringify([...keys]) });
  const named = new Map<string, number[]>();
  for (const { key, session } of rows) {
    const known = named.get(key);
    if (known === undefined) named.set(key, [session]);
    else known.push(session);
  }
  return named;
}
