import { agentMarks } from '../client.ts';
import type { Sighting } from '../facts.ts';
import { prefixOfSighting } from '../features.ts';
import { markOf } from '../mark.ts';
import type { Counted } from '../organisation.ts';
import { createSurvey } from '../survey.ts';
import { defaultSettings } from '../settings.ts';
import { isFailure, type Attempt } from './attempt.ts';
import { mostUsersWithin } from './most-users.ts';

export const countedFeatures = [
  'country',
  'asn',
  'client',
  'ip',
  'agent',
  'browser',
  'os',
  'device',
] as const satisfies Counted[];

/** Too many values for the few that repeat: only those with a second login on the day are counted. */
const repeated: ReadonlySet<Counted> = new Set<Counted>(['ip', 'agent']);
const shared: ReadonlySet<Counted> = new Set<Counted>(['country', 'asn', 'client']);

/** Users named per value and day: days add up to the five others that rules ask for; each is two to three bytes in the file. */
const SKETCHED_USERS = 5;

/** `users`: numbers of at most 5 users, those whose names have the smallest marks, so that no order of arrival matters; ascending. */
export type ValueCount = readonly [value: string, logins: number, users: readonly number[]];
/** A prefix (IPv4 /24, IPv6 /48) or an ASN on a day; `tried`: accounts with a failure, `peak`: most users with a login within an hour. */
export type NetworkCount = readonly [
  network: string,
  logins: number,
  failures: number,
  tried: number,
  peak: number,
];

/** Everything that is kept of a day at a source. Lists are sorted by value. */
export type DayTally = {
  readonly logins: number;
  readonly values: Readonly<Record<Counted, readonly ValueCount[]>>;
  readonly prefixes: readonly NetworkCount[];
  readonly asns: readonly NetworkCount[];
};

const survey = createSurvey(defaultSettings);

/** The value of a feature at a login; an empty text where it is not known, or says nothing of where the person was. */
export function countedValue(feature: Counted, sighting: Sighting): string {
  const { network, device, ip, userAgent } = sighting;
  switch (feature) {
    case 'country':
      return survey.unplaceableReason(sighting) === null ? (survey.country(sighting.place) ?? '') : '';
    case 'asn':
      return network?.asn == null ? '' : String(network.asn);
    case 'client':
      return userAgent === null ? '' : agentMarks(userAgent).client;
    case 'ip':
      return ip ?? '';
    case 'agent':
      return userAgent === null ? '' : agentMarks(userAgent).agent;
    case 'browser':
      return device?.browser == null ? '' : `${device.browser} ${majorOf(device.browserVersion)}`;
    case 'os':
      return device?.os == null ? '' : `${device.os} ${device.osVersion ?? ''}`;
    case 'device':
      return device?.kind ?? '';
  }
}

/** Builds are as many as there are days: a browser's version is its first number. */
function majorOf(version: string | null): string {
  return version?.split('.', 1)[0] ?? '';
}

/**
 * Counts a day. The attempts are all of one source and day, logins and failures only, in time order; the same ones give
 * the same tally.
 */
export function tallyOf(attempts: Iterable<Attempt>): DayTally {
  const values = Object.fromEntries(
    countedFeatures.map((feature) => [feature, new Map<string, Tallied>()]),
  ) as Record<Counted, Map<string, Tallied>>;
  const [prefixes, asns] = [new Map<string, Crowd>(), new Map<string, Crowd>()];
  const marks = new Map<number, number>();
  let logins = 0;
  for (const { sighting, user } of attempts) {
    const isFailed = isFailure(sighting);
    addToCrowd(prefixes, prefixOfSighting(sighting), sighting.toMs, user, isFailed);
    addToCrowd(asns, countedValue('asn', sighting), sighting.toMs, user, isFailed);
    if (isFailed) continue;
    logins += 1;
    if (!marks.has(user)) marks.set(user, markOf(sighting.userId));
    for (const feature of countedFeatures) add(values[feature], countedValue(feature, sighting), user);
  }
  const counts = countedFeatures.map((feature) => [feature, countsOf(feature, values[feature], marks)]);
  return {
    logins,
    values: Object.fromEntries(counts) as Record<Counted, readonly ValueCount[]>,
    prefixes: crowdsOf(prefixes),
    asns: crowdsOf(asns),
  };
}

type Tallied = { logins: number; readonly users: Set<number> };

function add(tallied: Map<string, Tallied>, value: string, user: number): void {
  if (value === '') return;
  const known = tallied.get(value);
  if (known === undefined) tallied.set(value, { logins: 1, users: new Set([user]) });
  else {
    known.logins += 1;
    known.users.add(user);
  }
}

function countsOf(
  feature: Counted,
  tallied: ReadonlyMap<string, Tallied>,
  marks: ReadonlyMap<number, number>,
): readonly ValueCount[] {
  const mark = (user: number) => marks.get(user) ?? 0;
  const sketch = (users: ReadonlySet<number>) =>
    shared.has(feature)
      ? [...users]
          .sort((a, b) => mark(a) - mark(b))
          .slice(0, SKETCHED_USERS)
          .sort((a, b) => a - b)
      : [];
  return [...tallied]
    .filter(([, { logins }]) => logins > 1 || !repeated.has(feature))
    .map(([value, { logins, users }]): ValueCount => [value, logins, sketch(users)])
    .sort(byValue);
}

/** What happened on a network; successes in time order. */
type Crowd = {
  failures: number;
  readonly tried: Set<number>;
  readonly successes: [atMs: number, user: number][];
};

function addToCrowd(
  crowds: Map<string, Crowd>,
  network: string | null,
  atMs: number,
  user: number,
  isFailed: boolean,
): void {
  if (network === null || network === '') return;
  const crowd = crowds.get(network) ?? { failures: 0, tried: new Set(), successes: [] };
  crowds.set(network, crowd);
  if (isFailed) {
    crowd.failures += 1;
    crowd.tried.add(user);
  } else {
    crowd.successes.push([atMs, user]);
  }
}

/** Only networks that a norm can be made of: with a failure, or several users within an hour. */
function crowdsOf(crowds: ReadonlyMap<string, Crowd>): readonly NetworkCount[] {
  const { withinMs } = defaultSettings.crowd;
  return [...crowds]
    .map(([network, { failures, tried, successes }]): NetworkCount => {
      const peak = mostUsersWithin(successes, withinMs);
      return [network, successes.length, failures, tried.size, peak];
    })
    .filter(([, , failures, , peak]) => failures > 0 || peak > 1)
    .sort(byValue);
}

function byValue(a: readonly [string, ...unknown[]], b: readonly [string, ...unknown[]]): number {
  return a[0] < b[0] ? -1 : Number(a[0] > b[0]);
}
