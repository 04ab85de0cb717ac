import type { Finding } from '../../contract/finding.ts';
import { verdict } from '../../contract/finding.ts';
import { ruleId, scoreBySeverity } from '../../contract/rules.ts';
import { wordsOf } from '../detect/tell.ts';
import { findingStates, severities, valueOf } from '../query/codes.ts';
import { findingIdText } from '../query/finding-id.ts';
import { findingFields } from '../query/fields/findings.ts';
import type { Db } from './database.ts';
import { iso, isoOrNull } from './instant.ts';
import { incidentId } from './incident-id.ts';
import type { ListSource } from './list.ts';
import { readTelling, tellingColumns, tellingJoins, type TellingRow } from './stored-telling.ts';
import { suppressionId } from './suppressions.ts';

type ToldRow = TellingRow & { rule: string; severity: number; user_name: string | null };
type FindingRow = ToldRow & {
  id: number;
  public_id: string;
  sessions: string;
  state: number;
  said_state: number;
  verdict: string | null;
  suppressed_by: string | null;
  prefix: string | null;
  from_asn: number | null;
  client: string | null;
  incident_id: number | null;
  verdict_reason: string | null;
  verdict_by: string | null;
  verdict_at: number | null;
  duplicate_of: string | null;
  suppression_id: number | null;
};

/** Each goes through a session or two, but findings are few beside sessions: following an order to its end is short. */
const COST = 0.2;

export const findingList: ListSource<Finding> = {
  name: 'findings',
  kinds: [{ table: 'finding', alias: 'f', only: '1', cost: COST, fields: findingFields }],
  defaultSort: '-at',
  load: (db, _kind, ids) => loadFindings(db, ids),
};

export function readFinding(db: Db, publicId: string): Finding | null {
  const row = db
    .prepare<[string], { id: number }>('SELECT id FROM finding WHERE public_id = unhex(?)')
    .get(publicId);
  return row === undefined ? null : (loadFindings(db, [row.id]).get(row.id) ?? null);
}

export function loadFindings(db: Db, ids: readonly number[]): ReadonlyMap<number, Finding> {
  const rows = db
    .prepare<[string], FindingRow>(
      `SELECT f.id, ${findingIdText('f.public_id')} AS public_id, f.rule, f.severity, f.state, f.said_state, f.verdict, f.suppressed_by, f.prefix,
         f.asn AS from_asn, f.client, f.incident_id, f.verdict_reason, f.verdict_by, f.verdict_at, f.duplicate_of,
         f.suppression_id, user.name AS user_name, ${tellingColumns},
         (SELECT json_group_array(key_text(s.key) ORDER BY s.id) FROM finding_session AS named
          JOIN session AS s ON s.id = named.session_id WHERE named.finding_id = f.id) AS sessions
       FROM finding AS f JOIN user ON user.id = f.user_id JOIN source ON source.id = user.source_id ${tellingJoins}
       WHERE f.id IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(ids));
  return new Map(rows.map((row) => [row.id, findingOf(row)]));
}

function findingOf(row: FindingRow): Finding {
  const { evidence, ...told } = saidOf(row);
  return {
    id: row.public_id,
    ...told,
    score: scoreBySeverity[told.severity],
    sessions: JSON.parse(row.sessions) as string[],
    at: iso(row.at),
    evidence,
    state: valueOf(findingStates, row.state),
    verdict: row.verdict === null ? null : verdict.parse(row.verdict),
    suppressedBy: row.suppressed_by ?? suppressionSaid(row, evidence),
    prefix: row.prefix,
    asn: row.from_asn,
    client: row.client,
    incident: row.incident_id === null ? null : incidentId(row.incident_id),
    verdictReason: row.verdict_reason,
    verdictBy: row.verdict_by,
    verdictAt: isoOrNull(row.verdict_at),
    duplicateOf: row.duplicate_of,
    suppression: row.suppression_id === null ? null : suppressionId(row.suppression_id),
  };
}

/** What keeps a finding from alerting is stored once, where its evidence says it as well. */
function suppressionSaid({ said_state }: FindingRow, { suppression }: Finding['evidence']): string | null {
  const isSaid = valueOf(findingStates, said_state) === 'suppressed' && typeof suppression === 'string';
  return isSaid ? suppression : null;
}

/** What findings say in a line, by their rows. */
export function findingTitles(db: Db, ids: readonly number[]): ReadonlyMap<number, string> {
  const rows = db
    .prepare<[string], ToldRow & { id: number }>(
      `SELECT f.id, f.rule, f.severity, user.name AS user_name, ${tellingColumns}
       FROM finding AS f JOIN user ON user.id = f.user_id JOIN source ON source.id = user.source_id ${tellingJoins}
       WHERE f.id IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(ids));
  return new Map(rows.map((row) => [row.id, saidOf(row).title]));
}

/** Whom a finding is about and what it says; words that are not stored are made now. */
function saidOf(row: ToldRow) {
  const { rule, severity, external_id, user_name, source } = row;
  const { words, evidence } = readTelling(row);
  const about = {
    rule: ruleId.parse(rule),
    severity: valueOf(severities, severity),
    ...{ source, userId: external_id, userName: user_name },
  };
  return { ...about, ...wordsOf({ ...about, words, evidence }, user_name), evidence };
}
