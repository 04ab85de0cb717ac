import type { DetectorSummary, Summary } from './summary.ts';
import type { Share } from './measure/share.ts';

/** A line of what the product must show. */
export type Target = {
  readonly what: string;
  readonly value: string;
  readonly floor: string;
  readonly goal: string;
  readonly met: 'goal' | 'floor' | 'MISSED' | 'not measured';
  readonly note: string;
};

const PER_10_000 = 10_000;

/** The targets over the company's summary; the public service has no analyst. */
export function targetsOf(company: Summary, service: Summary): readonly Target[] {
  const rule = named(company, 'impossible-travel');
  const group = named(company, 'Sessionscope, travel rules');
  const sessions = named(company, 'Sessionscope, session rules');
  const everything = named(company, 'Sessionscope, all rules');
  const matureConsumers = named(service, 'impossible-travel').impossibleByHistory['≥ 5'];
  return [
    recallTarget('impossible journeys found by impossible-travel', rule.impossible),
    falseAlarmTarget('false alarms of impossible-travel per 10,000 benign logins', rule),
    recallTarget('impossible journeys found by the travel rules together', group.impossible),
    falseAlarmTarget('false alarms of the travel rules together per 10,000 benign logins', group),
    peerTarget(rule, company),
    recallTarget('impossible journeys on the public service, at least 5 logins before', matureConsumers),
    recallTarget('session hijacks found by the session rules', sessions.hijack),
    recallTarget('session hijacks found by all rules', everything.hijack),
    incidentTarget(everything, company),
  ];
}

function recallTarget(what: string, share: Share): Target {
  if (share.of === 0)
    return { what, value: '–', floor: '≥ 95 %', goal: '≥ 99 %', met: 'not measured', note: '' };
  const met = share.value >= 0.99 ? 'goal' : share.value >= 0.95 ? 'floor' : 'MISSED';
  const interval = `${percent(share.low)} – ${percent(share.high)}, ${share.hits} of ${share.of}`;
  return { what, value: percent(share.value), floor: '≥ 95 %', goal: '≥ 99 %', met, note: interval };
}

function falseAlarmTarget(what: string, { falseAlarms, falseAlarmCount }: DetectorSummary): Target {
  const per = (rate: number) => (rate * PER_10_000).toFixed(2);
  const met = falseAlarms.value * PER_10_000 <= 1 ? 'goal' : 'MISSED';
  const note = `${per(falseAlarms.low)} – ${per(falseAlarms.high)}, ${falseAlarmCount} in all`;
  return { what, value: per(falseAlarms.value), floor: '≤ 1', goal: '≤ 1', met, note };
}

/** A peer counts against us where it finds at least as many impossible journeys with no more false alarms. */
function peerTarget(rule: DetectorSummary, { detectors }: Summary): Target {
  const peers = detectors.filter(
    ({ name, source }) => source !== 'rule' && source !== 'rules' && !name.startsWith('Session'),
  );
  const better = peers.filter(({ impossible, falseAlarms }) => {
    return impossible.value >= rule.impossible.value && falseAlarms.value <= rule.falseAlarms.value;
  });
  const quieter = peers.filter(({ falseAlarms }) => falseAlarms.value < rule.falseAlarms.value);
  const words = (list: readonly DetectorSummary[]) =>
    list.length === 0 ? 'none' : list.map(({ name }) => name).join(', ');
  return {
    what: 'peers that are as quiet and find as many impossible journeys',
    value: String(better.length),
    floor: '0',
    goal: '0',
    met: better.length === 0 ? 'goal' : 'MISSED',
    note: `${words(better)}; quieter at a lower recall: ${words(quieter.filter((peer) => !better.includes(peer)))}`,
  };
}

function incidentTarget({ falseIncidents, incidents }: DetectorSummary, summary: Summary): Target {
  const value = perAnalystDay(falseIncidents, summary);
  return {
    what: 'incidents without an attack in them, per analyst-day for 1,000 users',
    value: value.toFixed(2),
    floor: '≤ 5',
    goal: '≤ 5',
    met: value <= 5 ? 'goal' : 'MISSED',
    note: `one analyst, every day of the week; ${incidents - falseIncidents} more are about attacks, of which there are far more than in life`,
  };
}

/** What one analyst of a company of a thousand gets a day. */
export function perAnalystDay(events: number, { userDays }: Summary): number {
  return userDays === 0 ? 0 : events / (userDays / 1000);
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function named({ detectors }: Summary, name: string): DetectorSummary {
  const found = detectors.find((detector) => detector.name === name);
  if (found === undefined) throw new RangeError(`Nothing was measured of ${name}.`);
  return found;
}
