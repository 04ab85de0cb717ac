import { eventOutcome } from '../../../contract/event.ts';
import { codeOf, eventKinds, eventOrigins, eventOutcomes } from '../codes.ts';
import { field, ownColumn, relatedFields, type Field, type ValueColumn } from '../field.ts';
import { sessionFields } from './sessions.ts';
import { deviceFields, ownerFields, timeField, whereFields } from './where.ts';

/** The session an event names, stored or not yet. */
const session: readonly ValueColumn[] = [
  {
    kind: 'value',
    sql: 'known.key',
    within: (condition) => `e.session_id IN (SELECT known.id FROM session AS known WHERE ${condition})`,
  },
  ownColumn('e.session_key'),
];

/** What events are filtered and sorted by; the row's alias is `e`. */
const own: readonly Field[] = [
  timeField('at', 'e.at', 'When it happened: <24h, 2026-11-01', { shortNames: ['started', 'seen'] }),
  ...ownerFields('e'),
  field(
    'kind',
    'enum',
    'What happened',
    ownColumn('e.kind', (value) => codeOf(eventKinds, value)),
    { values: eventKinds },
  ),
  field(
    'outcome',
    'enum',
    'How it went',
    ownColumn('e.outcome', (value) => codeOf(eventOutcomes, value)),
    { values: eventOutcome.options },
  ),
  field(
    'origin',
    'enum',
    'Whether the source said so or it follows from a session',
    ownColumn('e.origin', (value) => codeOf(eventOrigins, value)),
    { values: eventOrigins },
  ),
  field('session', 'text', 'Key of its session', session, { shortNames: ['key'] }),
  ...whereFields('e'),
  ...deviceFields('e'),
];

const ownNames = new Set(own.flatMap(({ name, shortNames }) => [name, ...shortNames]));

/** An event's own fields, and those of its session: one query can be carried from list to list. */
export const eventFields: readonly Field[] = [
  ...own,
  ...relatedFields(
    sessionFields.filter(({ name }) => !ownNames.has(name)),
    (condition) => `e.session_id IN (SELECT s.id FROM session AS s WHERE ${condition})`,
    (help) => `${help} (of its session)`,
  ),
];
