import type { Case } from '../case.ts';
import { deviceKeyOfSighting } from '../device.ts';
import { rounded, sightingEvidence, type SightingEvidence } from '../evidence.ts';
import type { PersonFacts, RuleFinding, Sighting } from '../facts.ts';
import { familiarityOf, familiarityWords, type Familiarity } from '../familiarity.ts';
import { findingOf } from '../finding.ts';
import { LatestHits } from '../latest-hits.ts';
import { longestGapMs } from '../moment.ts';
import { isHeard, type Unjudged } from '../not-evaluable.ts';
import type { Rule } from '../rule.ts';
import type { DetectSettings } from '../settings.ts';
import { suspectOf } from '../suspect.ts';
import { farJourney, surprisingJourney, type ImpossibleJourney } from '../travel.ts';
import { visitTravelPairs, type TravelPair } from '../travel-pairs.ts';
import { isSameVagueCountry, waypointsOf, type Waypoint } from '../waypoint.ts';
import {
  addressName,
  deviceName,
  duration,
  kilometres,
  moment,
  percent,
  personName,
  placeName,
} from '../words.ts';

/**
 * Two live sessions of a person are used within 15 minutes of each other, on different devices, farther apart than anybody gets
 * in that time (detections 4.1). Impossible travel also compares logins and one session with itself; this one says that both
 * sessions are in use at once. A pair of sessions is told once.
 *
 * Can't judge: what impossible travel can't, and sessions without a device. Suppressed: accounts tagged as shared, and what
 * the person is known for in both sessions, as impossible travel does. Cellular lines never fire, and company gateways are left out.
 */
export const concurrentDistantSessions: Rule = {
  id: 'concurrent-distant-sessions',
  cannotJudge: [
    'no place, or an address that belongs to none',
    'networks that hide the person (VPN, hosting, company gateway, relay, satellite)',
    'times that are unknown, known to be wrong, or known to no better than 15 minutes',
    'sessions without a device',
  ],
  lowered: [
    'an account that is tagged as shared: suppressed',
    'networks and kinds of device that the person is known for, in both sessions: suppressed',
    'a network that the person’s phones use and other devices don’t, as with a carrier: suppressed',
    'a cellular line on either side: never fires',
    'one device in both sessions: not told, impossible travel tells of it',
  ],
  settings: ['travel', 'place', 'carrier'],
  judge(person, unjudged) {
    const { facts, settings } = person;
    if (!isHeard(unjudged) && !(person.isEverFar() && isEverElsewhere(facts, settings))) return [];
    const hits = new LatestHits<Hit>(settings.travel.maxFindings, ({ pair }) => {
      const reason = `More than ${settings.travel.maxFindings} pairs of sessions: the oldest are left out.`;
      unjudged.add(reason, pair.after.sighting);
    });
    const used = { ...person, facts: { ...facts, sightings: facts.sightings.filter(isUse) } };
    visitTravelPairs(waypointsOf(used, unjudged), settings, unjudged, (before, after) => {
      if (before.spread === after.spread) return;
      const hit = hitOf({ before, after }, person, hits, unjudged);
      if (hit !== null) hits.keep(hit.key.join(' '), hit);
    });
    return hits
      .list()
      .filter(({ pair }) => person.isJudged(pair.after.sighting.toMs))
      .map((hit) => findingOfHit(hit, person));
  },
};

type Hit = {
  readonly pair: TravelPair;
  readonly journey: ImpossibleJourney;
  readonly familiarity: Familiarity | null;
  readonly key: readonly string[];
};

export type ConcurrentSessionsEvidence = {
  readonly before: SightingEvidence;
  readonly after: SightingEvidence;
  readonly distanceKm: number;
  /** The longest gap that both times allow. */
  readonly gapMinutes: number;
  readonly reachKm: number;
  readonly probability: number;
  readonly suppression: string | null;
};

/** What a poll saw of a session that is alive: a login may have been over at once. */
function isUse({ kind, sessionKey }: Sighting): boolean {
  return kind !== 'login' && sessionKey !== null;
}

/** Two sessions far apart within 15 minutes are two sightings in a row at different places; most people have none. */
function isEverElsewhere({ sightings }: PersonFacts, { travel }: DetectSettings): boolean {
  let last: Sighting | null = null;
  for (const sighting of sightings) {
    if (!isUse(sighting) || sighting.place === null) continue;
    const isNear = last !== null && sighting.toMs - last.toMs <= travel.activeWithinMs;
    if (isNear && last?.place !== sighting.place) return true;
    last = sighting;
  }
  return false;
}

/** The first of a pair of sessions is one. */
function hitOf(
  pair: TravelPair,
  { baseline, settings }: Case,
  hits: LatestHits<Hit>,
  unjudged: Unjudged,
): Hit | null {
  const { before, after } = pair;
  const [a, b] = [before.sighting, after.sighting];
  const gapMs = longestGapMs(a, b);
  if (a.sessionKey === b.sessionKey || gapMs === null || gapMs > settings.travel.activeWithinMs) return null;
  const far = isSameVagueCountry(before, after) ? null : farJourney(before, after, gapMs, settings);
  if (far === null) return null;
  const [device, other] = [deviceKeyOfSighting(a), deviceKeyOfSighting(b)];
  if (device === null || other === null) {
    unjudged.add('The device of one of two sessions is unknown.', a, b);
    return null;
  }
  if (device === other) return null;
  const familiarity = familiarityOf([a, b], b.toMs, baseline);
  // A suppressed pair of sessions must not hide that they fire later on.
  const key = [familiarity ?? 'fires', ...[a.sessionKey ?? '', b.sessionKey ?? ''].sort()];
  if (hits.has(key.join(' '))) return null;
  const journey = surprisingJourney(before, after, far, settings);
  return journey === null ? null : { pair, journey, familiarity, key };
}

function findingOfHit(
  { pair, journey, familiarity, key }: Hit,
  { facts, baseline, survey }: Case,
): RuleFinding {
  const [a, b] = [pair.before.sighting, pair.after.sighting];
  const suppressedBy = suppressionOf(pair, familiarity, facts);
  const evidence: ConcurrentSessionsEvidence = {
    before: sightingEvidence(a),
    after: sightingEvidence(b),
    distanceKm: rounded(journey.distanceKm, 1),
    gapMinutes: rounded(journey.gapMs / 60_000, 1),
    reachKm: rounded(journey.reachKm, 1),
    probability: rounded(journey.probability, 4),
    suppression: suppressedBy,
  };
  return findingOf({
    rule: 'concurrent-distant-sessions',
    severity: 'high',
    about: suspectOf(a, b, baseline, survey),
    key,
    sessions: [a.sessionKey, b.sessionKey],
    atMs: b.toMs,
    title: `Two sessions at once, ${kilometres(journey.distanceKm)} apart: ${placeName(a.place)} and ${placeName(b.place)}`,
    explanation: [
      `Two sessions of ${personName(facts, b)} were used within ${duration(journey.gapMs)}: ${endWords(pair.before)}; and ${endWords(pair.after)}.`,
      `The places are ${kilometres(journey.distanceKm)} apart; in that time a person gets ${kilometres(journey.reachKm)} far, and the devices are not the same.`,
      `How sure: ${percent(journey.probability)} of honest people would have been placed closer together.`,
      ...(suppressedBy === null ? [] : [`Not alerted. ${suppressedBy}`]),
      'What would make it wrong: a remote desktop, a gateway or VPN that is not known as one, a session that somebody left open ' +
        'on a device that works by itself, or two people who share the account.',
    ],
    evidence,
    isLearning: !baseline.mature(b.toMs),
    suppressedBy,
  });
}

function suppressionOf(
  { before, after }: TravelPair,
  familiarity: Familiarity | null,
  facts: PersonFacts,
): string | null {
  if (isShared(before.sighting, facts) || isShared(after.sighting, facts))
    return 'The account is used by several people.';
  return familiarity === null ? null : familiarityWords[familiarity];
}

function isShared({ source, userId }: Sighting, { users }: PersonFacts): boolean {
  return users.some(
    (user) => user.source === source && user.userId === userId && user.tags.includes('shared'),
  );
}

function endWords({ sighting }: Waypoint): string {
  return (
    `near ${placeName(sighting.place)} at ${moment(sighting.toMs)} from ${addressName(sighting)} ` +
    `with ${deviceName(sighting.device)}, reported by ${sighting.source}`
  );
}
