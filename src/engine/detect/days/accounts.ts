import { isFailure } from './attempt.ts';
import type { Day } from './day.ts';
import { sightingEvidence, type SightingEvidence } from '../evidence.ts';
import type { RuleFinding, Sighting } from '../facts.ts';
import { findingOf, type Claim, type ClaimWords } from '../finding.ts';
import { isoTime } from '../moment.ts';
import { plural, quoted } from '../words.ts';
import { dayName } from './utc-day.ts';

/** An account that was part of what a finding tells of. */
type NamedAccount = {
  readonly userId: string;
  readonly userName: string | null;
  readonly failures: number;
  readonly logins: number;
};

/** What every finding about many users shows. */
export type ManyUsersEvidence = {
  /** Whose finding it is: the first login that succeeded, else the first try. */
  readonly sighting: SightingEvidence;
  readonly day: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly failures: number;
  readonly logins: number;
  readonly accounts: number;
  /** At most 50, in the order in which they came. */
  readonly named: readonly NamedAccount[];
};

/** Names in a sentence: more is in the evidence. */
const NAMED_IN_WORDS = 5;

type DayClaim = Pick<Claim, 'rule' | 'severity' | 'key' | 'atMs' | 'evidence'> &
  ClaimWords & { readonly attempts: readonly Sighting[]; readonly wrong: string };

/** Makes what was found in many users' attempts a finding of one of them, which names the others. */
export function manyUsersFinding(day: Day, claim: DayClaim): RuleFinding | null {
  const { attempts, explanation, wrong, evidence, ...rest } = claim;
  const about = attempts.find((attempt) => !isFailure(attempt)) ?? attempts[0];
  if (about === undefined) return null;
  const accounts = accountsIn(day, attempts);
  const failures = attempts.filter(isFailure).length;
  const shown: ManyUsersEvidence = {
    sighting: sightingEvidence(about),
    day: dayName(day.day),
    from: isoTime(attempts[0]?.toMs ?? null),
    to: isoTime(attempts.at(-1)?.toMs ?? null),
    failures,
    logins: attempts.length - failures,
    accounts: accounts.length,
    named: accounts.slice(0, day.settings.attempts.namedAccounts),
  };
  return findingOf({
    ...rest,
    key: [...rest.key, dayName(day.day)],
    about,
    sessions: attempts.map(({ sessionKey }) => sessionKey),
    explanation: [
      ...explanation,
      ...accountWords(accounts, about, day),
      `What would make it wrong: ${wrong}`,
    ],
    evidence: { ...shown, ...evidence },
    isLearning: false,
    suppressedBy: null,
  });
}

function accountsIn({ names }: Day, attempts: readonly Sighting[]): readonly NamedAccount[] {
  const accounts = new Map<string, { failures: number; logins: number }>();
  for (const attempt of attempts) {
    const account = accounts.get(attempt.userId) ?? { failures: 0, logins: 0 };
    accounts.set(attempt.userId, account);
    if (isFailure(attempt)) account.failures += 1;
    else account.logins += 1;
  }
  return [...accounts].map(([userId, counts]) => ({
    userId,
    userName: names.get(userId) ?? null,
    ...counts,
  }));
}

function accountWords(accounts: readonly NamedAccount[], about: Sighting, day: Day): readonly string[] {
  const inside = accounts.filter(({ logins }) => logins > 0);
  const nameOf = ({ userId, userName }: NamedAccount) => quoted(userName ?? userId);
  const list = accounts.slice(0, NAMED_IN_WORDS).map(nameOf).join(', ');
  const more = accounts.length - NAMED_IN_WORDS;
  const owner = accounts.find(({ userId }) => userId === about.userId);
  const succeeded =
    inside.length === 0
      ? 'none of them logged in'
      : inside.length === accounts.length
        ? 'all of them logged in'
        : `${inside.length} of them logged in, the first as ${inside.slice(0, 1).map(nameOf).join('')}`;
  const rank = isFailure(about) ? 'the first that was tried' : 'the first whose login succeeded';
  return [
    `${plural(accounts.length, 'account')} at ${quoted(day.source)}: ${list}${more > 0 ? ` and ${more} more` : ''}; ${succeeded}.`,
    ...(accounts.length > 1 && owner !== undefined
      ? [`The finding stands at ${nameOf(owner)}, ${rank}; the evidence lists the others.`]
      : []),
  ];
}
