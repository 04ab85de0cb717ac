import { findingState, verdict } from '../../../contract/finding.ts';
import { ruleId, severity } from '../../../contract/rules.ts';
import { codeOf, findingStates, severities } from '../codes.ts';
import { field, ownColumn, relatedFields, type Field, type ValueColumn } from '../field.ts';
import { sessionFields } from './sessions.ts';
import { ownerFields, timeField } from './where.ts';

const named: ValueColumn = {
  ...ownColumn('s.key'),
  within: (condition) => aboutSession(condition),
};

/** What findings are filtered and sorted by; the row's alias is `f`. */
const own: readonly Field[] = [
  field('id', 'text', 'Id of the finding', ownColumn('f.public_id')),
  field('rule', 'enum', 'What it is about: session-*', ownColumn('f.rule'), {
    shortNames: ['finding', 'findings'],
    values: ruleId.options,
    sort: { kind: 'column', sql: 'f.rule' },
  }),
  field(
    'severity',
    'enum',
    'How bad it is: >=high',
    ownColumn('f.severity', (value) => codeOf(severities, value)),
    { values: severity.options, isOrdered: true, sort: { kind: 'column', sql: 'f.severity' } },
  ),
  field('score', 'number', 'From 0 to 100: >50', ownColumn('f.score'), {
    sort: { kind: 'column', sql: 'f.score' },
  }),
  ...ownerFields('f'),
  timeField('at', 'f.at', 'When it happened: <24h'),
  field(
    'state',
    'enum',
    'What became of it',
    ownColumn('f.state', (value) => codeOf(findingStates, value)),
    { values: findingState.options },
  ),
  field('verdict', 'enum', 'What an analyst decided', ownColumn('f.verdict'), { values: verdict.options }),
  field('incident', 'text', 'Incident it belongs to', ownColumn('f.incident')),
  field('sessions', 'text', 'Key of a session it names', named, { shortNames: ['session', 'key'] }),
];

const ownNames = new Set(own.flatMap(({ name, shortNames }) => [name, ...shortNames]));

/** A finding's own fields, and those of the sessions it names: one query can be carried from list to list. */
export const findingFields: readonly Field[] = [
  ...own,
  ...relatedFields(
    sessionFields.filter(({ name }) => !ownNames.has(name)),
    aboutSession,
    (help) => `${help} (of a session it names)`,
  ),
];

function aboutSession(condition: string): string {
  return `f.id IN (SELECT named.finding_id FROM finding_session AS named
    JOIN session AS s ON s.id = named.session_id WHERE ${condition})`;
}
