import { findingIdText } from '../query/finding-id.ts';
import type { Db } from './database.ts';

/** Columns of a new finding, in the order of the statement below. */
const columns = [
  'publicId',
  'user',
  'rule',
  'severity',
  'at',
  'telling',
  'state',
  'saidState',
  'suppressedBy',
  'suppression',
  'content',
  'prefix',
  'asn',
  'client',
  'ip',
  'place',
  'network',
  'agent',
  'device',
] as const;

export type NewFinding = Readonly<Record<(typeof columns)[number], string | number | Uint8Array | null>>;

/**
 * Adds findings, however many, with one statement, which reads them from memory as if from a table; answers their rows by
 * their public ids. A trigger counts them, and SQLite copies every page that a statement with triggers changes, to be able
 * to take back that statement alone: with a statement each, findings took more than twice as long to write.
 */
export function findingAdder(db: Db): (findings: readonly NewFinding[]) => ReadonlyMap<string, number> {
  const [id, ...others] = columns;
  let adding: readonly NewFinding[] = [];
  db.table('new_finding', {
    columns: [...columns],
    *rows() {
      for (const finding of adding) yield columns.map((column) => finding[column]);
    },
  });
  const add = db.prepare<[], { publicId: string; id: number }>(
    `INSERT INTO finding (public_id, user_id, rule, severity, at, telling, state, said_state, suppressed_by,
       suppression_id, content, prefix, asn, client, ip_id, place_id, network_id, agent_id, device_id)
     SELECT unhex(${id}), ${others.join(', ')} FROM new_finding RETURNING ${findingIdText('public_id')} AS publicId, id`,
  );
  return (findings) => {
    adding = findings;
    try {
      return new Map(add.all().map(({ publicId, id }) => [publicId, id]));
    } finally {
      adding = [];
    }
  };
}
