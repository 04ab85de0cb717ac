import type { RuleId } from '../../../src/contract/rules.ts';
import type { PersonFacts } from '../../../src/engine/detect/facts.ts';
import { isAlarm, type Alert } from '../detector.ts';
import { attemptsOf, userOf } from '../everybody/attempts.ts';
import { learnOrganisation } from '../everybody/organisation.ts';
import { recallAt, type Ranking } from '../measure/ranking.ts';
import { shareOf, type Share } from '../measure/share.ts';
import { ourRules } from '../our-rules.ts';
import { findingScores, freemanScores, type Scores } from '../scores.ts';
import type { RbaPeople } from './rba-people.ts';

/**
 * Rules that ask whether a country, network or device is the same: all that the data set can answer. Its countries are random by
 * value, its cities are not real and its times are jittered (detections 7.2), so that distances, hours and windows mean nothing.
 */
const rules: readonly RuleId[] = [
  'new-country',
  'new-country-for-organisation',
  'new-network',
  'new-device',
  'new-os-or-browser',
  'dormant-account-awakes',
  'unlikely-login',
];

/** What is said about successful logins: labelled as takeovers, from addresses labelled as attackers', and the rest. */
export type RbaSummary = {
  readonly users: number;
  readonly oneIn: number;
  readonly logins: { readonly takeover: number; readonly 'attack-ip': number; readonly honest: number };
  readonly rules: readonly {
    readonly name: string;
    readonly takeovers: Share;
    /** Told at all: learning and info too. */
    readonly takeoversTold: Share;
    readonly attackIps: Share;
    readonly honest: Share;
  }[];
  readonly rankings: readonly {
    readonly name: string;
    readonly takeovers: readonly [atOnePercent: Share, atOnePermille: Share];
    readonly attackIps: readonly [atOnePercent: Share, atOnePermille: Share];
  }[];
};

type Login = {
  readonly id: string;
  readonly group: keyof RbaSummary['logins'];
  readonly user: number;
  readonly before: number;
};

/** All logins that succeeded, and what was said of each. */
type Judged = {
  readonly logins: readonly Login[];
  readonly alerts: ReadonlyMap<string, readonly Alert[]>;
  readonly findings: Scores;
  readonly freeman: Scores;
};

/** Judges people of the RBA data set as a login history that was imported. */
export function evaluateRba(people: RbaPeople): RbaSummary {
  const { logins, alerts, findings, freeman } = judge(people);
  const count = (group: Login['group']) => inGroup(logins, group).length;
  return {
    users: people.sightings.size,
    oneIn: people.oneIn,
    logins: { takeover: count('takeover'), 'attack-ip': count('attack-ip'), honest: count('honest') },
    rules: ['any of these', ...rules].map((name) => ruleRow(name, logins, alerts)),
    rankings: [
      rankingRow('their findings together', logins, findings),
      rankingRow('unlikelihood (Freeman)', logins, freeman),
    ],
  };
}

function judge(people: RbaPeople): Judged {
  const { organisation } = learnOrganisation(attemptsOf(accountsOf(people)));
  const ours = ourRules(organisation);
  const logins: Login[] = [];
  const alerts: [string, Alert][] = [];
  const [findings, freeman] = [new Map<string, number>(), new Map<string, number>()];
  for (const account of accountsOf(people)) {
    const { sightings, number } = account;
    const user = userOf(account);
    const facts: PersonFacts = { users: [user], sightings, nowMs: people.nowMs, isHistory: true };
    const said = ours.judge(facts).filter(({ rule }) => rules.some((each) => each === rule));
    for (const alert of said) alerts.push([alert.sightings.at(-1) ?? '', alert]);
    for (const [id, score] of findingScores(said)) findings.set(id, score);
    for (const [id, score] of freemanScores(facts, user, organisation)) freeman.set(id, score);
    const own = sightings.filter(({ outcome }) => outcome === 'success');
    for (const [before, { id }] of own.entries())
      logins.push({ id, group: people.labels.get(id) ?? 'honest', user: number, before });
  }
  const byLogin = Map.groupBy(alerts, ([id]) => id);
  const alertsOf = new Map([...byLogin].map(([id, list]) => [id, list.map(([, alert]) => alert)]));
  return { logins, alerts: alertsOf, findings, freeman };
}

function* accountsOf({ sightings }: RbaPeople) {
  let number = 0;
  for (const [userId, own] of sightings) {
    yield { userId, userName: null, sightings: own, truths: new Map<string, never>(), number };
    number += 1;
  }
}

function ruleRow(name: string, logins: readonly Login[], alerts: ReadonlyMap<string, readonly Alert[]>) {
  const share = (group: Login['group'], is: (alert: Alert) => boolean) => {
    const some = inGroup(logins, group);
    const isIn = ({ rule }: Alert) => name === 'any of these' || rule === name;
    const hits = some.filter(({ id }) => alerts.get(id)?.some((alert) => isIn(alert) && is(alert)) === true);
    return shareOf(hits.length, some.length);
  };
  return {
    name,
    takeovers: share('takeover', isAlarm),
    takeoversTold: share('takeover', () => true),
    attackIps: share('attack-ip', isAlarm),
    honest: share('honest', isAlarm),
  };
}

function rankingRow(name: string, logins: readonly Login[], scores: Scores) {
  const scoreOf = ({ id }: Login) => scores.get(id) ?? 0;
  const honest = inGroup(logins, 'honest');
  const [users, before] = [honest.map(({ user }) => user), honest.map((login) => login.before)];
  const benign = { scores: honest.map(scoreOf), users, before };
  const recalls = (group: Login['group']): [Share, Share] => {
    const ranking: Ranking = { benign, attacks: inGroup(logins, group).map(scoreOf) };
    return [recallAt(ranking, 0.01), recallAt(ranking, 0.001)];
  };
  return { name, takeovers: recalls('takeover'), attackIps: recalls('attack-ip') };
}

function inGroup(logins: readonly Login[], group: Login['group']): readonly Login[] {
  return logins.filter((login) => login.group === group);
}
