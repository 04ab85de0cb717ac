import type { RuleId, Severity } from './rules.ts';

/**
 * What a rule needs to be told. A source that can't tell one of a rule's inputs makes the rule not evaluable there, which
 * is never “fine”.
 */
export type RuleInput =
  /** Places finer than a country. */
  | 'place'
  | 'country'
  | 'ip'
  | 'asn'
  | 'device'
  | 'userAgent'
  /** Successes and failures of logins. */
  | 'outcomes'
  /** A session that keeps its id, seen by several polls. */
  | 'steadySessions'
  | 'start'
  | 'expiry'
  | 'lastSeen'
  /** Whether the user still exists. */
  | 'userState'
  /** Our own revocations. */
  | 'revocations';

export type RuleWords = {
  /** The short id of detections.md; stays in the docs. */
  readonly letter: string;
  readonly name: string;
  /** One or two words for a table cell. */
  readonly short: string;
  /** Where nothing raises or lowers it. */
  readonly severity: Severity;
  /** Fires for users who are not mature yet, too. */
  readonly fromTheStart?: true;
  readonly inputs: readonly RuleInput[];
};

/** Every rule in words, for pages, reports and docs. */
export const ruleCatalogue: Readonly<Record<RuleId, RuleWords>> = {
  'impossible-travel': rule('T1', 'Impossible travel', 'travel', 'high', 'place'),
  'concurrent-distant-sessions': rule(
    'T2',
    'Sessions far apart at once',
    'far apart',
    'high',
    'place',
    'lastSeen',
  ),
  'country-hop': rule('T3', 'Several countries within an hour', 'hop', 'medium', 'country'),
  'new-country': rule('L1', 'New country for this user', 'country', 'medium', 'country'),
  'new-country-for-organisation': fromTheStart(
    'L2',
    'New country for everybody',
    'new for all',
    'high',
    'country',
  ),
  'dormant-country': rule('L3', 'Country unseen for a month', 'old country', 'low', 'country'),
  'country-policy': fromTheStart('L4', 'Country that the policy forbids', 'policy', 'high', 'country'),
  'new-network': rule('N1', 'New network for this user', 'network', 'low', 'asn'),
  'hosting-network': rule('N2', 'Signed in from a data centre', 'hosting', 'medium', 'asn'),
  'vpn-or-proxy': rule('N3', 'VPN or proxy', 'VPN', 'low', 'asn'),
  'tor-exit': fromTheStart('N4', 'Tor exit', 'Tor', 'high', 'ip'),
  'relay-or-satellite': rule('N5', 'Relay or satellite', 'relay', 'info', 'asn'),
  'listed-ip': fromTheStart('N6', 'Address on a list', 'listed', 'critical', 'ip'),
  'private-ip': rule('N7', 'Private address at a public service', 'private', 'info', 'ip'),
  'new-device': rule('D1', 'New device for this user', 'new device', 'low', 'device'),
  'new-os-or-browser': rule('D2', 'New system or browser', 'new client', 'low', 'device'),
  'browser-rollback': rule('D3', 'Browser version went back', 'rollback', 'medium', 'userAgent'),
  'outdated-client': rule('D4', 'Outdated browser or system', 'outdated', 'low', 'userAgent'),
  'scripted-client': fromTheStart('D5', 'Script on a person’s account', 'script', 'high', 'userAgent'),
  'contradictory-user-agent': rule('D6', 'User agent contradicts itself', 'forged', 'medium', 'userAgent'),
  'user-agent-rotation': rule('D7', 'User agents by turns', 'rotation', 'medium', 'userAgent', 'outcomes'),
  'session-device-change': fromTheStart(
    'H1',
    'Session changed device',
    'device',
    'critical',
    'device',
    'steadySessions',
  ),
  'session-network-change': rule(
    'H2',
    'Session changed network',
    'network',
    'high',
    'asn',
    'country',
    'steadySessions',
  ),
  'session-ip-fan-out': rule('H3', 'One session, many networks', 'fan-out', 'medium', 'ip', 'steadySessions'),
  'session-parallel-use': rule(
    'H4',
    'Session used in two places by turns',
    'parallel',
    'critical',
    'ip',
    'steadySessions',
  ),
  'session-alive-after-revoke': fromTheStart(
    'H5',
    'Alive after its revocation',
    'revoked',
    'critical',
    'revocations',
  ),
  'session-without-login': rule(
    'H6',
    'Session without a login',
    'no login',
    'medium',
    'outcomes',
    'steadySessions',
  ),
  'old-session': rule('A1', 'Old sessions', 'old', 'low', 'start'),
  'never-expiring-session': rule('A2', 'Sessions that never expire', 'no expiry', 'medium', 'expiry'),
  'idle-session': rule('A3', 'Idle sessions', 'idle', 'low', 'lastSeen'),
  'too-many-sessions': rule('A4', 'Too many sessions', 'many', 'medium', 'start'),
  'session-outlives-user': fromTheStart('A5', 'Session outlives its user', 'orphan', 'critical', 'userState'),
  'brute-force': rule('B1', 'Many failures on one account', 'brute force', 'medium', 'outcomes'),
  'distributed-brute-force': rule(
    'B2',
    'Failures from many networks',
    'distributed',
    'medium',
    'outcomes',
    'ip',
  ),
  'credential-stuffing': rule('B3', 'One address, many accounts', 'stuffing', 'high', 'outcomes', 'ip'),
  'password-spray': rule('B4', 'Password spray', 'spray', 'high', 'outcomes', 'ip'),
  'success-after-failures': rule('B5', 'Success after failures', 'guessed', 'high', 'outcomes'),
  'many-users-one-network': rule('B6', 'Many users on one network', 'crowd', 'high', 'ip'),
  'many-users-one-client': rule('B7', 'Many users, one rare client', 'rare client', 'high', 'userAgent'),
  'one-user-many-networks': rule('B8', 'One user on many networks', 'networks', 'medium', 'ip'),
  'login-burst': rule('B9', 'Burst of logins', 'burst', 'medium', 'start'),
  'dormant-account-awakes': rule('C1', 'Dormant account awakes', 'dormant', 'medium', 'start'),
  'first-login-from-anonymizer': fromTheStart(
    'C2',
    'First login through an anonymiser',
    'first login',
    'medium',
    'asn',
  ),
  'unusual-hour': rule('C3', 'Unusual hour', 'hour', 'info', 'start'),
  'unlikely-login': rule('C5', 'Unlikely login', 'unlikely', 'medium', 'ip', 'userAgent'),
  campaign: rule('C6', 'Campaign against several users', 'campaign', 'critical', 'ip'),
  'clock-problem': rule('C7', 'Clock problem', 'clock', 'info', 'start'),
};

function rule(
  letter: string,
  name: string,
  short: string,
  severity: Severity,
  ...inputs: readonly RuleInput[]
): RuleWords {
  return { letter, name, short, severity, inputs };
}

function fromTheStart(...words: Parameters<typeof rule>): RuleWords {
  return { ...rule(...words), fromTheStart: true };
}
