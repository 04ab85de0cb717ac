import { ruleId, severity } from '../../../contract/rules.ts';
import { codeOf, severities, sessionStates, timeQualities } from '../codes.ts';
import {
  dictionaryColumn,
  field,
  ownColumn,
  type DerivedColumn,
  type Field,
  type Sort,
  type ValueColumn,
} from '../field.ts';
import { deviceFields, ownerFields, timeField, whereFields } from './where.ts';

const notExpired = '(s.expires_at IS NULL OR s.expires_at > @now)';

/** The states an analyst sees: what is stored, and expiry as of now. */
const state: DerivedColumn = {
  kind: 'derived',
  within: (condition) => condition,
  conditions: {
    active: `(s.state = ${codeOf(sessionStates, 'active')} AND ${notExpired})`,
    unknown: `(s.state = ${codeOf(sessionStates, 'unknown')} AND ${notExpired})`,
    expired: `(s.state = ${codeOf(sessionStates, 'expired')}
      OR s.state < ${codeOf(sessionStates, 'expired')} AND s.expires_at <= @now)`,
    ended: `s.state = ${codeOf(sessionStates, 'ended')}`,
    revoked: `s.state = ${codeOf(sessionStates, 'revoked')}`,
  },
};

const revocable = `(s.state < ${codeOf(sessionStates, 'expired')} AND ${notExpired}
  AND s.source_id IN (SELECT id FROM source WHERE can_revoke_one = 1))`;

/** A listed session was last observed when its listing was last complete, whatever its own row says. */
export const lastObserved = `CASE WHEN s.state < ${codeOf(sessionStates, 'ended')}
  THEN max(s.last_observed_at, ifnull((SELECT last_complete_at FROM listing WHERE id = s.listing_id), 0))
  ELSE s.last_observed_at END`;

const bySource: Sort = { kind: 'dictionary', table: 'source', key: 's.source_id', column: 'name' };

/** Findings that name a session and were neither suppressed nor closed. */
function findingColumn(sql: string, encode?: ValueColumn['encode']): ValueColumn {
  return {
    ...ownColumn(sql, encode),
    within: (condition) => `s.id IN (
      SELECT named.session_id FROM finding_session AS named JOIN finding AS f ON f.id = named.finding_id
      WHERE f.state < 2 AND ${condition})`,
  };
}

/** What sessions are filtered and sorted by; the row's alias is `s`. */
export const sessionFields: readonly Field[] = [
  field('key', 'text', 'Public key of the session', ownColumn('s.key')),
  ...ownerFields('s', dictionaryColumn('source', 's.source_id', 'name')).map((each) =>
    each.name === 'source' ? { ...each, sort: bySource } : each,
  ),
  field(
    'account',
    'text',
    'Account the listing was made as',
    dictionaryColumn('listing', 's.listing_id', 'account_folded'),
  ),
  field('personId', 'text', 'Person across sources', dictionaryColumn('user', 's.user_id', 'person_id')),
  field('state', 'enum', 'Whether it can still be used', state, { values: sessionStates }),
  field('current', 'boolean', 'The session of the credential itself', ownColumn('s.is_current')),
  timeField('startedAt', 's.started_at', 'When it began: >2026-11-01, <24h, 2026-11', {
    shortNames: ['started'],
  }),
  field(
    'startedAtQuality',
    'enum',
    'How far the start can be believed',
    ownColumn('s.started_quality', (value) => codeOf(timeQualities, value)),
    { values: timeQualities },
  ),
  timeField('lastSeenAt', 's.last_seen_at', 'When it was last used: <24h', { shortNames: ['seen'] }),
  timeField('expiresAt', 's.expires_at', 'When it expires; a duration counts ahead: <7d', {
    shortNames: ['expires'],
    direction: 'ahead',
  }),
  timeField('firstObservedAt', 's.first_observed_at', 'When a poll first saw it'),
  timeField('lastObservedAt', lastObserved, 'When a poll last saw it', { sort: null }),
  timeField('endedAt', 's.ended_at', 'When it was found to be gone', { shortNames: ['ended'] }),
  ...whereFields('s'),
  ...deviceFields('s'),
  field(
    'impersonatedBy',
    'text',
    'Administrator who acts in the name of the user; impersonatedBy:* for all of them',
    ownColumn('lower(s.impersonated_by)'),
  ),
  field('hint', 'text', 'Last 4 characters of the native id', ownColumn('lower(s.hint)')),
  field('revocable', 'boolean', 'Whether it can be ended from here', ownColumn(revocable)),
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
