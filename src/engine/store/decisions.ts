import type { Verdict } from '../../contract/finding.ts';
import { learnedValues } from '../detect/learned-values.ts';
import { EngineError } from '../errors.ts';
import { codeOf, findingStates } from '../query/codes.ts';
import { findingIdText } from '../query/finding-id.ts';
import type { Db } from './database.ts';
import type { Decision, DecisionEffect, DecisionTarget } from './decision.ts';
import { groupFindings } from './group-findings.ts';
import { incidentId, incidentNumber } from './incident-id.ts';
import { readTelling, tellingColumns, tellingJoins, type TellingRow } from './stored-telling.ts';
import type { UserNumber } from './user-number.ts';

type Row = TellingRow & {
  id: number;
  user: UserNumber;
  prefix: string | null;
  from_asn: number | null;
  client: string | null;
};

const CLOSED = codeOf(findingStates, 'closed');
const SUPPRESSED = codeOf(findingStates, 'suppressed');

/**
 * Decides on findings, or takes decisions back; inside the caller's transaction. What a true positive quarantines follows
 * from its row as long as it stands; what a false positive teaches is written down and forgotten with it.
 * Throws EngineError `not-found` for an id of nothing, `refused` where nothing waits to be decided.
 */
export function decide(db: Db, target: DecisionTarget, decision: Decision): DecisionEffect {
  const rows =
    target.kind === 'findings' ? namedFindings(db, target.ids) : waitingIn(db, target.ids, decision.verdict);
  const duplicateOf = decision.duplicateOf === null ? null : repeated(db, target, decision.duplicateOf);
  const ids = JSON.stringify(rows.map(({ id }) => id));
  db.prepare('DELETE FROM learned WHERE finding_id IN (SELECT value FROM json_each(?))').run(ids);
  if (decision.verdict === null) reopen(db, ids);
  else close(db, ids, { ...decision, duplicateOf });
  if (decision.verdict === 'false-positive') learn(db, rows);
  const users = [...new Set(rows.map(({ user }) => user))];
  groupFindings(db, users);
  return { findings: rows.length, sessions: sessionsOf(db, ids), users };
}

const columns = `f.id, f.user_id AS user, f.prefix, f.asn AS from_asn, f.client, ${tellingColumns}`;
const joined = `finding AS f JOIN user ON user.id = f.user_id JOIN source ON source.id = user.source_id ${tellingJoins}`;

function namedFindings(db: Db, ids: readonly string[]): readonly Row[] {
  const rows = db
    .prepare<[string], Row & { publicId: string }>(
      `SELECT ${columns}, ${findingIdText('f.public_id')} AS publicId FROM ${joined}
       WHERE f.public_id IN (SELECT unhex(value) FROM json_each(?))`,
    )
    .all(JSON.stringify(ids));
  const found = new Set(rows.map(({ publicId }) => publicId));
  const missing = ids.find((id) => !found.has(id));
  if (missing !== undefined)
    throw new EngineError('not-found', `There is no finding "${missing}"; nothing was decided.`);
  return rows;
}

/** What is open or still being learned takes a verdict; what has one gives it back. */
function waitingIn(db: Db, ids: readonly string[], verdict: Verdict | null): readonly Row[] {
  const numbers = ids.map((id) => {
    const number = incidentNumber(db, id);
    if (number === null)
      throw new EngineError('not-found', `There is no incident "${id}"; nothing was decided.`);
    return number;
  });
  const isMeant =
    verdict === null ? 'f.verdict IS NOT NULL' : `f.verdict IS NULL AND f.state <> ${SUPPRESSED}`;
  const rows = db
    .prepare<[string], Row>(
      `SELECT ${columns} FROM ${joined} WHERE f.incident_id IN (SELECT value FROM json_each(?)) AND ${isMeant}`,
    )
    .all(JSON.stringify(numbers));
  if (rows.length > 0) return rows;
  throw new EngineError(
    'refused',
    verdict === null
      ? 'Nothing in there was decided, so there is nothing to reopen.'
      : 'Nothing in there waits for a verdict: reopen it first to decide otherwise.',
  );
}

/** The id that a duplicate is linked to, as it is written today; it can't repeat itself. */
function repeated(db: Db, { ids }: DecisionTarget, original: string): string {
  const number = incidentNumber(db, original);
  const isFinding =
    db.prepare<[string]>('SELECT 1 FROM finding WHERE public_id = unhex(?)').get(original) !== undefined;
  if (number === null && !isFinding)
    throw new EngineError('not-found', `There is no finding or incident "${original}" to be a duplicate of.`);
  const id = number === null ? original : incidentId(number);
  if (ids.includes(id) || ids.includes(original))
    throw new EngineError('invalid-input', `"${original}" can't be a duplicate of itself.`, {
      field: 'duplicateOf',
    });
  return id;
}

function close(db: Db, ids: string, { verdict, reason, by, atMs, duplicateOf }: Decision): void {
  db.prepare(
    `UPDATE finding SET state = ${CLOSED}, verdict = @verdict, verdict_reason = @reason, verdict_by = @by,
       verdict_at = @atMs, duplicate_of = @duplicateOf WHERE id IN (SELECT value FROM json_each(@ids))`,
  ).run({ ids, verdict, reason, by, atMs, duplicateOf });
}

/** Back to what the rule said, and to the suppression that silenced it. */
function reopen(db: Db, ids: string): void {
  db.prepare(
    `UPDATE finding SET state = iif(suppression_id IS NULL, said_state, ${SUPPRESSED}), verdict = NULL, verdict_reason = NULL,
       verdict_by = NULL, verdict_at = NULL, duplicate_of = NULL WHERE id IN (SELECT value FROM json_each(?))`,
  ).run(ids);
}

function learn(db: Db, rows: readonly Row[]): void {
  const add = db.prepare('INSERT INTO learned (finding_id, user_id, feature, value) VALUES (?, ?, ?, ?)');
  for (const row of rows) {
    const { id, user, prefix, from_asn: asn, client } = row;
    const { evidence } = readTelling(row);
    for (const { feature, value } of learnedValues({ infrastructure: { prefix, asn, client }, evidence }))
      add.run(id, user, feature, value);
  }
}

function sessionsOf(db: Db, ids: string): string[] {
  return db
    .prepare<[string], string>(
      `SELECT key_text(s.key) FROM session AS s WHERE s.id IN (SELECT session_id FROM finding_session
       WHERE finding_id IN (SELECT value FROM json_each(?))) ORDER BY s.id`,
    )
    .pluck()
    .all(ids);
}
