import type { Finding } from '../../contract/finding.ts';
import { verdict } from '../../contract/finding.ts';
import { ruleId } from '../../contract/rules.ts';
import { wordsOf } from '../detect/tell.ts';
import { findingStates, severities, valueOf } from '../query/codes.ts';
import { findingFields } from '../query/fields/findings.ts';
import type { Db } from './database.ts';
import { unpackTelling } from './finding-telling.ts';
import { iso, isoOrNull } from './instant.ts';
import { incidentId } from './incident-id.ts';
import type { ListSource } from './list.ts';
import { suppressionId } from './suppressions.ts';

type TellingRow = {
  rule: string;
  severity: number;
  external_id: string;
  user_name: string | null;
  source: string;
  telling: Buffer;
};
type FindingRow = TellingRow & {
  id: number;
  public_id: string;
  score: number;
  sessions: string;
  at: number;
  state: number;
  verdict: string | null;
  suppressed_by: string | null;
  prefix: string | null;
  asn: number | null;
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
    .prepare<[string], { id: number }>('SELECT id FROM finding WHERE public_id = ?')
    .get(publicId);
  return row === undefined ? null : (loadFindings(db, [row.id]).get(row.id) ?? null);
}

export function loadFindings(db: Db, ids: readonly number[]): ReadonlyMap<number, Finding> {
  const rows = db
    .prepare<[string], FindingRow>(
      `SELECT f.*, user.external_id, user.name AS user_name, source.name AS source,
         (SELECT json_group_array(key_text(s.key) ORDER BY s.id) FROM finding_session AS named
          JOIN session AS s ON s.id = named.session_id WHERE named.finding_id = f.id) AS sessions
       FROM finding AS f JOIN user ON user.id = f.user_id JOIN source ON source.id = user.source_id
       WHERE f.id IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(ids));
  return new Map(rows.map((row) => [row.id, findingOf(row)]));
}

function findingOf(row: FindingRow): Finding {
  const { evidence, ...told } = tellingOf(row);
  return {
    id: row.public_id,
    ...told,
    score: row.score,
    sessions: JSON.parse(row.sessions) as string[],
    at: iso(row.at),
    evidence,
    state: valueOf(findingStates, row.state),
    verdict: row.verdict === null ? null : verdict.parse(row.verdict),
    suppressedBy: row.suppressed_by,
    prefix: row.prefix,
    asn: row.asn,
    client: row.client,
    incident: row.incident_id === null ? null : incidentId(row.incident_id),
    verdictReason: row.verdict_reason,
    verdictBy: row.verdict_by,
    verdictAt: isoOrNull(row.verdict_at),
    duplicateOf: row.duplicate_of,
    suppression: row.suppression_id === null ? null : suppressionId(row.suppression_id),
  };
}

/** What findings say in a line, by their rows. */
export function findingTitles(db: Db, ids: readonly number[]): ReadonlyMap<number, string> {
  const rows = db
    .prepare<[string], TellingRow & { id: number }>(
      `SELECT f.id, f.rule, f.severity, f.telling, user.external_id, user.name AS user_name, source.name AS source
       FROM finding AS f JOIN user ON user.id = f.user_id JOIN source ON source.id = user.source_id
       WHERE f.id IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(ids));
  return new Map(rows.map((row) => [row.id, tellingOf(row).title]));
}

/** Whom a finding is about and what it says; words that are not stored are made now. */
function tellingOf({ rule, severity, external_id, user_name, source, telling }: TellingRow) {
  const { words, evidence } = unpackTelling(telling);
  const about = {
    rule: ruleId.parse(rule),
    severity: valueOf(severities, severity),
    ...{ source, userId: external_id, userName: user_name },
  };
  return { ...about, ...wordsOf({ ...about, words, evidence }, user_name), evidence };
}
