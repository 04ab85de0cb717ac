import type { RuleId } from '../../../src/contract/rules.ts';
import { isAlarm, isTidying, type Alert } from '../detector.ts';
import type { Truth } from '../company/history.ts';
import type { Exposed } from './share.ts';
import type { Incident } from './incidents.ts';

/** All our rules or some of them together; one of them; a peer. */
export type TallyGroup = 'ours' | 'rule' | 'peer';

/** What one detector, or some rules of it, did over all accounts so far. */
export type Tally = {
  readonly name: string;
  readonly group: TallyGroup;
  /** Where its thresholds come from. */
  readonly source: string;
  /** By account: false alarms over benign logins. */
  readonly accounts: Exposed[];
  alarms: number;
  falseAlarms: number;
  /** False alarms by severity. */
  readonly severities: Map<string, number>;
  incidents: number;
  falseIncidents: number;
  /** Of a rule: incidents of all rules together that it alone alerts to, falsely. */
  falseIncidentsAlone: number;
  /** Findings of lists to clean up: neither right nor wrong about an attack. */
  tidying: number;
  /** Told and alerting nobody: about benign sightings, about attacks. */
  readonly quiet: Record<'learning' | 'suppressed' | 'info', { benign: number; attack: number }>;
  /** Attacks by the moment of the first alarm about them. */
  readonly hits: Map<string, number>;
  /** Attacks that something was told about at all. */
  readonly told: Set<string>;
  /** False alarms by what the lines of their sightings truly were. */
  readonly causes: Map<string, number>;
};

export function emptyTally(name: string, group: TallyGroup, source: string): Tally {
  const none = () => ({ benign: 0, attack: 0 });
  return {
    name,
    group,
    source,
    accounts: [],
    alarms: 0,
    falseAlarms: 0,
    severities: new Map(),
    incidents: 0,
    falseIncidents: 0,
    falseIncidentsAlone: 0,
    tidying: 0,
    quiet: { learning: none(), suppressed: none(), info: none() },
    hits: new Map(),
    told: new Set(),
    causes: new Map(),
  };
}

/** Some alerts of one account: those of a detector, or of some of its rules. */
export type Judged = {
  readonly alerts: readonly Alert[];
  readonly incidents: readonly Incident[];
  readonly truths: ReadonlyMap<string, Truth>;
  readonly benignLogins: number;
};

/** Counts one account in. A false alarm is an alarm whose sightings are all benign; one attack sighting makes it a hit. */
export function tally(into: Tally | undefined, { alerts, incidents, truths, benignLogins }: Judged): void {
  if (into === undefined) return;
  let events = 0;
  for (const alert of alerts) {
    if (isTidying(alert)) {
      into.tidying += 1;
      continue;
    }
    const attacks = attacksIn(alert, truths);
    for (const attack of attacks) into.told.add(attack);
    if (!isAlarm(alert)) {
      const how = alert.state === 'open' ? 'info' : alert.state;
      into.quiet[how][attacks.size > 0 ? 'attack' : 'benign'] += 1;
      continue;
    }
    into.alarms += 1;
    for (const attack of attacks)
      into.hits.set(attack, Math.min(into.hits.get(attack) ?? Infinity, alert.atMs));
    if (attacks.size > 0) continue;
    events += 1;
    add(into.severities, alert.severity);
    add(into.causes, causeOf(alert, truths));
  }
  into.falseAlarms += events;
  into.accounts.push({ events, exposure: benignLogins });
  into.incidents += incidents.length;
  into.falseIncidents += incidents.filter((incident) => !isAboutAttack(incident, truths)).length;
}

export function isAboutAttack({ alerts }: Incident, truths: ReadonlyMap<string, Truth>): boolean {
  return alerts.some((alert) => attacksIn(alert, truths).size > 0);
}

/** Rules that are looked at together. */
export const ruleGroups: readonly { readonly name: string; readonly has: (rule: string) => boolean }[] = [
  { name: 'Sessionscope, travel rules', has: (rule) => travelRules.has(rule) },
  { name: 'Sessionscope, session rules', has: (rule) => rule.startsWith('session-') },
  { name: 'Sessionscope, all but unlikely-login', has: (rule) => rule !== 'unlikely-login' },
];

const travelRules: ReadonlySet<string> = new Set<RuleId>([
  'impossible-travel',
  'concurrent-distant-sessions',
  'country-hop',
]);

function attacksIn({ sightings }: Alert, truths: ReadonlyMap<string, Truth>): ReadonlySet<string> {
  return new Set(sightings.map((id) => truths.get(id)?.attack ?? null).filter((attack) => attack !== null));
}

function causeOf({ sightings }: Alert, truths: ReadonlyMap<string, Truth>): string {
  const lines = sightings.map((id) => truths.get(id)?.line ?? 'unknown');
  return [...new Set(lines.slice(0, 2))].sort().join(' and ');
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
