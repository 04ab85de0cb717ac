import { field, lookUp, ownColumn, relatedFields, type Field, type ValueColumn } from '../field.ts';
import { lastObserved, sessionFields, unsettled } from './sessions.ts';

const live = 's.state < 2 AND (s.expires_at IS NULL OR s.expires_at > @now)';

/** Live sessions are counted as they are stored. The users' list joins this, so that the figure is exact at any moment. */
export const unsettledByUser = `unsettled AS MATERIALIZED (
  SELECT s.user_id, count(*) AS sessions FROM session AS s WHERE ${unsettled} GROUP BY s.user_id)`;

/** What a user's row counts, as expressions of the row `u` joined with `unsettled`. */
export const userFigures = {
  sessions: 'u.sessions',
  liveSessions: '(u.live_sessions - ifnull(unsettled.sessions, 0))',
  openFindings: 'u.open_findings',
} as const;

/** The latest moment a poll saw one of the user's sessions. */
export const userLastObserved = `(SELECT max(${lastObserved}) FROM session AS s WHERE s.user_id = u.id)`;

const source: ValueColumn = {
  kind: 'value',
  sql: 'source.name',
  lookUps: [lookUp('source', 'source.id', 'u.source_id')],
};

const countries: ValueColumn = {
  kind: 'value',
  sql: 'd.country_folded',
  lookUps: [
    lookUp('place AS d', 'd.id', 's.place_id'),
    lookUp(`(SELECT * FROM session AS s WHERE ${live}) AS s`, 's.user_id', 'u.id'),
  ],
};

const finding: ValueColumn = {
  kind: 'value',
  sql: 'f.rule',
  lookUps: [lookUp('(SELECT * FROM finding WHERE state < 2) AS f', 'f.user_id', 'u.id')],
};

function figure(name: keyof typeof userFigures, help: string): Field {
  const sql = userFigures[name];
  return field(name, 'number', help, ownColumn(sql), { sort: { kind: 'column', sql, index: null } });
}

function textColumn(column: string): ValueColumn {
  return { ...ownColumn(`u.${column}`), trigrams: { table: 'user_text', column, id: 'u.id' } };
}

function textField(name: string, column: string, index: string, help: string): Field {
  return field(name, 'text', help, textColumn(column), {
    sort: { kind: 'column', sql: `u.${column}`, index },
    isBare: true,
  });
}

/** What users are filtered and sorted by; the row's alias is `u`. */
const own: readonly Field[] = [
  field('user', 'text', 'Name or id of the user', [
    textColumn('name_folded'),
    textColumn('external_id_folded'),
  ]),
  textField('userName', 'name_folded', 'user_by_name', 'Name of the user'),
  textField('userId', 'external_id_folded', 'user_by_external_id', 'Id of the user at the source'),
  textField('email', 'email_folded', 'user_by_email', 'E-mail address'),
  field('source', 'text', 'Id of the source', source),
  field('personId', 'text', 'Person across sources', ownColumn('u.person_id')),
  figure('sessions', 'How many sessions are stored: >10'),
  figure('liveSessions', 'How many sessions can still be used: >3'),
  figure('openFindings', 'How many findings are open: >0'),
  field('lastObservedAt', 'time', 'When a poll last saw one of the sessions', ownColumn(userLastObserved)),
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
    lookUp('session AS s', 's.user_id', 'u.id'),
    (help) => `${help} (of one of the sessions)`,
  ),
];
