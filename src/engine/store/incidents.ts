import type { Incident, IncidentDetail } from '../../contract/incident.ts';
import { verdict } from '../../contract/finding.ts';
import { ruleId } from '../../contract/rules.ts';
import { incidentStates, severities, valueOf } from '../query/codes.ts';
import { incidentFields, scoreNow } from '../query/fields/incidents.ts';
import type { Db } from './database.ts';
import { findingTitles } from './findings.ts';
import { incidentId, incidentNumber } from './incident-id.ts';
import { iso, isoOrNull } from './instant.ts';
import type { ListSource } from './list.ts';

type Row = {
  id: number;
  state: number;
  severity: number;
  score_now: number;
  is_alerting: number;
  external_id: string;
  user_name: string | null;
  source: string;
  person_id: string | null;
  first_at: number;
  last_at: number;
  assignee: string | null;
  notes: number;
  rules: string;
  findings: number;
  open_findings: number;
  sessions: string;
  worst: number | null;
  decision: string | null;
};
type Decision = { verdict: string; reason: string | null; by: string | null; at: number | null };

/** Every question goes through a few findings, and incidents are fewer than these. */
const COST = 1;

export const incidentList: ListSource<Incident> = {
  name: 'incidents',
  kinds: [{ table: 'incident', alias: 'i', only: '1', cost: COST, fields: incidentFields }],
  defaultSort: '-score',
  load: (db, _kind, ids, nowMs) => loadIncidents(db, ids, nowMs),
};

/** By its id or one it had before it became part of an older one. */
export function readIncident(db: Db, id: string, nowMs: number): IncidentDetail | null {
  const number = incidentNumber(db, id);
  const incident = number === null ? undefined : loadIncidents(db, [number], nowMs).get(number);
  if (incident === undefined || number === null) return null;
  const notes = db
    .prepare<[number], { at: number; by: string; text: string }>(
      'SELECT at, by, text FROM incident_note WHERE incident_id = ? ORDER BY id',
    )
    .all(number);
  return { ...incident, noteTexts: notes.map((note) => ({ ...note, at: iso(note.at) })) };
}

export function loadIncidents(db: Db, ids: readonly number[], nowMs: number): ReadonlyMap<number, Incident> {
  const rows = db
    .prepare<[{ ids: string; now: number }], Row>(
      `SELECT i.*, ${scoreNow} AS score_now, user.external_id, user.name AS user_name, user.person_id, source.name AS source,
         (SELECT count(*) FROM incident_note WHERE incident_id = i.id) AS notes,
         (SELECT json_group_array(rule) FROM (SELECT rule FROM finding WHERE incident_id = i.id
            GROUP BY rule ORDER BY max(severity) DESC, rule)) AS rules,
         (SELECT count(*) FROM finding WHERE incident_id = i.id) AS findings,
         (SELECT count(*) FROM finding WHERE incident_id = i.id AND state = 0) AS open_findings,
         (SELECT json_group_array(key_text(key)) FROM (SELECT DISTINCT s.id, s.key FROM finding AS f
            JOIN finding_session AS named ON named.finding_id = f.id JOIN session AS s ON s.id = named.session_id
            WHERE f.incident_id = i.id ORDER BY s.id)) AS sessions,
         (SELECT id FROM finding WHERE incident_id = i.id
            ORDER BY state = 0 DESC, severity DESC, at, id LIMIT 1) AS worst,
         (SELECT json_object('verdict', verdict, 'reason', verdict_reason, 'by', verdict_by, 'at', verdict_at)
            FROM finding WHERE incident_id = i.id AND verdict IS NOT NULL
            ORDER BY verdict = 'true-positive' DESC, verdict_at DESC, id DESC LIMIT 1) AS decision
       FROM incident AS i JOIN user ON user.id = i.user_id JOIN source ON source.id = user.source_id
       WHERE i.id IN (SELECT value FROM json_each(@ids))`,
    )
    .all({ ids: JSON.stringify(ids), now: nowMs });
  const titles = findingTitles(
    db,
    rows.flatMap(({ worst }) => worst ?? []),
  );
  return new Map(rows.map((row) => [row.id, incidentOf(row, titles)]));
}

function incidentOf(row: Row, titles: ReadonlyMap<number, string>): Incident {
  const decision = row.decision === null ? null : (JSON.parse(row.decision) as Decision);
  return {
    id: incidentId(row.id),
    state: valueOf(incidentStates, row.state),
    severity: valueOf(severities, row.severity),
    score: row.score_now,
    alerting: row.is_alerting === 1,
    userId: row.external_id,
    userName: row.user_name,
    source: row.source,
    personId: row.person_id,
    title: row.worst === null ? '' : (titles.get(row.worst) ?? ''),
    rules: ruleId.array().parse(JSON.parse(row.rules)),
    findings: row.findings,
    openFindings: row.open_findings,
    sessions: JSON.parse(row.sessions) as string[],
    firstAt: iso(row.first_at),
    lastAt: iso(row.last_at),
    assignee: row.assignee,
    notes: row.notes,
    verdict: decision === null ? null : verdict.parse(decision.verdict),
    verdictReason: decision?.reason ?? null,
    verdictBy: decision?.by ?? null,
    verdictAt: isoOrNull(decision?.at ?? null),
  };
}
