import { field, ownColumn, relatedFields, type Field, type ValueColumn } from '../field.ts';
import { lastObserved, sessionFields } from './sessions.ts';

const live = 's.state < 2 AND (s.expires_at IS NULL OR s.expires_at > @now)';

/** What a user's row counts, as expressions of the row `u`. */
export const userFigures = {
  sessions: '(SELECT count(*) FROM session AS s WHERE s.user_id = u.id)',
  liveSessions: `(SELECT count(*) FROM session AS s WHERE s.user_id = u.id AND ${live})`,
  openFindings: '(SELECT count(*) FROM finding AS f WHERE f.user_id = u.id AND f.state = 0)',
  lastObservedAt: `(SELECT max(${lastObserved}) FROM session AS s WHERE s.user_id = u.id)`,
} as const;

const source: ValueColumn = {
  kind: 'value',
  sql: 'source.name',
  within: (condition) => `u.source_id IN (SELECT source.id FROM source WHERE ${condition})`,
};

const countries: ValueColumn = {
  kind: 'value',
  sql: 'd.country_folded',
  within: (condition) => `u.id IN (SELECT s.user_id FROM session AS s JOIN place AS d ON d.id = s.place_id
    WHERE ${live} AND ${condition})`,
};

const finding: ValueColumn = {
  kind: 'value',
  sql: 'f.rule',
  within: (condition) => `u.id IN (SELECT f.user_id FROM finding AS f WHERE f.state < 2 AND ${condition})`,
};

function figure(name: keyof typeof userFigures, type: 'number' | 'time', help: string): Field {
  const sql = userFigures[name];
  return field(name, type, help, ownColumn(sql), { sort: { kind: 'column', sql } });
}

function textField(name: string, column: string, help: string): Field {
  const sql = `u.${column}`;
  return field(name, 'text', help, ownColumn(sql), { sort: { kind: 'column', sql }, isBare: true });
}

/** What users are filtered and sorted by; the row's alias is `u`. */
const own: readonly Field[] = [
  field('user', 'text', 'Name or id of the user', [
    ownColumn('u.name_folded'),
    ownColumn('u.external_id_folded'),
  ]),
  textField('userName', 'name_folded', 'Name of the user'),
  textField('userId', 'external_id_folded', 'Id of the user at the source'),
  textField('email', 'email_folded', 'E-mail address'),
  field('source', 'text', 'Id of the source', source),
  field('personId', 'text', 'Person across sources', ownColumn('u.person_id')),
  figure('sessions', 'number', 'How many sessions are stored: >10'),
  figure('liveSessions', 'number', 'How many sessions can still be used: >3'),
  figure('openFindings', 'number', 'How many findings are open: >0'),
  figure('lastObservedAt', 'time', 'When a poll last saw one of the sessions'),
  field('countries', 'text', 'Country of a live session', countries),
  field('findings', 'enum', 'Rule of an open finding', finding, {
    shortNames: ['finding'],
    values: sessionFields.find(({ name }) => name === 'findings')?.values ?? [],
  }),
];

const ownNames = new Set(own.flatMap(({ name, shortNames }) => [name, ...shortNames]));

/** A user's own fields, and those of the user's sessions: one query can be carried from list to list. */
export const userFields: readonly Field[] = [
  ...own,
  ...relatedFields(
    sessionFields.filter(({ name }) => !ownNames.has(name)),
    (condition) => `u.id IN (SELECT s.user_id FROM session AS s WHERE ${condition})`,
    (help) => `${help} (of one of the sessions)`,
  ),
];
