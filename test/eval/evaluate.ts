import { performance } from 'node:perf_hooks';
import { catalogue } from '../../src/engine/detect/catalogue.ts';
import type { PersonFacts } from '../../src/engine/detect/facts.ts';
import { baselines } from './baselines/baselines.ts';
import type { Company } from './company/company.ts';
import type { AttackKind, History } from './company/history.ts';
import { isAlarm, type Alert, type Detector } from './detector.ts';
import { impossibleJourneys, type Journey } from './impossible.ts';
import { combined, groupAlerts } from './measure/incidents.ts';
import { bucketOf, type HistoryBucket } from './measure/ranking.ts';
import { count, emptyTally, ruleGroups, type Tally } from './measure/tally.ts';
import { ourRules } from './our-rules.ts';
import { speedScores, type Scores } from './speed-score.ts';

/** An attack as the measurements know it. */
export type AttackRecord = {
  readonly kind: AttackKind;
  readonly startMs: number;
  /** Successful logins of the victim before it; of a campaign those of its first victim. */
  readonly history: HistoryBucket;
  /** How far out of reach the attacker truly was; null: a person could have made it, or nobody can know. */
  readonly journey: Journey | null;
};

const DAY_MS = 86_400_000;

type RankingName = 'combined findings' | 'speed since the login before';

/** All that a run over some companies counts; plain numbers, whose reading is `summary.ts`. */
export type Count = {
  readonly tallies: readonly Tally[];
  readonly attacks: Map<string, AttackRecord>;
  readonly rankings: Record<RankingName, RankingCount>;
  /** What makes each account hard, in the order of `Tally.accounts`. */
  readonly traits: (readonly string[])[];
  users: number;
  /** Accounts times the days that were counted. */
  userDays: number;
  sightings: number;
  benignLogins: number;
  /** Spent in our rules alone. */
  ruleMs: number;
  peakHeapMb: number;
};

type RankingCount = {
  readonly benign: { readonly score: number; readonly user: number; readonly before: number }[];
  readonly attacks: Map<string, number>;
};

export type Evaluation = { readonly count: Count; add(company: Company, name: string): void };

/** Runs our rules and every baseline over companies, account by account, and counts. */
export function createEvaluation(): Evaluation {
  const ours = ourRules();
  const tallies = talliesOf(ours);
  const empty = (): RankingCount => ({ benign: [], attacks: new Map() });
  const count: Count = {
    tallies: [...tallies.values()],
    attacks: new Map(),
    rankings: { 'combined findings': empty(), 'speed since the login before': empty() },
    traits: [],
    users: 0,
    userDays: 0,
    sightings: 0,
    benignLogins: 0,
    ruleMs: 0,
    peakHeapMb: 0,
  };
  return {
    count,
    add(company, name) {
      for (const history of company.histories()) addAccount(history, { company, name, ours, tallies, count });
    },
  };
}

type Run = {
  readonly company: Company;
  /** Keeps attacks of several companies apart. */
  readonly name: string;
  readonly ours: Detector;
  readonly tallies: ReadonlyMap<string, Tally>;
  readonly count: Count;
};

function talliesOf(ours: Detector): ReadonlyMap<string, Tally> {
  const rules = catalogue.map(({ id }) => emptyTally(id, 'rule', ''));
  const groups = ruleGroups.map(({ name }) => emptyTally(name, 'ours', ''));
  const peers = baselines.map(({ name, source }) => emptyTally(name, 'peer', source));
  const all = [emptyTally(ours.name, 'ours', ours.source), ...groups, ...peers, ...rules];
  return new Map(all.map((tally) => [tally.name, tally]));
}

function addAccount(history: History, run: Run): void {
  const { company, ours, count: counted, name } = run;
  const truths = prefixed(history, name);
  const { userId, userName, sightings } = history;
  const users = [{ source: 'app', userId, userName, tags: [] }];
  const facts: PersonFacts = { users, sightings, nowMs: company.nowMs };
  const benign = benignLogins(history, company.measuredFromMs);
  recordAttacks(history, name, counted);
  const startedMs = performance.now();
  const found = ours.judge(facts);
  counted.ruleMs += performance.now() - startedMs;
  tallyAlerts(ours.name, found, { facts, truths, run, benign: benign.length });
  for (const { name: group, has } of ruleGroups) {
    tallyAlerts(
      group,
      found.filter(({ rule }) => has(rule)),
      { facts, truths, run, benign: benign.length },
    );
  }
  for (const { id } of catalogue) {
    tallyAlerts(
      id,
      found.filter(({ rule }) => rule === id),
      { facts, truths, run, benign: benign.length },
    );
  }
  for (const peer of baselines)
    tallyAlerts(peer.name, peer.judge(facts), { facts, truths, run, benign: benign.length });
  const calm = undisturbed(benign, history);
  rank(counted.rankings['combined findings'], findingScores(found), {
    benign: calm,
    truths,
    user: counted.users,
  });
  rank(counted.rankings['speed since the login before'], speedScores(facts), {
    benign: calm,
    truths,
    user: counted.users,
  });
  counted.traits.push(history.traits);
  counted.users += 1;
  counted.userDays += (company.nowMs - company.measuredFromMs) / DAY_MS;
  counted.sightings += sightings.length;
  counted.benignLogins += benign.length;
  counted.peakHeapMb = Math.max(counted.peakHeapMb, process.memoryUsage().heapUsed / 2 ** 20);
}

type Subject = {
  readonly facts: PersonFacts;
  readonly truths: History['truths'];
  readonly run: Run;
  readonly benign: number;
};

function tallyAlerts(name: string, alerts: readonly Alert[], { facts, truths, run, benign }: Subject): void {
  const tally = run.tallies.get(name);
  if (tally === undefined) return;
  const measured = alerts.filter(({ atMs }) => atMs >= run.company.measuredFromMs);
  const incidents = groupAlerts(measured.filter(isAlarm), facts);
  count(tally, { alerts: measured, incidents, truths, benignLogins: benign });
}

type BenignLogin = { readonly id: string; readonly atMs: number; readonly before: number };

/** Successful logins by the person that are counted, each with how many came before it. */
function benignLogins({ sightings, truths }: History, fromMs: number): readonly BenignLogin[] {
  return sightings
    .filter(
      ({ id, kind, outcome }) => kind === 'login' && outcome === 'success' && truths.get(id)?.attack === null,
    )
    .map(({ id, toMs }, before) => ({ id, atMs: toMs, before }))
    .filter(({ atMs }) => atMs >= fromMs);
}

/** What is within a day of an attack stands out because of it, and is left out of the rankings. */
function undisturbed(logins: readonly BenignLogin[], { truths }: History): readonly BenignLogin[] {
  const attackTimes = [...truths.values()].filter(({ attack }) => attack !== null).map(({ atMs }) => atMs);
  return logins.filter(({ atMs }) => attackTimes.every((time) => Math.abs(atMs - time) > DAY_MS));
}

/** Attacks of several companies must not be taken for one. */
function prefixed({ truths }: History, name: string): History['truths'] {
  return new Map(
    [...truths].map(([id, truth]) => [
      id,
      truth.attack === null ? truth : { ...truth, attack: `${name} ${truth.attack}` },
    ]),
  );
}

function recordAttacks(history: History, name: string, { attacks }: Count): void {
  const journeys = impossibleJourneys(history);
  const isLogin = (kind: string, outcome: string) => kind === 'login' && outcome === 'success';
  for (const { id, kind } of history.attacks) {
    const own = history.sightings.filter((sighting) => history.truths.get(sighting.id)?.attack === id);
    const startMs = own[0]?.toMs ?? 0;
    const before = history.sightings.filter((sighting) => {
      const isHonest = history.truths.get(sighting.id)?.attack === null;
      return isHonest && sighting.toMs < startMs && isLogin(sighting.kind, sighting.outcome);
    });
    const known = attacks.get(`${name} ${id}`);
    attacks.set(`${name} ${id}`, {
      kind,
      startMs: Math.min(startMs, known?.startMs ?? Infinity),
      history: known?.history ?? bucketOf(before.length),
      journey: known?.journey ?? journeys.get(id) ?? null,
    });
  }
}

/** Of each sighting what its open and learning findings are worth together. */
function findingScores(alerts: readonly Alert[]): Scores {
  const bySighting = new Map<string, Alert[]>();
  for (const alert of alerts) {
    if (alert.state === 'suppressed') continue;
    for (const id of alert.sightings) bySighting.set(id, [...(bySighting.get(id) ?? []), alert]);
  }
  return new Map([...bySighting].map(([id, list]) => [id, combined(list)]));
}

function rank(
  ranking: RankingCount,
  scores: Scores,
  about: {
    benign: readonly BenignLogin[];
    truths: History['truths'];
    user: number;
  },
): void {
  for (const { id, before } of about.benign) {
    ranking.benign.push({ score: scores.get(id) ?? 0, user: about.user, before });
  }
  for (const [id, { attack }] of about.truths) {
    if (attack === null) continue;
    ranking.attacks.set(attack, Math.max(ranking.attacks.get(attack) ?? 0, scores.get(id) ?? 0));
  }
}
