import { ruleId, severity } from '../../../contract/rules.ts';
import { codeOf, severities, sessionStates, timeQualities } from '../codes.ts';
import {
  dictionaryColumn,
  field,
  indexed,
  keyColumn,
  lookUp,
  numberLookUp,
  ownColumn,
  type DerivedColumn,
  type Field,
  type Sort,
  type ValueColumn,
} from '../field.ts';
import { deviceFields, ownerFields, timeField, whereFields, type Row, type TimeOrder } from './where.ts';

const notExpired = '(s.expires_at IS NULL OR s.expires_at > @now)';

/** True of every row, and the first column of the index on states: with it SQLite starts from the state. */
const anySource = 's.source_id IN (SELECT id FROM source)';
const [ACTIVE, UNKNOWN, EXPIRED, ENDED, REVOKED] = (
  ['active', 'unknown', 'expired', 'ended', 'revoked'] as const
).map((value) => codeOf(sessionStates, value));

/** The states an analyst sees: what is stored, and expiry as of now. */
const state: DerivedColumn = {
  kind: 'derived',
  lookUps: [],
  conditions: {
    active: `(${anySource} AND s.state = ${ACTIVE} AND ${notExpired})`,
    unknown: `(${anySource} AND s.state = ${UNKNOWN} AND ${notExpired})`,
    expired: `(${anySource} AND s.state = ${EXPIRED}
      OR ${anySource} AND s.state IN (${ACTIVE}, ${UNKNOWN}) AND s.expires_at <= @now)`,
    ended: `(${anySource} AND s.state = ${ENDED})`,
    revoked: `(${anySource} AND s.state = ${REVOKED})`,
  },
  indexed: {
    active: `(${anySource} AND s.state = ${ACTIVE})`,
    unknown: `(${anySource} AND s.state = ${UNKNOWN})`,
    ended: `(${anySource} AND s.state = ${ENDED})`,
    revoked: `(${anySource} AND s.state = ${REVOKED})`,
  },
};

/** Starts that are not reported are the exception, with an index of their own. */
const quality: DerivedColumn = {
  kind: 'derived',
  lookUps: [],
  conditions: Object.fromEntries(
    timeQualities.map((value, code) => [
      value,
      `(${code > 0 ? 's.started_quality > 0 AND ' : ''}s.started_quality = ${code})`,
    ]),
  ),
  indexed: Object.fromEntries(
    timeQualities
      .map((value, code) => [value, `(s.started_quality > 0 AND s.started_quality = ${code})`] as const)
      .slice(1),
  ),
};

/**
 * Sessions stored as live whose expiry has passed since all that had expired were last stored as such. They are few: the
 * writer settles them after every sweep. The `+` keeps SQLite from starting with the state.
 */
export const unsettled = `(s.expires_at > (SELECT until FROM settled) AND s.expires_at <= @now
  AND +s.state IN (${ACTIVE}, ${UNKNOWN}))`;

const canRevoke = `(s.state IN (${ACTIVE}, ${UNKNOWN}) AND ${notExpired}
  AND s.source_id IN (SELECT id FROM source WHERE can_revoke_one = 1))`;

const revocable: DerivedColumn = {
  kind: 'derived',
  lookUps: [],
  conditions: { true: canRevoke, false: `NOT ${canRevoke}` },
  indexed: { true: `(${anySource} AND s.state IN (${ACTIVE}, ${UNKNOWN}))` },
};

/** A listed session was last observed when its listing was last complete, whatever its own row says. */
export const lastObserved = `CASE WHEN s.state < ${ENDED}
  THEN max(s.last_observed_at, ifnull((SELECT last_complete_at FROM listing WHERE id = s.listing_id), 0))
  ELSE s.last_observed_at END`;

/**
 * Rows are numbered in the order in which they are first observed, which is therefore the order of the list. Each thousand
 * of numbers knows its first and last moment, and with that a range of moments is one of numbers.
 */
const firstObserved: ValueColumn = {
  ...ownColumn('s.first_observed_at'),
  numbers: (from, until) => [
    ...(from === null ? [] : [`s.id >= (SELECT 1000 * min(thousand) FROM arrival WHERE last_at >= ${from})`]),
    ...(until === null
      ? []
      : [`s.id <= (SELECT 1000 * max(thousand) + 999 FROM arrival WHERE first_at <= ${until})`]),
  ],
};

const bySource: Sort = {
  kind: 'dictionary',
  table: 'source',
  key: 's.source_id',
  column: 'name',
  index: 'session_by_source',
  between: ['s.state', 's.tells_login'],
};

/** Listings have no index of their own on sessions; those of their source do. */
const account: ValueColumn = {
  ...dictionaryColumn('listing', 's.listing_id', 'account_folded'),
  lookUps: [
    {
      ...numberLookUp('listing', 'd', 's.listing_id'),
      within: (set) =>
        `(s.listing_id IN (${set}) AND s.source_id IN (SELECT source_id FROM listing WHERE id IN (${set})))`,
    },
  ],
};

/** Findings that name a session and were neither suppressed nor closed. */
function findingColumn(sql: string, encode?: ValueColumn['encode']): ValueColumn {
  return {
    ...indexed(ownColumn(sql, encode)),
    lookUps: [
      {
        ...lookUp(
          `(SELECT named.session_id, rule, severity FROM finding_session AS named
            JOIN finding ON finding.id = named.finding_id WHERE finding.state < 2) AS f`,
          'f.session_id',
          's.id',
          `(SELECT named.session_id, rule, severity FROM finding_session AS named INDEXED BY finding_session_by_session
            CROSS JOIN finding NOT INDEXED ON finding.id = named.finding_id WHERE finding.state < 2) AS f`,
        ),
        selectsRows: true,
      },
    ],
  };
}

/** Few sessions are their credential's own: they have an index, the others don't. */
const current = indexed(ownColumn('s.is_current'), (test) => test.kind === 'boolean' && test.value === true);

/** What a row of the session table is called in the lists. */
export const sessionRow: Row = { alias: 's', table: 'session' };

/** These indexes also hold which starts and ends are events that nobody reported. */
const byStart: TimeOrder = { index: 'session_by_start', between: ['s.tells_login'] };
const byEnd: TimeOrder = { index: 'session_by_end', between: ['s.tells_end'], isPartial: true };

/** What sessions are filtered and sorted by; the row's alias is `s`. */
export const sessionFields: readonly Field[] = [
  field('key', 'text', 'Public key of the session', keyColumn('s.key')),
  ...ownerFields(sessionRow, indexed(dictionaryColumn('source', 's.source_id', 'name'))).map((each) =>
    each.name === 'source' ? { ...each, sort: bySource } : each,
  ),
  field('account', 'text', 'Account the listing was made as', account),
  field(
    'personId',
    'text',
    'Person across sources',
    indexed(dictionaryColumn('user', 's.user_id', 'person_id')),
  ),
  field('state', 'enum', 'Whether it can still be used', state, { values: sessionStates }),
  field('current', 'boolean', 'The session of the credential itself', current),
  timeField('startedAt', 's.started_at', byStart, 'When it began: >2026-11-01, <24h, 2026-11', {
    shortNames: ['started'],
  }),
  field('startedAtQuality', 'enum', 'How far the start can be believed', quality, { values: timeQualities }),
  timeField(
    'lastSeenAt',
    's.last_seen_at',
    { index: 'session_by_last_seen' },
    'When it was last used: <24h',
    {
      shortNames: ['seen'],
    },
  ),
  timeField(
    'expiresAt',
    's.expires_at',
    { index: 'session_by_expiry' },
    'When it expires; a duration counts ahead: <7d',
    {
      shortNames: ['expires'],
      direction: 'ahead',
    },
  ),
  field('firstObservedAt', 'time', 'When a poll first saw it', firstObserved, { sort: { kind: 'number' } }),
  timeField('lastObservedAt', lastObserved, null, 'When a poll last saw it'),
  timeField('endedAt', 's.ended_at', byEnd, 'When it was found to be gone', {
    shortNames: ['ended'],
  }),
  ...whereFields(sessionRow),
  ...deviceFields(sessionRow),
  field(
    'impersonatedBy',
    'text',
    'Administrator who acts in the name of the user; impersonatedBy:* for all of them',
    indexed(ownColumn('lower(s.impersonated_by)')),
  ),
  field('hint', 'text', 'Last 4 characters of the native id', indexed(ownColumn('lower(s.hint)'))),
  field('revocable', 'boolean', 'Whether it can be ended from here', revocable),
  field('findings', 'enum', 'Rule of an open finding that names it', findingColumn('f.rule'), {
    shortNames: ['finding'],
    values: ruleId.options,
  }),
  field(
    'severity',
    'enum',
    'Severity of an open finding that names it: >=high',
    findingColumn('f.severity', (value) => codeOf(severities, value)),
    { values: severity.options, isOrdered: true },
  ),
];
