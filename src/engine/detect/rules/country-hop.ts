import { Appearances } from '../appearances.ts';
import type { Baseline } from '../baseline.ts';
import type { Case } from '../case.ts';
import { deviceContinuity, isSameNetwork } from '../device.ts';
import { sightingEvidence, type SightingEvidence } from '../evidence.ts';
import type { RuleFinding } from '../facts.ts';
import { familiarityOf, familiarityWords } from '../familiarity.ts';
import { findingOf } from '../finding.ts';
import { hopsOf, type Hop, type Stay } from '../hops.ts';
import { LatestHits } from '../latest-hits.ts';
import { isHeard, type Unjudged } from '../not-evaluable.ts';
import { isProven } from '../proven.ts';
import type { Rule } from '../rule.ts';
import { waypointsOf } from '../waypoint.ts';
import { addressName, countryName, duration, moment, personName, placeName } from '../words.ts';

/**
 * A person is in three countries within an hour, or in two within ten minutes (detections 4.1). Told once for a set of
 * countries, and again after a day without it.
 *
 * Can't judge: no country, addresses without a place, networks that hide the person, unknown times. Counted as one: countries
 * whose places are less than 300 km apart. Suppressed: a cellular line, one device on one network, and what the
 * person is known for in every country, as impossible travel does.
 */
export const countryHop: Rule = {
  id: 'country-hop',
  cannotJudge: [
    'unknown countries, or an address without a place',
    'networks that hide the person (VPN, hosting, company gateway, relay, satellite)',
    'times that are unknown or known to be wrong',
  ],
  lowered: [
    'border towns: places less than 300 km apart count as one country',
    'a cellular line, whose traffic is let out in its home country: suppressed',
    'the same device on the same network: suppressed',
    'networks and kinds of device that the person is known for, in every country: suppressed',
    'a network that the person’s phones use and other devices don’t, as with a carrier: suppressed',
    'the same countries again within 24 hours: not told again',
  ],
  settings: [
    'country.threeWithinMs',
    'country.twoWithinMs',
    'country.neighbourKm',
    'network.toldAgainAfterMs',
    'carrier',
  ],
  judge(person, unjudged) {
    const { baseline, settings } = person;
    // Every country of the facts arrives at least once, so who has one arrival has one country.
    if (!isHeard(unjudged) && baseline.arrivals('country').length < 2) return [];
    const seen = new Appearances();
    const hits = new LatestHits<Hit>(settings.maxArrivals, ({ hop }) => {
      const reason = `More than ${settings.maxArrivals} hops: the oldest are left out.`;
      unjudged.add(reason, hop.last.waypoint.sighting);
    });
    for (const hop of hopsOf(staysOf(person, unjudged), settings)) {
      const suppressedBy = suppressionOf(hop, baseline);
      const countries = hop.stays.map(({ country }) => country).sort();
      const { sighting } = hop.last.waypoint;
      const key = [suppressedBy === null ? 'fires' : 'suppressed', ...countries];
      if (seen.isNew(key.join(' '), sighting, settings.network.toldAgainAfterMs)) {
        const keyAt = [...key, String(sighting.toMs), sighting.sessionKey ?? ''];
        hits.keep(keyAt.join(' '), { hop, countries, suppressedBy, key: keyAt });
      }
    }
    return hits
      .list()
      .filter(({ hop }) => person.isJudged(hop.last.waypoint.sighting.toMs))
      .map((hit) => hopFinding(hit, person));
  },
};

/** A hop that is worth telling, before it is put into words. */
type Hit = {
  readonly hop: Hop;
  readonly countries: readonly string[];
  readonly suppressedBy: string | null;
  readonly key: readonly string[];
};

export type CountryHopEvidence = {
  /** Oldest first. */
  readonly stays: readonly SightingEvidence[];
  readonly countries: readonly string[];
  readonly withinMinutes: number;
  readonly suppression: string | null;
};

function* staysOf(person: Case, unjudged: Unjudged): Generator<Stay> {
  const { survey } = person;
  for (const waypoint of waypointsOf(person, unjudged)) {
    if (!isProven(waypoint.sighting)) continue;
    const country = survey.country(waypoint.sighting.place);
    if (country !== null) yield { country, waypoint };
    else unjudged.add('The record for the address names no country code.', waypoint.sighting);
  }
}

function suppressionOf({ stays, last }: Hop, baseline: Baseline): string | null {
  if (stays.some(({ waypoint }) => waypoint.line === 'cellular')) {
    return 'One of the lines is cellular: a phone abroad is let out in its home country.';
  }
  const isOneDevice = stays.every(({ waypoint: { sighting } }) => {
    const other = last.waypoint.sighting;
    return (
      sighting === other || (isSameNetwork(sighting, other) && deviceContinuity(sighting, other) !== null)
    );
  });
  if (isOneDevice)
    return 'The same device on the same network: operators let traffic out far from the person.';
  const sightings = stays.map(({ waypoint }) => waypoint.sighting);
  const familiarity = familiarityOf(sightings, last.waypoint.sighting.toMs, baseline);
  return familiarity === null ? null : familiarityWords[familiarity];
}

function hopFinding({ hop, countries, suppressedBy, key }: Hit, { facts, baseline }: Case): RuleFinding {
  const { stays, last, withinMs } = hop;
  const about = last.waypoint.sighting;
  const sightings = stays.map(({ waypoint }) => waypoint.sighting);
  const evidence: CountryHopEvidence = {
    stays: sightings.map(sightingEvidence),
    countries,
    withinMinutes: withinMs / 60_000,
    suppression: suppressedBy,
  };
  return findingOf({
    rule: 'country-hop',
    severity: 'medium',
    about,
    key,
    sessions: sightings.map(({ sessionKey }) => sessionKey),
    atMs: about.toMs,
    title: `${countries.length} countries within ${duration(withinMs)}: ${countries.map(countryName).join(', ')}`,
    explanation: [
      `${personName(facts, about)} was seen ${sightings
        .map((each) => `in ${placeName(each.place)} at ${moment(each.toMs)} from ${addressName(each)}`)
        .join(', then ')}.`,
      `All of it within ${duration(withinMs)}; places of different countries that are less than 300 km apart were counted as one.`,
      'How sure: it rests on the countries of the addresses, and on no distance beyond that.',
      ...(suppressedBy === null ? [] : [`Not alerted. ${suppressedBy}`]),
      'What would make it wrong: a VPN or gateway that is not known as one, an address the database places in the wrong ' +
        'country, or two people who share the account.',
    ],
    evidence,
    isLearning: !baseline.mature(about.toMs),
    suppressedBy,
  });
}
