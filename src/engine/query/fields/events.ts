import { eventOutcome } from '../../../contract/event.ts';
import { codeOf, eventKinds, eventOrigins, eventOutcomes, sessionStates } from '../codes.ts';
import {
  dictionaryColumn,
  field,
  indexed,
  keyColumn,
  numberLookUp,
  ownColumn,
  sameForAll,
  type Column,
  type Field,
  type LookUp,
  type ValueColumn,
} from '../field.ts';
import { relatedFields } from '../related-fields.ts';
import { sessionFields, sessionRow } from './sessions.ts';
import { deviceFields, ownerFields, timeField, whereFields, type Row, type TimeOrder } from './where.ts';

/** Where an event's own values are: stored events have them in columns, those that follow from a session in its row. */
type EventColumns = {
  readonly row: Row;
  readonly at: { readonly sql: string; readonly order: TimeOrder };
  readonly kind: Column;
  readonly outcome: Column;
  readonly origin: Column;
  readonly session: Column | readonly Column[];
  readonly source?: ValueColumn;
};

function ownFields({ row, at, kind, outcome, origin, session, source }: EventColumns): readonly Field[] {
  return [
    timeField('at', at.sql, at.order, 'When it happened: <24h, 2026-11-01', {
      shortNames: ['started', 'seen'],
    }),
    ...ownerFields(row, source),
    field('kind', 'enum', 'What happened', kind, { values: eventKinds }),
    field('outcome', 'enum', 'How it went', outcome, { values: eventOutcome.options }),
    field('origin', 'enum', 'Whether the source said so or it follows from a session', origin, {
      values: eventOrigins,
    }),
    field('session', 'text', 'Key of its session', session, { shortNames: ['key'] }),
    ...whereFields(row),
    ...deviceFields(row),
  ];
}

const ownOfStored = ownFields({
  row: { alias: 'e', table: 'event' },
  at: { sql: 'e.at', order: { index: 'event_by_time' } },
  kind: ownColumn('e.kind', (value) => codeOf(eventKinds, value)),
  outcome: ownColumn('e.outcome', (value) => codeOf(eventOutcomes, value)),
  origin: ownColumn('e.origin', (value) => codeOf(eventOrigins, value)),
  session: [
    { ...keyColumn('known.key'), lookUps: [numberLookUp('session', 'known', 'e.session_id')] },
    indexed(ownColumn('e.session_key')),
  ],
});

const ownNames = new Set(ownOfStored.flatMap(({ name, shortNames }) => [name, ...shortNames]));
const ofSession = sessionFields.filter(({ name }) => !ownNames.has(name));
const helpOfSession = (help: string) => `${help} (of its session)`;

const itsSession: LookUp = {
  ...numberLookUp('session', 's', 'e.session_id'),
  relation: {
    table: 'session',
    alias: 's',
    listed: (set) => `SELECT e.id FROM event AS e WHERE e.session_id IN (${set})`,
    pairs: (set) =>
      `SELECT e.id, e.session_id FROM event AS e WHERE e.session_id IS NOT NULL AND e.id IN (${set})`,
  },
};

/** A stored event's own fields, and those of its session: one query can be carried from list to list. Alias `e`. */
export const eventFields: readonly Field[] = [
  ...ownOfStored,
  ...relatedFields(ofSession, itsSession, helpOfSession),
];

/** Values that no session has whose row tells of its end. */
const neverOver: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  state: { active: '0', unknown: '0', expired: '0' },
  revocable: { true: '0' },
};

/** Whether any session of a source, by its alias, tells of a login: none does where the source reports them. An index knows. */
export const tellsLogins = (source: string): string => `EXISTS (SELECT 1 FROM session AS told
  WHERE told.source_id = ${source}.id AND told.state IN (${sessionStates.map((_, code) => code).join(', ')})
    AND told.tells_login = 1)`;

const sourceOfSession = dictionaryColumn('source', 's.source_id', 'name');

/** The same fields of a login that a session's start tells of; the row is the session, alias `s`. */
export const toldLoginFields = toldFields(
  'login',
  { sql: 's.started_at', order: { index: 'session_by_start', constant: 's.tells_login' } },
  {
    ...sourceOfSession,
    // Of a source that tells of none, not every session has to be looked at to know it.
    lookUps: [numberLookUp('source', 'd', 's.source_id', ` JOIN (SELECT 1) ON ${tellsLogins('d')}`)],
  },
);

/** The same fields of the end that a session's row tells of. */
export const toldEndFields = toldFields(
  'end',
  { sql: 's.ended_at', order: { index: 'session_by_end', constant: 's.tells_end', isPartial: true } },
  sourceOfSession,
);

function toldFields(kind: 'login' | 'end', at: EventColumns['at'], source: ValueColumn): readonly Field[] {
  return [
    ...ownFields({
      row: sessionRow,
      at,
      kind: sameForAll(eventKinds, kind),
      outcome: sameForAll(eventOutcomes, 'success'),
      origin: sameForAll(eventOrigins, 'synthesised'),
      session: keyColumn('s.key'),
      source: indexed(source),
    }),
    ...ofSession
      .map((each) => (kind === 'end' ? onlyOver(each) : each))
      .map((each) => ({ ...each, help: helpOfSession(each.help), sort: null, isBare: false })),
  ];
}

/** What tells of its end is over: nothing has to be looked through to know that none of it lives. */
function onlyOver(ofSession: Field): Field {
  const never = neverOver[ofSession.name];
  if (never === undefined) return ofSession;
  return {
    ...ofSession,
    columns: ofSession.columns.map((column) =>
      column.kind === 'derived'
        ? {
            ...column,
            conditions: { ...column.conditions, ...never },
            indexed: { ...column.indexed, ...never },
          }
        : column,
    ),
  };
}
