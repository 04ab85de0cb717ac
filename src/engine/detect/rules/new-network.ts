import type { Arrival } from '../arrivals.ts';
import type { Case } from '../case.ts';
import { isCommon } from '../common.ts';
import { isOnKnownDevice } from '../device-news.ts';
import { sightingWords } from '../evidence-words.ts';
import { sightingEvidence, type SightingEvidence } from '../evidence.ts';
import type { RuleFinding, Sighting } from '../facts.ts';
import { featureOf } from '../features.ts';
import { findingOf } from '../finding.ts';
import { latestArrivals } from '../latest-arrivals.ts';
import { tellNetworkless } from '../networkless.ts';
import type { Rule } from '../rule.ts';
import { userNamed } from '../words.ts';

/**
 * A person appears on a network (autonomous system) for the first time in 90 days, and others of the organisation don't use
 * it (detections 4.2). Medium where hardly a login of the organisation came from there. One finding per arrival; the first
 * network of all is the person's own, not news.
 *
 * Can't judge: unknown networks. Suppressed: the same city on a known device, which is a change of provider. Not told: Tor
 * and relays, whose exits change by themselves.
 */
export const newNetwork: Rule = {
  id: 'new-network',
  cannotJudge: ['unknown networks', 'times that are unknown or known to be wrong'],
  lowered: [
    'a known city and a known device: suppressed',
    'a network that five others of the organisation use: not told',
    'a network that an analyst called known, a Tor exit or a relay: not told',
  ],
  settings: [
    'network.rareLoginShare',
    'organisation.commonUsers',
    'organisation.commonDays',
    'organisation.minLogins',
    'learning',
  ],
  judge(person, unjudged) {
    tellNetworkless(person, unjudged);
    const { baseline, survey } = person;
    const arrivals = baseline
      .arrivals('asn')
      .filter(({ others, value }) => others.length > 0 && !baseline.learned('asn', value))
      .filter(({ sighting }) => !survey.kinds(sighting).some((kind) => kind === 'tor' || kind === 'relay'));
    return latestArrivals(arrivals, person, unjudged)
      .filter(({ value, sighting }) => !isCommon(person, 'asn', value, sighting.toMs))
      .map((arrival) => networkFinding(arrival, person));
  },
  tell: (evidence: NewNetworkEvidence, told) => {
    const { deviceKnown, cityKnown, networksBefore, suppression } = evidence;
    const { at, address, network, place, device } = sightingWords(evidence.sighting);
    return {
      title: `First time on ${network}`,
      explanation: [
        `${userNamed(told)} was seen on ${network} at ${at}: from ${address}, ${place}, with ${device}.`,
        `In the 90 days before, the person was on ${networksWords(networksBefore)}, and not on this one.`,
        `How sure: the device is ${deviceKnown ? 'known' : 'not known'} for this person and the city is ` +
          `${cityKnown ? 'known' : 'not known'}; ${rarityWords(evidence)}.`,
        ...(suppression === null ? [] : [`Not alerted. ${suppression}`]),
        'What would make it wrong: a change of provider, a hotel or café, or a phone’s hot spot.',
      ],
    };
  },
};

export type NewNetworkEvidence = {
  readonly sighting: SightingEvidence;
  readonly asn: number | null;
  /** Numbers of networks the person used in the 90 days before, at most 41. */
  readonly networksBefore: readonly string[];
  readonly deviceKnown: boolean;
  readonly cityKnown: boolean;
  /** Of the organisation's logins in the 30 days before; null: too few to say. */
  readonly loginShare: number | null;
  /** So few that it is no network of others. */
  readonly isRare: boolean;
  readonly suppression: string | null;
};

function networkFinding({ sighting, value, others }: Arrival, person: Case): RuleFinding {
  const { baseline, organisation, settings } = person;
  const loginShare = organisation.loginShare('asn', value, sighting.toMs);
  const isRare = loginShare !== null && loginShare < settings.network.rareLoginShare;
  const deviceKnown = isOnKnownDevice(sighting, baseline);
  const cityKnown = isInKnownCity(sighting, person);
  const suppression =
    deviceKnown && cityKnown ? 'The city and the device are known: people change their provider.' : null;
  const evidence: NewNetworkEvidence = {
    sighting: sightingEvidence(sighting),
    asn: sighting.network?.asn ?? null,
    networksBefore: others,
    deviceKnown,
    cityKnown,
    loginShare,
    isRare,
    suppression,
  };
  return findingOf({
    rule: 'new-network',
    severity: isRare ? 'medium' : 'low',
    about: sighting,
    key: [value, String(sighting.toMs), sighting.sessionKey ?? ''],
    sessions: [sighting.sessionKey],
    atMs: sighting.toMs,
    evidence,
    isLearning: !baseline.mature(sighting.toMs),
    suppressedBy: suppression,
  });
}

function networksWords(asns: readonly string[]): string {
  const names = asns.slice(0, 5).map((asn) => `AS${asn}`);
  return asns.length > names.length ? `${names.join(', ')} and others` : names.join(', ');
}

function isInKnownCity(sighting: Sighting, { baseline, survey }: Case): boolean {
  const city = featureOf('city', sighting, survey);
  return city !== null && baseline.known('city', city, sighting.toMs);
}

function rarityWords({ loginShare, isRare }: NewNetworkEvidence): string {
  if (loginShare === null) return 'how usual the network is for others is not known';
  return isRare
    ? 'fewer than one in 50,000 logins of the organisation came from there'
    : 'some logins of others came from there too';
}
