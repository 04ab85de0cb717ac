import { timeZoneAt, type TimeZone } from '../../enrich/time-zone.ts';
import type { Case } from '../case.ts';
import { sightingEvidence, type SightingEvidence } from '../evidence.ts';
import type { RuleFinding, Sighting } from '../facts.ts';
import { findingOf } from '../finding.ts';
import { tellMissing } from '../not-evaluable.ts';
import type { Rule } from '../rule.ts';
import { lowerBound } from '../sorted-times.ts';
import type { Spread } from '../spread.ts';
import { compareText } from '../../text-order.ts';
import { addressName, moment, percent, personName, numberName } from '../words.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const BINS = 28;

/**
 * A person signs in at night, on a weekday on whose nights he hardly ever does (detections 4.7, C3): 28 bins, seven days by four times six hours, and a
 * share of under 0.5 % with one sign-in added to each. Night is worth nearly nothing by itself: always an info.
 *
 * Hours are what clocks show in the time zone in which the person was placed most, summer time included. Can't judge: people with under 60
 * sign-ins in 90 days, people whose home is not known.
 */
export const unusualHour: Rule = {
  id: 'unusual-hour',
  cannotJudge: [
    'people with under 60 sign-ins in the 90 days before',
    'people whose home is not known by its coordinates',
  ],
  lowered: ['always: an info that weighs nearly nothing by itself'],
  settings: ['context.habitLogins', 'context.unusualShare'],
  judge(person, unjudged) {
    const { habitLogins } = person.settings.context;
    const signIns = person.signIns();
    if (signIns.length <= habitLogins) {
      tellMissing(unjudged, signIns, () => true, 'There are too few sign-ins to have habits.');
      return [];
    }
    const home = homeZoneOf(person);
    if (home === null) {
      tellMissing(unjudged, signIns, () => true, 'Nothing says in which time zone the person lives.');
      return [];
    }
    return unusualAmong(signIns, home, person).map((each) => hourFinding(each, person));
  },
};

export type UnusualHourEvidence = {
  readonly sighting: SightingEvidence;
  /** Of home, by its IANA name. */
  readonly timeZone: string;
  /** Hours by which its clocks were ahead of UTC. */
  readonly zoneHours: number;
  readonly localHour: number;
  readonly signIns: number;
  readonly inThisQuarter: number;
  readonly share: number;
};

type Unusual = {
  readonly sighting: Sighting;
  readonly home: TimeZone;
  readonly signIns: number;
  readonly same: number;
};

/** The time zone of most of the sightings that tell where the person really was, as far as anybody knows; of equals the first by name. */
function homeZoneOf({ seen, survey }: Case): TimeZone | null {
  const places = new Map<Spread, number>();
  for (const sighting of seen()) {
    if (sighting.place === null || survey.unplaceableReason(sighting) !== null) continue;
    const spread = survey.position(sighting.place, sighting.ip)?.spread;
    if (spread === undefined || spread.level === 'country') continue;
    places.set(spread, (places.get(spread) ?? 0) + 1);
  }
  const zones = new Map<TimeZone, number>();
  for (const [{ lat, lon }, sightings] of places) {
    const zone = timeZoneAt(lat, lon);
    if (zone !== null) zones.set(zone, (zones.get(zone) ?? 0) + sightings);
  }
  const [most] = [...zones].sort(([a, as], [b, bs]) => bs - as || compareText(a.name, b.name));
  return most?.[0] ?? null;
}

function unusualAmong(signIns: readonly Sighting[], home: TimeZone, person: Case): readonly Unusual[] {
  const { learning, context } = person.settings;
  const moments = signIns.map(({ toMs }) => toMs);
  const bins = moments.map((atMs) => binOf(localMsOf(atMs, home)));
  const counts = new Array<number>(BINS).fill(0);
  const count = (index: number, by: 1 | -1) => {
    const bin = bins[index] ?? 0;
    counts[bin] = (counts[bin] ?? 0) + by;
  };
  const found: Unusual[] = [];
  let [from, until, lastNight] = [0, 0, Number.NaN];
  for (const [index, sighting] of signIns.entries()) {
    // What lies in the look-back strictly before this moment.
    for (const end = lowerBound(moments, sighting.toMs); until < end; until += 1) count(until, 1);
    for (const start = lowerBound(moments, sighting.toMs - learning.lookBackMs); from < start; from += 1)
      count(from, -1);
    const [signInsBefore, same] = [until - from, counts[bins[index] ?? 0] ?? 0];
    const localMs = localMsOf(sighting.toMs, home);
    const isNight = hourOf(localMs) < 6;
    const isUnusual = (same + 1) / (signInsBefore + BINS) < context.unusualShare;
    if (!isNight || !isUnusual || signInsBefore < context.habitLogins || !person.isJudged(sighting.toMs))
      continue;
    const night = Math.floor(localMs / DAY_MS);
    // One for a night: what follows says nothing new.
    if (night !== lastNight) found.push({ sighting, home, signIns: signInsBefore, same });
    lastNight = night;
  }
  return found;
}

/** What clocks show, as if it were UTC. */
function localMsOf(atMs: number, zone: TimeZone): number {
  return atMs + zone.offsetMs(atMs);
}

function binOf(localMs: number): number {
  const day = Math.floor(localMs / DAY_MS);
  return (((day % 7) + 7) % 7) * 4 + Math.floor(hourOf(localMs) / 6);
}

function hourOf(localMs: number): number {
  return Math.floor((((localMs % DAY_MS) + DAY_MS) % DAY_MS) / HOUR_MS);
}

/** `02:30` */
function clockOf(localMs: number): string {
  const minutes = Math.floor((((localMs % HOUR_MS) + HOUR_MS) % HOUR_MS) / MINUTE_MS);
  return [hourOf(localMs), minutes].map((part) => String(part).padStart(2, '0')).join(':');
}

function hourFinding({ sighting, home, signIns, same }: Unusual, { facts, baseline }: Case): RuleFinding {
  const localMs = localMsOf(sighting.toMs, home);
  const share = (same + 1) / (signIns + BINS);
  const evidence: UnusualHourEvidence = {
    sighting: sightingEvidence(sighting),
    timeZone: home.name,
    zoneHours: (localMs - sighting.toMs) / HOUR_MS,
    localHour: hourOf(localMs),
    signIns,
    inThisQuarter: same,
    share: Number(share.toPrecision(3)),
  };
  return findingOf({
    rule: 'unusual-hour',
    severity: 'info',
    about: sighting,
    key: [sighting.id],
    sessions: [sighting.sessionKey],
    atMs: sighting.toMs,
    title: `Signed in at ${clockOf(localMs)} at night`,
    explanation: [
      `${personName(facts, sighting)} signed in at ${moment(sighting.toMs)}, which is ${moment(localMs).replace('UTC', 'by the clocks')} of home (${home.name}), from ${addressName(sighting)}.`,
      `Of ${numberName(signIns)} sign-ins in the 90 days before, ${numberName(same)} were in the night of that weekday: a share of ${percent(share)} with one added to each quarter of a day.`,
      'How sure: not very. People do work at night now and then, and home is where most sign-ins were placed.',
      'What would make it wrong: a journey to another time zone, a night shift, or an incident.',
    ],
    evidence,
    isLearning: !baseline.mature(sighting.toMs),
    suppressedBy: null,
  });
}
