import type { AttackRecord } from './attack-record.ts';
import type { Count } from './evaluate.ts';
import { attackKinds, type AttackKind } from './company/history.ts';
import { historyBuckets, type HistoryBucket } from './measure/ranking.ts';
import { quantile, rateOf, shareOf, sum, type Rate, type Share } from './measure/share.ts';
import type { Tally, TallyGroup } from './measure/tally.ts';
import { rankingSummary, type RankingSummary } from './ranking-summary.ts';

/** What the tables are made of: plain JSON. */
export type Summary = {
  readonly users: number;
  /** Accounts times the days that were counted. */
  readonly userDays: number;
  readonly sightings: number;
  readonly benignLogins: number;
  readonly attacks: Readonly<Record<AttackKind, number>>;
  readonly detectors: readonly DetectorSummary[];
  readonly rankings: readonly RankingSummary[];
  readonly hardCases: readonly HardCase[];
  readonly sightingsPerSecond: number;
  readonly peakHeapMb: number;
};

export type DetectorSummary = {
  readonly name: string;
  readonly group: TallyGroup;
  readonly source: string;
  readonly kinds: Readonly<Record<AttackKind, Share>>;
  /** Attacks that were physically impossible journeys. */
  readonly impossible: Share;
  /** The same by kind of attack. */
  readonly impossibleByKind: Readonly<Record<AttackKind, Share>>;
  /** Of these, told at all: learning and suppressed findings too. */
  readonly impossibleTold: Share;
  readonly impossibleBySpeed: readonly (readonly [band: string, Share])[];
  readonly impossibleByHistory: Readonly<Record<HistoryBucket, Share>>;
  readonly hijack: Share;
  readonly byHistory: Readonly<Record<HistoryBucket, Share>>;
  /** Per benign login, its interval over accounts. */
  readonly falseAlarms: Rate;
  readonly falseAlarmCount: number;
  readonly severities: Readonly<Record<string, number>>;
  readonly causes: readonly (readonly [cause: string, count: number])[];
  readonly alarms: number;
  readonly incidents: number;
  readonly falseIncidents: number;
  /** Of a rule: false incidents of all rules together that it alone alerts to, and attacks that no other rule finds. */
  readonly alone: { readonly falseIncidents: number; readonly attacks: number };
  readonly tidying: number;
  readonly quiet: Tally['quiet'];
  /** From the first sign of an attack to the first alarm about it, in hours: the median and the slowest tenth. */
  readonly hoursToDetect: { readonly median: number | null; readonly p90: number | null };
};

export function summaryOf(count: Count): Summary {
  const kinds = countsBy([...count.attacks.values()]);
  return {
    users: count.traits.length,
    userDays: count.userDays,
    sightings: count.sightings,
    benignLogins: count.benignLogins,
    attacks: kinds,
    detectors: count.tallies.map((tally) => detectorSummary(tally, count)),
    rankings: Object.entries(count.scored).map(([name, scored]) => rankingSummary(name, scored, count)),
    hardCases: hardCasesOf(count),
    sightingsPerSecond: Math.round(count.sightings / (count.ruleMs / 1000)),
    peakHeapMb: Math.round(count.peakHeapMb),
  };
}

/** The false alarms about accounts of a kind, per benign login; an account may be of several kinds. */
export type HardCase = {
  readonly trait: string;
  readonly accounts: number;
  readonly all: number;
  readonly travel: number;
};

function hardCasesOf({ tallies, traits }: Count): readonly HardCase[] {
  const [all, travel] = [tallies[0], tallies.find(({ name }) => name === 'impossible-travel')];
  const rateIn = (tally: Tally | undefined, is: (own: readonly string[]) => boolean) => {
    const accounts = tally?.accounts.filter((_, at) => is(traits[at] ?? [])) ?? [];
    return (
      sum(accounts.map(({ events }) => events)) / Math.max(1, sum(accounts.map(({ exposure }) => exposure)))
    );
  };
  const rowOf = (trait: string, is: (own: readonly string[]) => boolean): HardCase => {
    return { trait, accounts: traits.filter(is).length, all: rateIn(all, is), travel: rateIn(travel, is) };
  };
  const known = [...new Set(traits.flat())].sort();
  return [
    rowOf('nothing special', (own) => own.length === 0),
    ...known.map((trait) => rowOf(trait, (own) => own.includes(trait))),
  ];
}

const SPEED_BANDS = [
  ['1,000–1,500 km/h', 1000, 1500],
  ['1,500–5,000 km/h', 1500, 5000],
  ['above 5,000 km/h', 5000, Infinity],
] as const;

function detectorSummary(tally: Tally, count: Count): DetectorSummary {
  const { attacks } = count;
  const all = [...attacks];
  const caught = (is: (record: AttackRecord) => boolean, by: { has(id: string): boolean } = tally.hits) => {
    const some = all.filter(([, record]) => is(record));
    return shareOf(some.filter(([id]) => by.has(id)).length, some.length);
  };
  const isImpossible = ({ journey }: AttackRecord) => journey !== null;
  const hours = [...tally.hits]
    .map(([id, atMs]) => (atMs - (attacks.get(id)?.startMs ?? atMs)) / 3_600_000)
    .map((delay) => Math.max(0, delay));
  return {
    name: tally.name,
    group: tally.group,
    source: tally.source,
    kinds: recordOf(attackKinds, (kind) => caught((record) => record.kind === kind)),
    impossible: caught(isImpossible),
    impossibleByKind: recordOf(attackKinds, (kind) =>
      caught((record) => isImpossible(record) && record.kind === kind),
    ),
    impossibleTold: caught(isImpossible, tally.told),
    impossibleBySpeed: SPEED_BANDS.map(([band, from, to]) => [
      band,
      caught(({ journey }) => journey !== null && journey.kmPerHour >= from && journey.kmPerHour < to),
    ]),
    impossibleByHistory: recordOf(historyBuckets, (bucket) =>
      caught((record) => isImpossible(record) && record.history === bucket),
    ),
    hijack: caught(({ kind }) => kind === 'cookie-theft'),
    byHistory: recordOf(historyBuckets, (bucket) => caught(({ history }) => history === bucket)),
    falseAlarms: rateOf(tally.accounts),
    falseAlarmCount: tally.falseAlarms,
    severities: Object.fromEntries(tally.severities),
    causes: [...tally.causes].sort((a, b) => b[1] - a[1]).slice(0, 8),
    alarms: tally.alarms,
    incidents: tally.incidents,
    falseIncidents: tally.falseIncidents,
    alone: { falseIncidents: tally.falseIncidentsAlone, attacks: foundAlone(tally, count.tallies) },
    tidying: tally.tidying,
    quiet: tally.quiet,
    hoursToDetect:
      hours.length === 0
        ? { median: null, p90: null }
        : { median: quantile(hours, 0.5), p90: quantile(hours, 0.9) },
  };
}

function foundAlone(tally: Tally, tallies: readonly Tally[]): number {
  if (tally.group !== 'rule') return 0;
  const others = tallies.filter((other) => other.group === 'rule' && other !== tally);
  return [...tally.hits.keys()].filter((id) => !others.some(({ hits }) => hits.has(id))).length;
}

function countsBy(records: readonly AttackRecord[]): Record<AttackKind, number> {
  return recordOf(attackKinds, (kind) => records.filter((record) => record.kind === kind).length);
}

function recordOf<Key extends string, Value>(
  keys: readonly Key[],
  valueOf: (key: Key) => Value,
): Record<Key, Value> {
  // Object.fromEntries forgets the keys' type; all of them are there.
  return Object.fromEntries(keys.map((key) => [key, valueOf(key)])) as Record<Key, Value>;
}
