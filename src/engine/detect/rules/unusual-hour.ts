import type { Case } from '../case.ts';
import { sightingEvidence, type SightingEvidence } from '../evidence.ts';
import type { RuleFinding, Sighting } from '../facts.ts';
import { findingOf } from '../finding.ts';
import { tellMissing } from '../not-evaluable.ts';
import type { Rule } from '../rule.ts';
import { lowerBound } from '../sorted-times.ts';
import { addressName, moment, percent, personName, numberName } from '../words.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const BINS = 28;

/**
 * A person signs in at night, on a weekday on whose nights he hardly ever does (detections 4.7, C3): 28 bins, seven days by four times six hours, and a
 * share of under 0.5 % with one sign-in added to each. Night is worth nearly nothing by itself: always an info.
 *
 * Hours are the sun's at home, because no time zones are at hand: 15 degrees an hour from where the person was placed most. Clocks may
 * differ from that by an hour or two. Can't judge: people with under 60 sign-ins in 90 days, people whose home is not known.
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
    const homes = homesOf(person);
    if (homes.length === 0) {
      tellMissing(unjudged, signIns, () => true, 'Nothing says in which time zone the person lives.');
      return [];
    }
    return unusualAmong(signIns, longitudeOf(homes), person).map((each) => hourFinding(each, person));
  },
};

export type UnusualHourEvidence = {
  readonly sighting: SightingEvidence;
  /** Hours ahead of UTC, by the longitude of home. */
  readonly zoneHours: number;
  readonly localHour: number;
  readonly signIns: number;
  readonly inThisQuarter: number;
  readonly share: number;
};

type Unusual = {
  readonly sighting: Sighting;
  readonly zoneHours: number;
  readonly localMs: number;
  readonly signIns: number;
  readonly same: number;
};

/** Longitudes at which the person really was, as far as anybody knows. */
function homesOf({ seen, survey }: Case): readonly number[] {
  return seen().flatMap((sighting) => {
    if (sighting.place === null || survey.unplaceableReason(sighting) !== null) return [];
    const spread = survey.position(sighting.place, sighting.ip)?.spread;
    return spread === undefined || spread.level === 'country' ? [] : [spread.lon];
  });
}

/** The middle one: one journey doesn't move home. */
function longitudeOf(homes: readonly number[]): number {
  const sorted = homes.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

function unusualAmong(signIns: readonly Sighting[], lon: number, person: Case): readonly Unusual[] {
  const { learning, context } = person.settings;
  const zoneHours = Math.round(lon / 15);
  const local = signIns.map(({ toMs }) => toMs + zoneHours * HOUR_MS);
  const counts = new Array<number>(BINS).fill(0);
  const found: Unusual[] = [];
  let [from, until, lastNight] = [0, 0, Number.NaN];
  for (const [index, sighting] of signIns.entries()) {
    const localMs = local[index] ?? 0;
    // What lies in the look-back strictly before this moment.
    for (const end = lowerBound(local, localMs); until < end; until += 1) count(counts, local[until], 1);
    for (const start = lowerBound(local, localMs - learning.lookBackMs); from < start; from += 1)
      count(counts, local[from], -1);
    const [signInsBefore, same] = [until - from, counts[binOf(localMs)] ?? 0];
    const isNight = hourOf(localMs) < 6;
    const isUnusual = (same + 1) / (signInsBefore + BINS) < context.unusualShare;
    if (!isNight || !isUnusual || signInsBefore < context.habitLogins || !person.isJudged(sighting.toMs))
      continue;
    const night = Math.floor(localMs / DAY_MS);
    // One for a night: what follows says nothing new.
    if (night !== lastNight) found.push({ sighting, zoneHours, localMs, signIns: signInsBefore, same });
    lastNight = night;
  }
  return found;
}

function count(counts: number[], localMs: number | undefined, by: 1 | -1): void {
  if (localMs === undefined) return;
  const bin = binOf(localMs);
  counts[bin] = (counts[bin] ?? 0) + by;
}

function binOf(localMs: number): number {
  const day = Math.floor(localMs / DAY_MS);
  return (((day % 7) + 7) % 7) * 4 + Math.floor(hourOf(localMs) / 6);
}

function hourOf(localMs: number): number {
  return Math.floor((((localMs % DAY_MS) + DAY_MS) % DAY_MS) / HOUR_MS);
}

function hourFinding(
  { sighting, zoneHours, localMs, signIns, same }: Unusual,
  { facts, baseline }: Case,
): RuleFinding {
  const share = (same + 1) / (signIns + BINS);
  const evidence: UnusualHourEvidence = {
    sighting: sightingEvidence(sighting),
    zoneHours,
    localHour: hourOf(localMs),
    signIns,
    inThisQuarter: same,
    share: Number(share.toPrecision(3)),
  };
  const zone = `UTC${zoneHours < 0 ? '−' : '+'}${Math.abs(zoneHours)}`;
  return findingOf({
    rule: 'unusual-hour',
    severity: 'info',
    about: sighting,
    key: [sighting.id],
    sessions: [sighting.sessionKey],
    atMs: sighting.toMs,
    title: `Signed in at ${String(hourOf(localMs)).padStart(2, '0')} h at night`,
    explanation: [
      `${personName(facts, sighting)} signed in at ${moment(sighting.toMs)}, which is ${moment(localMs).replace('UTC', zone)} by the longitude of home, from ${addressName(sighting)}.`,
      `Of ${numberName(signIns)} sign-ins in the 90 days before, ${numberName(same)} were in the night of that weekday: a share of ${percent(share)} with one added to each quarter of a day.`,
      'How sure: not very. Clocks may differ from the sun by an hour or two, and people do work at night now and then.',
      'What would make it wrong: a journey to another time zone, a night shift, or an incident.',
    ],
    evidence,
    isLearning: !baseline.mature(sighting.toMs),
    suppressedBy: null,
  });
}
