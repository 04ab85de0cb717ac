import { deviceContinuity, deviceKeyOfSighting, isSameNetwork } from '../../../src/engine/detect/device.ts';
import type { PersonFacts, Sighting } from '../../../src/engine/detect/facts.ts';
import { haversineKm } from '../../../src/engine/detect/geodesy.ts';
import { longestGapMs } from '../../../src/engine/detect/moment.ts';
import { defaultSettings as settings } from '../../../src/engine/detect/settings.ts';
import { certaintyCap, distanceSurprise, lineOf } from '../../../src/engine/detect/travel.ts';
import { familiarityOf, isCarrierOf } from './naive-familiarity.ts';
import { lineBackOf, prefixOf } from './naive-lines.ts';
import { hostingTimes } from './naive-networks.ts';
import {
  asnOf,
  DAY,
  isKnownTo,
  isOnNewDevice,
  isPlaced,
  MINUTE,
  stateAt,
  type Told,
} from './naive-person.ts';
import { spreadAt } from './naive-spread.ts';

/** A journey that was told or suppressed, before anybody asked whether the line was back. */
type Noted = { readonly before: Sighting; readonly after: Sighting; readonly ends: readonly string[] };

/** Impossible travel as detections section 3 words it, and the likely journeys and strayed lines of decision 0022. */
export function* naiveTravel(person: PersonFacts): Generator<Told> {
  const points = waypointsIn(person);
  const lastMs = new Map<string, number>();
  const told = new Set<string>();
  const doubted: Noted[] = [];
  const hostingMs = hostingTimes(person);
  for (const [index, after] of points.entries()) {
    for (const before of comparedWith(points, index, person)) {
      const outcome = outcomeOf(before, after, person);
      if (outcome === null) continue;
      const isNewDevice = [before, after].some((sighting) => isOnNewDevice(person, sighting));
      const isAttack = [before, after].some(({ isQuarantined }) => isQuarantined === true);
      const ends = [before, after].map((each) => `${asnOf(each)}@${spotOf(each)}`).sort();
      const key = [outcome, ...ends, isNewDevice, isAttack, stateAt(person, after)].join();
      const isAgain = after.toMs - (lastMs.get(key) ?? -Infinity) <= DAY;
      lastMs.set(key, after.toMs);
      const finding = [outcome, ...ends, after.toMs, after.sessionKey].join();
      if (isAgain || told.has(finding)) continue;
      told.add(finding);
      if (outcome === 'suppressed' || outcome === 'familiar') doubted.push({ before, after, ends });
      const isAfterHosting = hostingMs.some((time) => time >= after.toMs - DAY && time < after.toMs);
      const isSilent = outcome === 'suppressed' || outcome === 'familiar' || outcome === 'carrier';
      yield [
        'impossible-travel',
        after.toMs,
        severityOf(outcome, isNewDevice || isAfterHosting),
        isSilent ? 'suppressed' : stateAt(person, after),
      ];
    }
  }
  yield* strayedLines(doubted, person);
}

type Outcome = 'fires' | 'likely' | 'doubtful' | 'suppressed' | 'familiar' | 'carrier';

function severityOf(outcome: Outcome, isWorse: boolean): string {
  if (outcome === 'doubtful') return 'info';
  if (outcome === 'likely') return 'medium';
  return outcome === 'fires' && isWorse ? 'critical' : 'high';
}

function outcomeOf(before: Sighting, after: Sighting, person: PersonFacts): Outcome | null {
  const sureKm = impossibleKm(before, after);
  const km = sureKm ?? likelyKm(before, after, person);
  if (km === null) return null;
  const isSameDevice = deviceContinuity(before, after) !== null;
  const isSuppressed = isSameDevice && isSameNetwork(before, after);
  const silence = isSuppressed ? 'suppressed' : familiarityOf(person, [before, after], after.toMs);
  const outcome = silence ?? (isSameDevice && km < 1000 ? 'doubtful' : 'fires');
  if (sureKm !== null) return outcome;
  return outcome === 'fires' ? 'likely' : null;
}

/** One finding for a block that the person's line was never in, when the line is back where it was. */
function* strayedLines(doubted: readonly Noted[], person: PersonFacts): Generator<Told> {
  const told = new Set<string>();
  for (const { before, after } of doubted) {
    if (deviceContinuity(before, after) === 'token') continue;
    for (const end of [after, before]) {
      const back =
        lineOf(end.network) === 'cellular' || isCarrierOf(person, end) ? null : lineBackOf(person, end);
      const [here, there] = [spreadAt(end), back === null ? null : spreadAt(back)];
      const isFar = here !== null && there !== null && haversineKm(here, there) >= 300;
      const key = `${prefixOf(end)} ${back?.toMs}`;
      if (back === null || !isFar || told.has(key)) continue;
      told.add(key);
      yield ['impossible-travel', Math.max(after.toMs, back.toMs), 'medium', stateAt(person, after)];
    }
  }
}

/** What says where the person was. */
export function waypointsIn(person: PersonFacts): readonly Sighting[] {
  return person.sightings.filter(
    (sighting) => sighting.outcome !== 'failure' && sighting.fromMs !== null && isPlaced(sighting, person),
  );
}

/**
 * The waypoint before, the last one before that is on no carrier, the last of these whose record knows more than a country, then of
 * every other session the latest at each place in the last 15 minutes, oldest first.
 */
export function comparedWith(
  points: readonly Sighting[],
  index: number,
  person: PersonFacts,
): readonly Sighting[] {
  const [after, previous] = [points[index], points[index - 1]];
  if (after === undefined || previous === undefined) return [];
  const latest = new Map<string, Sighting>();
  for (const point of points.slice(0, index)) {
    latest.delete(endOf(point));
    latest.set(endOf(point), point);
  }
  const active = [...latest.values()].filter(
    ({ sessionKey, toMs }) =>
      sessionKey !== null && sessionKey !== after.sessionKey && toMs >= after.toMs - 15 * MINUTE,
  );
  const isFirm = (point: Sighting) => lineOf(point.network) !== 'cellular' && !isCarrierOf(person, point);
  const isPrecise = (point: Sighting) => isFirm(point) && spreadAt(point)?.level !== 'country';
  const firm = points.slice(0, index).findLast(isFirm) ?? previous;
  const precise = points.slice(0, index).findLast(isPrecise) ?? previous;
  return [...new Set([previous, firm, precise, ...active])];
}

export function impossibleKm(before: Sighting, after: Sighting): number | null {
  return surprisingKm(before, after, { minProbability: 0.95, groundMs: 0 });
}

function likelyKm(before: Sighting, after: Sighting, person: PersonFacts): number | null {
  const isUnknown = (valueOf: (sighting: Sighting) => string | null, sighting: Sighting) =>
    valueOf(sighting) !== null && !isKnownTo(person, valueOf, sighting);
  if (asnOf(before) === null || asnOf(after) === null) return null;
  const [stranger, ...others] = [before, after].filter((each) => isUnknown(asnOf, each));
  const isSameToken = deviceContinuity(before, after) === 'token';
  if (stranger === undefined || others.length > 0 || isSameToken) return null;
  const countryOf = (each: Sighting) => (isPlaced(each, person) ? (each.place?.country ?? null) : null);
  const isStrange = isUnknown(deviceKeyOfSighting, stranger) || isUnknown(countryOf, stranger);
  return isStrange ? surprisingKm(before, after, { minProbability: 0.5, groundMs: 30 * MINUTE }) : null;
}

function surprisingKm(
  before: Sighting,
  after: Sighting,
  { minProbability, groundMs }: { readonly minProbability: number; readonly groundMs: number },
): number | null {
  const [a, b] = [spreadAt(before), spreadAt(after)];
  const gapMs = longestGapMs(before, after);
  if (a === null || b === null || gapMs === null) return null;
  const isVague = a.level === 'country' && b.level === 'country';
  if (isVague && before.place?.country === after.place?.country) return null;
  const km = haversineKm(a, b);
  const reachKm = 100 + (1000 * Math.max(0, gapMs - groundMs)) / (60 * MINUTE);
  const surprise = distanceSurprise(km, Math.hypot(a.sigmaKm, b.sigmaKm), reachKm);
  const cap = certaintyCap(lineOf(before.network), lineOf(after.network), settings);
  return surprise >= minProbability && cap >= 0.95 && km > reachKm && km >= 300 ? km : null;
}

function endOf(sighting: Sighting): string {
  return `${sighting.sessionKey ?? sighting.id}@${spotOf(sighting)}`;
}

function spotOf(sighting: Sighting): string {
  const spread = spreadAt(sighting);
  return `${spread?.lat.toFixed(1) ?? ''},${spread?.lon.toFixed(1) ?? ''}`;
}
