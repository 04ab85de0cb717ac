import type { Field, LookUp } from '../field.ts';
import { alsoOf } from './also-of.ts';

const isFile = `json_extract(config, '$.kind') = 'file'`;

/** Sources that are histories from files. There are few sources, so their configuration is asked. */
export const fileSources = `SELECT id FROM source WHERE ${isFile}`;

/** Whether there is any; no EXISTS, which SQLite would make a join of, row by row. */
export const isAnyFile = `(SELECT max(id) FROM source WHERE ${isFile}) IS NOT NULL`;

/** Logins from files, `e`, each with its user; where no source is one, nothing else is looked at. */
export const importedLogins = `(SELECT 1 FROM source WHERE ${isFile} LIMIT 1) CROSS JOIN event AS e
  CROSS JOIN user AS owner ON owner.id = e.user_id AND owner.source_id IN (${fileSources})`;

/**
 * Fields that ask sessions where and with what somebody was, asked of imported logins too, which have no session.
 *
 * @param related how a condition on a login, `e`, becomes one on the listed row, step by step
 */
export function orImported(fields: readonly Field[], ...related: readonly LookUp[]): readonly Field[] {
  return alsoOf({ alias: 'e', table: 'event' }, fields, ...related);
}
