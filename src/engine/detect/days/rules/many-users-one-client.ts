import { userAgentWithoutVersions } from '../../../enrich/user-agent-similarity.ts';
import { LONGEST_AGENT } from '../../client.ts';
import { remembered } from '../../remembered.ts';
import type { RuleFinding, Sighting } from '../../facts.ts';
import { moment, plural, quoted } from '../../words.ts';
import { manyUsersFinding } from '../accounts.ts';
import { isFailure } from '../attempt.ts';
import type { Day, DayRule } from '../day.ts';
import { firedIn, groupedBy, Present, type Fired } from '../fired.ts';
import { dayStartMs } from '../utc-day.ts';

/**
 * A client that hardly anybody uses logs in as three users within a day (detections 4.6): a tool, whoever it signs in as. Hardly
 * anybody: at most one login in 10,000 of the last 30 settled days. Clients are told apart by their user agent without
 * versions, so that updates change nothing. One finding per client and day.
 *
 * Can't judge: an organisation of which fewer than 1,000 logins are known; logins without a user agent.
 */
export const manyUsersOneClient: DayRule = {
  id: 'many-users-one-client',
  cannotJudge: ['fewer than 1,000 logins in 30 days', 'logins without a user agent'],
  lowered: [],
  settings: ['rareClient', 'organisation.normDays', 'organisation.minLogins'],
  mayFind({ day, history, clientShare, settings: { rareClient } }) {
    return history.values.client.withUsers(rareClient.users, day - 1, day).some((mark) => {
      const share = clientShare(mark);
      return share !== null && share <= rareClient.maxShare;
    });
  },
  judge(day, unjudged) {
    const successes = day.attempts.filter((attempt) => !isFailure(attempt));
    const clients = groupedBy(successes, ({ userAgent }) => (userAgent ? clientOf(userAgent) : null));
    return [...clients].flatMap(([client, attempts]): readonly RuleFinding[] => {
      const [first] = attempts;
      const fired = firedAt(attempts, day);
      if (first === undefined || fired === null) return [];
      const share = day.organisation.loginShare('client', client, dayStartMs(day.day));
      if (share === null) {
        unjudged.add('Too few logins are known to say which clients are rare.', first);
        return [];
      }
      const finding =
        share > day.settings.rareClient.maxShare ? null : clientFinding(client, fired, share, day);
      return finding === null ? [] : [finding];
    });
  },
};

const knownClient = remembered((userAgent: string) => ({ client: userAgentWithoutVersions(userAgent) }));

function clientOf(userAgent: string): string {
  return userAgent.length > LONGEST_AGENT
    ? userAgentWithoutVersions(userAgent.slice(0, LONGEST_AGENT))
    : knownClient(userAgent).client;
}

function firedAt(attempts: readonly Sighting[], { settings, isToday }: Day): Fired | null {
  const { users, withinMs } = settings.rareClient;
  if (attempts.length < users) return null;
  const present = new Present();
  return firedIn(attempts, withinMs, isToday, {
    enter: ({ userId }) => void present.add(userId),
    leave: ({ userId }) => void present.remove(userId),
    isTrue: () => present.size >= users,
  });
}

function clientFinding(
  client: string,
  { atMs, attempts }: Fired,
  share: number,
  day: Day,
): RuleFinding | null {
  const [first] = attempts;
  if (first === undefined) return null;
  const users = new Set(attempts.map(({ userId }) => userId)).size;
  const addresses = new Set(attempts.map(({ ip }) => ip)).size;
  return manyUsersFinding(day, {
    rule: 'many-users-one-client',
    severity: 'high',
    key: [client],
    atMs,
    attempts,
    title: `A rare client logged in as ${plural(users, 'user')}`,
    explanation: [
      `From ${moment(first.toMs)} on ${quoted(client)} logged in as ${users} users within 24 hours, from ${addresses === 1 ? 'one address' : `${addresses} addresses`}.`,
      `How sure: ${share === 0 ? 'none' : `${Math.round(share * 1e6)} in a million`} of the logins of the last 30 days came from such a client.`,
    ],
    wrong: 'a roll-out of a new app or browser, or of new phones.',
    evidence: { client: client.slice(0, 512), share },
  });
}
