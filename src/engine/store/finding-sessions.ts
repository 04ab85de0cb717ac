import { askedKeys, keyIs } from '../query/key-bytes.ts';
import type { Db } from './database.ts';
import type { UserFindings } from './judgement.ts';

/** The rows of sessions by their keys, those a session had before among them. */
export type Named = ReadonlyMap<string, readonly number[]>;

/** All the sessions that findings name, looked up at once; a key that nobody knows has no row. */
export function findNamed(db: Db, found: readonly UserFindings[]): Named {
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
