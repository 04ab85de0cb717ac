import { catalogue } from '../../src/engine/detect/catalogue.ts';
import type { PersonFacts } from '../../src/engine/detect/facts.ts';
import { recordAttacks, type AttackRecord } from './attack-record.ts';
import { baselines } from './baselines/baselines.ts';
import { benignLogins, undisturbed } from './benign-logins.ts';
import type { Company } from './company/company.ts';
import type { History } from './company/history.ts';
import type { Alert, Detector } from './detector.ts';
import { groupAlerts } from './measure/incidents.ts';
import { emptyTally, ruleGroups, tally, type Tally } from './measure/tally.ts';
import { ourRules } from './our-rules.ts';
import { addScores, findingScores, speedScores, type Scored } from './scores.ts';

/** All that a run over some companies counts; plain numbers, whose reading is `summary.ts`. */
export type Count = {
  readonly tallies: readonly Tally[];
  readonly attacks: Map<string, AttackRecord>;
  readonly scored: Readonly<Record<'combined findings' | 'speed since the login before', Scored>>;
  /** What makes each account hard, in the order of `Tally.accounts`. */
  readonly traits: (readonly string[])[];
  /** Accounts times the days that were counted. */
  userDays: number;
  sightings: number;
  benignLogins: number;
  /** Processor time spent in our rules alone. */
  ruleMs: number;
  peakHeapMb: number;
};

export type Evaluation = { readonly count: Count; add(company: Company): void };

const DAY_MS = 86_400_000;

/** Runs our rules and every baseline over companies, account by account, and counts. */
export function createEvaluation(): Evaluation {
  const ours = ourRules();
  const tallies = talliesOf(ours);
  const empty = (): Scored => ({ benign: [], attacks: new Map() });
  const count: Count = {
    tallies: [...tallies.values()],
    attacks: new Map(),
    scored: { 'combined findings': empty(), 'speed since the login before': empty() },
    traits: [],
    userDays: 0,
    sightings: 0,
    benignLogins: 0,
    ruleMs: 0,
    peakHeapMb: 0,
  };
  return {
    count,
    add(company) {
      for (const history of company.histories()) addAccount(history, { company, ours, tallies, count });
    },
  };
}

function talliesOf(ours: Detector): ReadonlyMap<string, Tally> {
  const rules = catalogue.map(({ id }) => emptyTally(id, 'rule', ''));
  const groups = ruleGroups.map(({ name }) => emptyTally(name, 'ours', ''));
  const peers = baselines.map(({ name, source }) => emptyTally(name, 'peer', source));
  const all = [emptyTally(ours.name, 'ours', ours.source), ...groups, ...peers, ...rules];
  return new Map(all.map((each) => [each.name, each]));
}

type Run = {
  readonly company: Company;
  readonly ours: Detector;
  readonly tallies: ReadonlyMap<string, Tally>;
  readonly count: Count;
};

function addAccount(history: History, { company, ours, tallies, count }: Run): void {
  const { userId, userName, sightings, truths } = history;
  const users = [{ source: 'app', userId, userName, tags: [] }];
  const facts: PersonFacts = { users, sightings, nowMs: company.nowMs };
  const benign = benignLogins(history, company.measuredFromMs);
  const before = process.cpuUsage();
  const found = ours.judge(facts);
  count.ruleMs += process.cpuUsage(before).user / 1000;
  for (const [name, alerts] of alertsByName(ours, found, facts)) {
    const measured = alerts.filter(({ atMs }) => atMs >= company.measuredFromMs);
    const incidents = groupAlerts(measured, facts);
    tally(tallies.get(name), { alerts: measured, incidents, truths, benignLogins: benign.length });
  }
  recordAttacks(history, count.attacks, company.measuredFromMs);
  const account = { user: count.traits.length, benign: undisturbed(benign, history), truths };
  addScores(count.scored['combined findings'], findingScores(found), account);
  addScores(count.scored['speed since the login before'], speedScores(facts), account);
  count.traits.push(history.traits);
  count.userDays += (company.nowMs - company.measuredFromMs) / DAY_MS;
  count.sightings += sightings.length;
  count.benignLogins += benign.length;
  count.peakHeapMb = Math.max(count.peakHeapMb, process.memoryUsage().heapUsed / 2 ** 20);
}

/** What everybody says of one account: all our rules, some of them together, each of them, and each peer. */
function* alertsByName(
  ours: Detector,
  found: readonly Alert[],
  facts: PersonFacts,
): Generator<readonly [name: string, alerts: readonly Alert[]]> {
  yield [ours.name, found];
  for (const { name, has } of ruleGroups) yield [name, found.filter(({ rule }) => has(rule))];
  for (const { id } of catalogue) yield [id, found.filter(({ rule }) => rule === id)];
  for (const peer of baselines) yield [peer.name, peer.judge(facts)];
}
