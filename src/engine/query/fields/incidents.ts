import { verdict } from '../../../contract/finding.ts';
import { INCIDENT_HALF_LIFE_MS, incidentState } from '../../../contract/incident.ts';
import { ruleId, severity } from '../../../contract/rules.ts';
import { codeOf, incidentStates, severities } from '../codes.ts';
import {
  field,
  indexed,
  keyColumn,
  lookUp,
  ownColumn,
  type Field,
  type LookUp,
  type ValueColumn,
} from '../field.ts';
import { withRelated } from '../related-fields.ts';
import { alsoOf } from './also-of.ts';
import { aboutImportedLogin, origin } from './findings.ts';
import { orImported } from './imported-logins.ts';
import { sessionFields } from './sessions.ts';
import { ownerFields, timeField } from './where.ts';

/** What an incident's score has come down to, to a tenth, as it is shown and asked for; only ever computed from a row. */
export const scoreNow = `round(CASE WHEN i.is_confirmed THEN i.score
  ELSE i.score * pow(2, -max(0, @now - i.last_at) / ${INCIDENT_HALF_LIFE_MS}.0) END, 1)`;

/** An incident is made of findings, and these name sessions. */
const aboutSession: LookUp = {
  select: (
    condition,
  ) => `SELECT f.incident_id FROM session AS s JOIN finding_session AS named ON named.session_id = s.id
    JOIN finding AS f ON f.id = named.finding_id WHERE f.incident_id IS NOT NULL AND ${condition}`,
  within: (set) => `i.id IN (${set})`,
  each: (
    condition,
  ) => `EXISTS (SELECT 1 FROM finding AS f CROSS JOIN finding_session AS named ON named.finding_id = f.id
    CROSS JOIN session AS s NOT INDEXED ON s.id = named.session_id WHERE f.incident_id = i.id AND ${condition})`,
  relation: {
    table: 'session',
    alias: 's',
    listed: (
      set,
    ) => `SELECT f.incident_id FROM finding_session AS named JOIN finding AS f ON f.id = named.finding_id
      WHERE named.session_id IN (${set}) AND f.incident_id IS NOT NULL`,
    pairs: (set) => `SELECT f.incident_id, named.session_id FROM finding AS f
      JOIN finding_session AS named ON named.finding_id = f.id WHERE f.incident_id IN (${set})`,
  },
};

const itsFinding = lookUp(
  'finding AS f',
  'f.incident_id',
  'i.id',
  'finding AS f INDEXED BY finding_by_incident',
);

function ofFinding(sql: string): ValueColumn {
  return { ...indexed(ownColumn(sql)), lookUps: [itsFinding] };
}

const code = (name: string, list: readonly string[]): ValueColumn =>
  indexed(ownColumn(`i.${name}`, (value) => codeOf(list, value)));

/** What incidents are filtered and sorted by; the row's alias is `i`. */
const own: readonly Field[] = [
  field('id', 'text', 'Id of the incident: i12', indexed(ownColumn("('i' || i.id)")), {
    shortNames: ['incident'],
  }),
  field('state', 'enum', 'Whether a finding of it is open', code('state', incidentStates), {
    values: incidentState.options,
  }),
  field('alerting', 'boolean', 'Whether it waits for an analyst', ownColumn('i.is_alerting')),
  field('severity', 'enum', 'How bad it is: >=high', code('severity', severities), {
    values: severity.options,
    isOrdered: true,
    sort: { kind: 'column', sql: 'i.severity', index: 'incident_by_severity' },
  }),
  // Confirmed ones no longer fade; in the order they stand where they would if they did.
  field('score', 'number', 'From 0 to 100, as it is now: >50', ownColumn(scoreNow), {
    sort: { kind: 'column', sql: 'i.rank', index: 'incident_by_rank' },
  }),
  ...ownerFields({ alias: 'i', table: 'incident' }),
  timeField('firstAt', 'i.first_at', { index: 'incident_by_first' }, 'Its first finding: <24h', {
    shortNames: ['first'],
  }),
  timeField('lastAt', 'i.last_at', { index: 'incident_by_last' }, 'Its last finding: <24h', {
    shortNames: ['last', 'at'],
  }),
  field('rules', 'enum', 'Rule of one of its findings', ofFinding('f.rule'), {
    shortNames: ['rule', 'finding', 'findings'],
    values: ruleId.options,
  }),
  field('verdict', 'enum', 'What an analyst decided of one of its findings', ofFinding('f.verdict'), {
    values: verdict.options,
  }),
  field(
    'assignee',
    'text',
    'Who works on it; NOT assignee:* for nobody',
    indexed(ownColumn('i.assignee_folded')),
    {
      sort: { kind: 'column', sql: 'i.assignee_folded', index: 'incident_by_assignee' },
    },
  ),
  field(
    'sessions',
    'text',
    'Key of a session that its findings name',
    {
      ...keyColumn('s.key'),
      lookUps: [aboutSession],
    },
    { shortNames: ['session', 'key'] },
  ),
];

/** An incident's own fields, where its findings came from, and the fields of the sessions and imported logins they are about. */
export const incidentFields: readonly Field[] = alsoOf(
  origin,
  orImported(
    withRelated(
      own,
      sessionFields,
      aboutSession,
      (help) => `${help} (of one of its findings, or of a session they name)`,
    ),
    aboutImportedLogin,
    itsFinding,
  ),
  itsFinding,
);
