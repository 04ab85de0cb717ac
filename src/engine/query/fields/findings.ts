import { findingState, verdict } from '../../../contract/finding.ts';
import { ruleId, scoreBySeverity, severity } from '../../../contract/rules.ts';
import { codeOf, findingStates, severities } from '../codes.ts';
import { findingIdBytes, findingIdRange, findingIdText } from '../finding-id.ts';
import {
  field,
  indexed,
  keyColumn,
  numberLookUp,
  ownColumn,
  type DerivedColumn,
  type Field,
  type LookUp,
  type Sort,
  type ValueColumn,
} from '../field.ts';
import { withRelated } from '../related-fields.ts';
import { alsoOf } from './also-of.ts';
import { fileSources, importedLogins, isAnyFile, orImported } from './imported-logins.ts';
import { sessionFields } from './sessions.ts';
import { ownerFields, timeField, type Row } from './where.ts';

/** A finding names sessions. */
const aboutSession: LookUp = {
  select: (condition) => `SELECT named.finding_id FROM session AS s
    JOIN finding_session AS named ON named.session_id = s.id WHERE ${condition}`,
  within: (set) => `f.id IN (${set})`,
  each: (condition) => `EXISTS (SELECT 1 FROM finding_session AS named
    CROSS JOIN session AS s NOT INDEXED ON s.id = named.session_id WHERE named.finding_id = f.id AND ${condition})`,
  relation: {
    table: 'session',
    alias: 's',
    listed: (set) => `SELECT finding_id FROM finding_session WHERE session_id IN (${set})`,
    pairs: (set) => `SELECT finding_id, session_id FROM finding_session WHERE finding_id IN (${set})`,
  },
};

/** A finding about an imported login is of its user and its moment. */
export const aboutImportedLogin: LookUp = {
  select: (condition) => `SELECT DISTINCT f.id FROM ${importedLogins}
    CROSS JOIN finding AS f INDEXED BY finding_by_time ON f.at = e.at AND f.user_id = e.user_id WHERE ${condition}`,
  within: (set) => `f.id IN (${set})`,
  each: (condition) => `(${isAnyFile} AND EXISTS (SELECT 1 FROM user AS owner
    CROSS JOIN event AS e INDEXED BY event_by_user ON e.user_id = owner.id AND e.at = f.at
    WHERE owner.id = f.user_id AND owner.source_id IN (${fileSources}) AND ${condition}))`,
  selectsRows: true,
};

const named: ValueColumn = { ...keyColumn('s.key'), lookUps: [aboutSession] };

/** Ids are stored as bytes, which rise with them. */
const id: ValueColumn = {
  ...indexed(ownColumn(findingIdText('f.public_id'))),
  bytes: {
    sql: 'f.public_id',
    whole: (sql, text, bind) => {
      const bytes = findingIdBytes(text);
      return bytes === null ? '0' : `${sql} = ${bind(bytes)}`;
    },
    beginning: (sql, beginning, bind) => {
      if (beginning === '') return null;
      const range = findingIdRange(beginning);
      return range === null ? '0' : `${sql} BETWEEN ${bind(range.low)} AND ${bind(range.high)}`;
    },
  },
};

/** Of every severity: with that SQLite starts from their index, which holds the states. */
const states = Object.fromEntries(
  findingStates.map((value, code) => [
    value,
    `(f.severity IN (${severities.map((_, severity) => severity).join(', ')}) AND f.state = ${code})`,
  ]),
);
const state: DerivedColumn = { kind: 'derived', conditions: states, indexed: states, lookUps: [] };

/** What the indexes of rules and severities know beside. */
const whoseIs = ['f.state', 'f.user_id'];

const bySeverity: Sort = {
  kind: 'column',
  sql: 'f.severity',
  index: 'finding_by_severity',
  between: whoseIs,
};

/** Follows from the severity, and rises with it: between two scores lies between two severities. */
const score: ValueColumn = {
  ...indexed(ownColumn('f.severity')),
  bound: (value) => {
    const above = severities.findIndex((severity) => scoreBySeverity[severity] >= value);
    if (above < 0) return severities.length;
    return scoreBySeverity[severities[above] ?? 'info'] === value ? above : above - 0.5;
  },
};

/** What is known by a letter and its number, and has an index of the findings that belong to it. */
function ofNumbered(table: string, letter: string): ValueColumn {
  return {
    ...indexed(ownColumn(`('${letter}' || d.id)`)),
    lookUps: [numberLookUp(table, 'd', `f.${table}_id`)],
  };
}

/** What findings are filtered and sorted by; the row's alias is `f`. */
const own: readonly Field[] = [
  field('id', 'text', 'Id of the finding', id),
  field('rule', 'enum', 'What it is about: session-*', indexed(ownColumn('f.rule')), {
    shortNames: ['finding', 'findings'],
    values: ruleId.options,
    sort: { kind: 'column', sql: 'f.rule', index: 'finding_by_rule', between: whoseIs },
  }),
  field(
    'severity',
    'enum',
    'How bad it is: >=high',
    indexed(ownColumn('f.severity', (value) => codeOf(severities, value))),
    {
      values: severity.options,
      isOrdered: true,
      sort: bySeverity,
    },
  ),
  field('score', 'number', 'From 0 to 100: >50', score, { sort: bySeverity }),
  ...ownerFields({ alias: 'f', table: 'finding' }),
  timeField('at', 'f.at', { index: 'finding_by_time' }, 'When it happened: <24h'),
  field('state', 'enum', 'What became of it', state, { values: findingState.options }),
  field('verdict', 'enum', 'What an analyst decided', indexed(ownColumn('f.verdict')), {
    values: verdict.options,
  }),
  field('incident', 'text', 'Incident it belongs to: i12', ofNumbered('incident', 'i')),
  field('suppression', 'text', 'Suppression that silences it: s3', ofNumbered('suppression', 's')),
  field('sessions', 'text', 'Key of a session it names', named, { shortNames: ['session', 'key'] }),
];

/** Where a finding came from; the sessions it names may be elsewhere by now. */
export const origin: Row = { alias: 'f', table: 'finding' };

/**
 * A finding's own fields, where it came from, and the fields of the sessions or the imported login it is about: one query can be
 * carried from list to list.
 */
export const findingFields: readonly Field[] = alsoOf(
  origin,
  orImported(
    withRelated(own, sessionFields, aboutSession, (help) => `${help} (its own, or of a session it names)`),
    aboutImportedLogin,
  ),
);
