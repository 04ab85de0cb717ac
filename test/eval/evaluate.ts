import { catalogue } from '../../src/engine/detect/catalogue.ts';
import { dayCatalogue } from '../../src/engine/detect/days/catalogue.ts';
import type { PersonFacts } from '../../src/engine/detect/facts.ts';
import { recordAttacks, type AttackRecord } from './attack-record.ts';
import { baselines } from './baselines/baselines.ts';
import { benignLogins, undisturbed } from './benign-logins.ts';
import type { Company } from './company/company.ts';
import type { History } from './company/history.ts';
import type { Alert } from './detector.ts';
import { userOf } from './everybody/attempts.ts';
import { campaignAlertsOf, type Judged } from './everybody/campaign-alerts.ts';
import { alertingRules, groupAlerts } from './measure/incidents.ts';
import { emptyTally, isAboutAttack, ruleGroups, tally, type Tally } from './measure/tally.ts';
import { ourRules } from './our-rules.ts';
import { addScores, findingScores, freemanScores, speedScores, type Scored } from './scores.ts';
import { worldOf, type World } from './world.ts';

/** All that a run over some companies counts; plain numbers, whose reading is `summary.ts`. */
export type Count = {
  readonly tallies: readonly Tally[];
  readonly attacks: Map<string, AttackRecord>;
  readonly scored: Readonly<Record<RankingName, Scored>>;
  /** Whose each ranked benign login is, and how many came before it. */
  readonly logins: { readonly users: number[]; readonly before: number[] };
  /** What makes each account hard, in the order of `Tally.accounts`. */
  readonly traits: (readonly string[])[];
  /** Accounts times the days that were counted. */
  userDays: number;
  sightings: number;
  benignLogins: number;
  /** Processor time spent in our rules about one person alone. */
  ruleMs: number;
  peakHeapMb: number;
};

type RankingName = 'combined findings' | 'unlikelihood (Freeman)' | 'speed since the login before';

export type Evaluation = { readonly count: Count; add(company: Company): void };

const DAY_MS = 86_400_000;

/** Runs our rules and every baseline over companies, and counts. */
export function createEvaluation(): Evaluation {
  const tallies = emptyTallies();
  const empty = (): Scored => ({ benign: [], attacks: new Map() });
  const count: Count = {
    tallies: [...tallies.values()],
    attacks: new Map(),
    scored: {
      'combined findings': empty(),
      'unlikelihood (Freeman)': empty(),
      'speed since the login before': empty(),
    },
    logins: { users: [], before: [] },
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
      // Twice through it: what everybody did comes first, and only what is asked of it stays in memory.
      const world = worldOf(company);
      const accounts = Array.from(company.histories(), (history) =>
        judgeAccount(history, world, { tallies, count }),
      );
      tallyOurs(accounts, world, tallies);
    },
  };
}

const OURS = ourRules();

function emptyTallies(): ReadonlyMap<string, Tally> {
  const ids = [...catalogue.map(({ id }) => id), ...dayCatalogue.map(({ id }) => id), 'campaign'];
  const rules = ids.map((id) => emptyTally(id, 'rule', ''));
  const groups = ruleGroups.map(({ name }) => emptyTally(name, 'ours', ''));
  const peers = baselines.map(({ name, source }) => emptyTally(name, 'peer', source));
  const all = [emptyTally(OURS.name, 'ours', OURS.source), ...groups, ...peers, ...rules];
  return new Map(all.map((each) => [each.name, each]));
}

type Counting = { readonly tallies: ReadonlyMap<string, Tally>; readonly count: Count };
type Account = Judged & { readonly benignLogins: number };

/** Judges one account, counts what peers say of it, and keeps what our rules say until all accounts are judged. */
function judgeAccount(history: History, world: World, { tallies, count }: Counting): Account {
  const { company, organisation, ours, dayAlerts, truths } = world;
  const user = userOf(history);
  const { sightings, sessions } = history;
  const facts: PersonFacts = { users: [user], sightings, sessions, nowMs: company.nowMs };
  const benign = benignLogins(history, company.measuredFromMs);
  const sinceBefore = process.cpuUsage();
  const personal = ours.judge(facts);
  count.ruleMs += process.cpuUsage(sinceBefore).user / 1000;
  const alerts = [...personal, ...(dayAlerts.get(user.userId) ?? [])];
  for (const id of alerts.flatMap((alert) => alert.sightings)) {
    const truth = history.truths.get(id);
    if (truth !== undefined) truths.set(id, truth);
  }
  for (const peer of baselines) {
    const measured = peer.judge(facts).filter(({ atMs }) => atMs >= company.measuredFromMs);
    const incidents = groupAlerts(measured, facts);
    const judged = { alerts: measured, incidents, truths: history.truths, benignLogins: benign.length };
    tally(tallies.get(peer.name), judged);
  }
  recordAttacks(history, count.attacks, company);
  const account = { benign: undisturbed(benign, history), truths: history.truths };
  for (const { before } of account.benign) {
    count.logins.users.push(count.traits.length);
    count.logins.before.push(before);
  }
  addScores(count.scored['combined findings'], findingScores(alerts), account);
  addScores(count.scored['unlikelihood (Freeman)'], freemanScores(facts, user, organisation), account);
  addScores(count.scored['speed since the login before'], speedScores(facts), account);
  count.traits.push(history.traits);
  count.userDays += (company.nowMs - company.measuredFromMs) / DAY_MS;
  count.sightings += sightings.length;
  count.benignLogins += benign.length;
  count.peakHeapMb = Math.max(count.peakHeapMb, process.memoryUsage().heapUsed / 2 ** 20);
  return { user, alerts, benignLogins: benign.length };
}

/** Counts what our rules said of all accounts, campaigns among them. */
function tallyOurs(
  accounts: readonly Account[],
  { company, truths }: World,
  tallies: ReadonlyMap<string, Tally>,
): void {
  const campaigns = campaignAlertsOf(accounts);
  for (const { user, alerts, benignLogins } of accounts) {
    const all = [...alerts, ...(campaigns.get(user.userId) ?? [])];
    const measured = all.filter(({ atMs }) => atMs >= company.measuredFromMs);
    for (const [name, some] of alertsByName(measured)) {
      const incidents = groupAlerts(some, NO_PEERS);
      tally(tallies.get(name), { alerts: some, incidents, truths, benignLogins });
      if (name !== OURS.name) continue;
      for (const incident of incidents) {
        const [rule, another] = alertingRules(incident);
        const alone = rule === undefined || another !== undefined ? undefined : tallies.get(rule);
        if (alone !== undefined && !isAboutAttack(incident, truths)) alone.falseIncidentsAlone += 1;
      }
    }
  }
}

/** Our findings say themselves where they came from. */
const NO_PEERS = { sightings: [] };

/** What our rules say of one account: all of them, some of them together, and each. */
function* alertsByName(
  alerts: readonly Alert[],
): Generator<readonly [name: string, alerts: readonly Alert[]]> {
  yield [OURS.name, alerts];
  for (const { name, has } of ruleGroups) yield [name, alerts.filter(({ rule }) => has(rule))];
  const byRule = Map.groupBy(alerts, ({ rule }) => rule);
  for (const { id } of [...catalogue, ...dayCatalogue, { id: 'campaign' }]) yield [id, byRule.get(id) ?? []];
}
