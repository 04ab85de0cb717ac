import { prefixOfSighting } from '../../features.ts';
import type { RuleFinding, Sighting } from '../../facts.ts';
import { moment, networkName, plural } from '../../words.ts';
import { manyUsersFinding } from '../accounts.ts';
import { isFailure } from '../attempt.ts';
import { countedValue } from '../tally.ts';
import type { Day, DayRule } from '../day.ts';
import { anyTime, firedIn, groupedBy, Present, type Fired } from '../fired.ts';

/**
 * A network fails on many accounts within a day, a few times on each (detections 4.6): one password is tried on everybody,
 * slowly enough not to lock anybody out. By prefix (IPv4 /24, IPv6 /48); a whole provider (ASN) only above what it is used
 * to, because a large one has that many mistyped passwords every day. One finding per network and day; a provider is not
 * told of beside its prefix.
 *
 * Not told where the network fails on as many accounts every day. Can't judge: logins without an address; providers while
 * the source has fewer than 14 settled days of logins.
 */
export const passwordSpray: DayRule = {
  id: 'password-spray',
  cannotJudge: ['logins without an address', 'whole providers before 14 days of logins are known'],
  lowered: ['the network fails on as many accounts every day: not told'],
  settings: ['spray', 'organisation.normDays', 'organisation.minNormDays'],
  mayFind(glance) {
    const isHit = (kind: Hit['kind']) =>
      [...groupedBy(glance.failures, networkOf[kind])].some(
        ([network, attempts]) => hitAt(kind, network, attempts, { ...glance, isToday: anyTime }).length > 0,
      );
    return isHit('prefix') || isHit('asn');
  },
  judge(day, unjudged) {
    const failures = day.attempts.filter(isFailure);
    const byPrefix = groupedBy(failures, networkOf.prefix);
    const hits = [...byPrefix].flatMap(([prefix, attempts]) => hitAt('prefix', prefix, attempts, day));
    for (const attempt of failures) {
      if (attempt.ip === null && day.isToday(attempt.toMs))
        unjudged.add('No address is known for the login.', attempt);
    }
    const told = new Set(
      hits.flatMap(({ fired }) => fired.attempts.map((attempt) => countedValue('asn', attempt))),
    );
    const byAsn = groupedBy(failures, networkOf.asn);
    const isKnown = day.history.hasNorm(day.day);
    for (const [asn, attempts] of byAsn) {
      if (told.has(asn) || attempts.length < day.settings.spray.accounts) continue;
      const [first] = attempts;
      if (isKnown) hits.push(...hitAt('asn', asn, attempts, day));
      else if (first !== undefined)
        unjudged.add('Too few days of logins are known to say what a provider is used to.', first);
    }
    return hits.flatMap((hit) => sprayFinding(hit, day) ?? []);
  },
};

type Hit = {
  readonly kind: 'prefix' | 'asn';
  readonly network: string;
  readonly fired: Fired;
  readonly usual: number;
};

const networkOf = {
  prefix: prefixOfSighting,
  asn: (attempt: Sighting) => countedValue('asn', attempt) || null,
};

function hitAt(
  kind: Hit['kind'],
  network: string,
  attempts: readonly Sighting[],
  day: Pick<Day, 'day' | 'history' | 'settings' | 'isToday'>,
): readonly Hit[] {
  const { accounts, mostTries, withinMs, timesNorm } = day.settings.spray;
  if (attempts.length < accounts) return [];
  const usual = day.history.norm(kind, network, day.day).tried;
  const tries = new Present();
  let sprayed = 0;
  const fired = firedIn(attempts, withinMs, day.isToday, {
    enter({ userId }) {
      const count = tries.add(userId);
      if (count === 1) sprayed += 1;
      else if (count === mostTries + 1) sprayed -= 1;
    },
    leave({ userId }) {
      const count = tries.remove(userId);
      if (count === 0) sprayed -= 1;
      else if (count === mostTries) sprayed += 1;
    },
    isTrue: () => sprayed >= accounts && sprayed > timesNorm * usual,
  });
  return fired === null ? [] : [{ kind, network, fired, usual }];
}

function sprayFinding({ kind, network, fired, usual }: Hit, day: Day): RuleFinding | null {
  const [first] = fired.attempts;
  if (first === undefined) return null;
  const isIn = (attempt: Sighting) => networkOf[kind](attempt) === network;
  const tried = new Set(fired.attempts.map(({ userId }) => userId));
  // A login of an account that was tried, from there and after the first try: the password may have been found.
  const logins = day.attempts.filter(
    (attempt) =>
      !isFailure(attempt) && attempt.toMs >= first.toMs && tried.has(attempt.userId) && isIn(attempt),
  );
  const name = kind === 'prefix' ? network : networkName(first.network);
  return manyUsersFinding(day, {
    rule: 'password-spray',
    severity: 'high',
    key: [kind, network],
    atMs: fired.atMs,
    attempts: [...fired.attempts, ...logins].sort((a, b) => a.toMs - b.toMs),
    title: `Password spray: ${plural(tried.size, 'account')} tried from ${name}`,
    explanation: [
      `From ${moment(first.toMs)} on logins from ${name} (first ${first.ip ?? 'no address'}, ${networkName(first.network)}) failed on ${tried.size} accounts within 24 hours, on most at most ${day.settings.spray.mostTries} times.`,
      `How sure: on 19 of 20 days it fails on at most ${plural(usual, 'account')}.`,
      ...(logins.length === 0
        ? []
        : [`${plural(logins.length, 'login')} of accounts that were tried succeeded from there afterwards.`]),
    ],
    wrong:
      'an office or a provider that many people share on a day on which passwords ran out, or a source that was down.',
    evidence: { [kind]: network, usualAccounts: usual },
  });
}
