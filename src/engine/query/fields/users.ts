import { userTag } from '../../../contract/person.ts';
import { ruleId, severity } from '../../../contract/rules.ts';
import { codeOf, severities } from '../codes.ts';
import {
  field,
  indexed,
  lookUp,
  numberLookUp,
  ownColumn,
  type Field,
  type LookUp,
  type Relation,
  type ValueColumn,
} from '../field.ts';
import { withRelated } from '../related-fields.ts';
import { fileSources, importedLogins, orImported } from './imported-logins.ts';
import { lastObserved, sessionFields, unsettled } from './sessions.ts';

const live = 's.state < 2 AND (s.expires_at IS NULL OR s.expires_at > @now)';

/**
 * Live sessions are counted as they are stored. Users of sessions that expired since are few; the users' list tells them
 * apart and joins this to them, so that the figure is exact at any moment.
 */
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

const source: ValueColumn = indexed({
  kind: 'value',
  sql: 'source.name',
  lookUps: [numberLookUp('source', 'source', 'u.source_id')],
});

const sessionsOfUser: Relation = {
  table: 'session',
  alias: 's',
  listed: (set) => `SELECT s.user_id FROM session AS s WHERE s.id IN (${set})`,
  pairs: (set) => `SELECT s.user_id, s.id FROM session AS s WHERE s.user_id IN (${set})`,
};

const theirs = 'session AS s INDEXED BY session_by_user';

const ofSession: LookUp = {
  ...lookUp('session AS s', 's.user_id', 'u.id', theirs),
  relation: sessionsOfUser,
};

const ofLiveSession: LookUp = {
  ...lookUp(
    `(SELECT * FROM session AS s WHERE ${live}) AS s`,
    's.user_id',
    'u.id',
    `(SELECT * FROM ${theirs} WHERE ${live}) AS s`,
  ),
  relation: sessionsOfUser,
};

const ofImportedLogin: LookUp = {
  select: (condition) => `SELECT DISTINCT e.user_id FROM ${importedLogins} WHERE ${condition}`,
  within: (set) => `u.id IN (${set})`,
  each: (condition) => `(u.source_id IN (${fileSources}) AND EXISTS (
    SELECT 1 FROM event AS e INDEXED BY event_by_user WHERE e.user_id = u.id AND ${condition}))`,
  selectsRows: true,
};

const countries: ValueColumn = indexed({
  kind: 'value',
  sql: 'd.country_folded',
  lookUps: [numberLookUp('place', 'd', 's.place_id'), ofLiveSession],
});

/** Findings about a user that were neither suppressed nor closed. */
function findingColumn(sql: string, encode?: ValueColumn['encode']): ValueColumn {
  return {
    ...indexed(ownColumn(sql, encode)),
    lookUps: [
      {
        ...lookUp(
          '(SELECT * FROM finding WHERE state < 2) AS f',
          'f.user_id',
          'u.id',
          '(SELECT * FROM finding INDEXED BY finding_by_user WHERE state < 2) AS f',
        ),
        selectsRows: true,
      },
    ],
  };
}

const tag: ValueColumn = indexed({
  kind: 'value',
  sql: 't.tag',
  lookUps: [{ ...lookUp('user_tag AS t', 't.user_id', 'u.id', 'user_tag AS t'), selectsRows: true }],
});

function figure(name: keyof typeof userFigures, column: string, index: string, help: string): Field {
  const sql = `u.${column}`;
  return field(name, 'number', help, indexed(ownColumn(sql)), { sort: { kind: 'column', sql, index } });
}

function textColumn(column: string): ValueColumn {
  return { ...indexed(ownColumn(`u.${column}`)), trigrams: { table: 'user_text', column, id: 'u.id' } };
}

function textField(name: string, column: string, index: string, help: string): Field {
  return field(name, 'text', help, textColumn(column), {
    sort: { kind: 'column', sql: `u.${column}`, index },
    isBare: true,
  });
}

const own: readonly Field[] = [
  field('user', 'text', 'Name or id of the user', [
    textColumn('name_folded'),
    textColumn('external_id_folded'),
  ]),
  textField('userName', 'name_folded', 'user_by_name', 'Name of the user'),
  textField('userId', 'external_id_folded', 'user_by_external_id', 'Id of the user at the source'),
  textField('email', 'email_folded', 'user_by_email', 'E-mail address'),
  field('source', 'text', 'Id of the source', source),
  field('personId', 'text', 'Person across sources', indexed(ownColumn('u.person_id'))),
  field('tags', 'enum', 'What the user is, by its source or by an analyst', tag, {
    shortNames: ['tag'],
    values: userTag.options,
  }),
  figure('sessions', 'sessions', 'user_by_sessions', 'How many sessions are stored: >10'),
  figure('liveSessions', 'live_sessions', 'user_by_live_sessions', 'How many sessions can still be used: >3'),
  figure('openFindings', 'open_findings', 'user_by_open_findings', 'How many findings are open: >0'),
  field('lastObservedAt', 'time', 'When a poll last saw one of the sessions', ownColumn(userLastObserved)),
  field('countries', 'text', 'Country of a live session', countries),
  field('findings', 'enum', 'Rule of an open finding', findingColumn('f.rule'), {
    shortNames: ['finding'],
    values: ruleId.options,
  }),
  field(
    'severity',
    'enum',
    'Severity of an open finding: >=high',
    findingColumn('f.severity', (value) => codeOf(severities, value)),
    { values: severity.options, isOrdered: true },
  ),
];

/**
 * What users are filtered and sorted by, where live sessions are as they are stored: their own fields, and those of their
 * sessions and imported logins, so that one query can be carried from list to list. The row's alias is `u`.
 */
export const userFields: readonly Field[] = orImported(
  withRelated(
    own,
    sessionFields,
    ofSession,
    (help) => `${help} (of one of the sessions, or an imported login)`,
  ),
  ofImportedLogin,
);

/** The same of users with sessions that expired since they were counted; their rows are joined with `unsettled`. */
export const unsettledUserFields: readonly Field[] = userFields.map((each) =>
  each.name === 'liveSessions'
    ? {
        ...each,
        columns: [ownColumn(userFigures.liveSessions)],
        sort: { kind: 'column', sql: userFigures.liveSessions, index: null },
      }
    : each,
);
