import type { DetectorSummary, Summary } from './summary.ts';
import { attackKinds } from './company/history.ts';
import { shareOf, sum, type Share } from './measure/share.ts';

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
  const onService = named(service, 'impossible-travel').impossibleByHistory['≥ 5'];
  return [
    recallTarget('impossible journeys found by impossible-travel', rule.impossible),
    recallTarget(
      'the same, without attackers on the network and kind of device of the victim',
      untargeted(rule),
    ),
    falseAlarmTarget('false alarms of impossible-travel per 10,000 benign logins', rule),
    recallTarget('impossible journeys found by the travel rules together', group.impossible),
    recallTarget(
      'the same, without attackers on the network and kind of device of the victim',
      untargeted(group),
    ),
    falseAlarmTarget('false alarms of the travel rules together per 10,000 benign logins', group),
    peerTarget(rule, company),
    recallTarget('impossible journeys on the public service, at least 5 logins before', onService),
    recallTarget('session hijacks found by the session rules', sessions.hijack),
    recallTarget('session hijacks found by all rules', everything.hijack),
    incidentTarget(everything, company),
  ];
}

/** Detections 3.6 gives up those on purpose: the same kind of device on the same network is taken for the carrier's egress. */
function untargeted({ impossibleByKind }: DetectorSummary): Share {
  const others = attackKinds.filter((kind) => kind !== 'targeted').map((kind) => impossibleByKind[kind]);
  return shareOf(sum(others.map(({ hits }) => hits)), sum(others.map(({ of }) => of)));
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

/** A peer is beaten where we find at least as many impossible journeys with fewer false alarms. */
function peerTarget(rule: DetectorSummary, { detectors }: Summary): Target {
  const peers = detectors.filter(({ group }) => group === 'peer');
  const unbeaten = peers.filter(({ impossible, falseAlarms }) => {
    return impossible.value > rule.impossible.value || falseAlarms.value <= rule.falseAlarms.value;
  });
  const words = unbeaten.map(({ name, impossible, falseAlarms }) => {
    return `${name} (finds ${percent(impossible.value)}, ${(falseAlarms.value * PER_10_000).toFixed(2)} false alarms)`;
  });
  return {
    what: 'peers that impossible-travel beats: fewer false alarms at equal or better recall',
    value: `${peers.length - unbeaten.length} of ${peers.length}`,
    floor: 'all',
    goal: 'all',
    met: unbeaten.length === 0 ? 'goal' : 'MISSED',
    note: unbeaten.length === 0 ? '' : `not beaten: ${words.join(', ')}`,
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
