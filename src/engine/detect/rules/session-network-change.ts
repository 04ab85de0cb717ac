import type { Case } from '../case.ts';
import { sightingEvidence, type SightingEvidence } from '../evidence.ts';
import type { RuleFinding, Sighting } from '../facts.ts';
import { findingOf } from '../finding.ts';
import type { Unjudged } from '../not-evaluable.ts';
import type { Rule } from '../rule.ts';
import type { SessionStep } from '../session-steps.ts';
import {
  addressName,
  countryInText,
  deviceName,
  duration,
  moment,
  networkName,
  personName,
  placeName,
} from '../words.ts';

/**
 * One session goes on in another country through a network the person never used (detections 4.4).
 *
 * One finding for a session and a pair of networks, however often it goes to and fro. Can't judge: unknown networks or countries,
 * sources that give a session a new id at each reconnect. Silent: a pair the person is known for, such as the phone's carrier
 * and the WiFi at home; whoever moved between two networks was seen on both, so the network moved to tells it.
 */
export const sessionNetworkChange: Rule = {
  id: 'session-network-change',
  cannotJudge: ['sources that give a session a new id at each reconnect', 'an unknown network or country'],
  lowered: ['a network that was known for the person: not told'],
  settings: ['learning'],
  judge(person, unjudged) {
    const findings = new Map<string, RuleFinding | null>();
    for (const step of person.steps()) {
      const change = changeOf(step, unjudged);
      if (change === null) continue;
      const { toMs } = step.after;
      const key = [step.sessionKey, ...[change.from, change.to].sort()];
      const text = key.join(' ');
      if (findings.has(text) || person.baseline.known('asn', String(change.asn), toMs)) continue;
      findings.set(text, person.isJudged(toMs) ? networkFinding(step, key, person) : null);
    }
    return [...findings.values()].filter((finding) => finding !== null);
  },
};

/** The ends as `AS64500 DE`, and the number of the network that is to be looked up. */
type NetworkChange = { readonly asn: number; readonly from: string; readonly to: string };

export type NetworkChangeEvidence = {
  readonly before: SightingEvidence;
  readonly after: SightingEvidence;
  readonly gapMinutes: number;
};

function changeOf({ before, after }: SessionStep, unjudged: Unjudged): NetworkChange | null {
  if (isSameAddress(before, after)) return null;
  if (after.idReconnects) {
    unjudged.add('The source gives a session a new id at each reconnect, so moving is normal.', after);
    return null;
  }
  const [asn, oldAsn] = [after.network?.asn ?? null, before.network?.asn ?? null];
  const [country, oldCountry] = [after.place?.country ?? null, before.place?.country ?? null];
  if (asn === null || oldAsn === null || country === null || oldCountry === null) {
    unjudged.add(
      'The network or the country of one of two sightings of a session is unknown.',
      before,
      after,
    );
    return null;
  }
  if (asn === oldAsn || country === oldCountry) return null;
  return { asn, from: `AS${oldAsn} ${oldCountry}`, to: `AS${asn} ${country}` };
}

function isSameAddress(a: Sighting, b: Sighting): boolean {
  return a.ip !== null && a.ip === b.ip;
}

function networkFinding(
  { sessionKey, before, after }: SessionStep,
  key: readonly string[],
  { facts, baseline }: Case,
): RuleFinding {
  const gapMs = after.toMs - before.toMs;
  const evidence: NetworkChangeEvidence = {
    before: sightingEvidence(before),
    after: sightingEvidence(after),
    gapMinutes: Math.round(gapMs / 60_000),
  };
  const [from, to] = [countryInText(before.place?.country ?? ''), countryInText(after.place?.country ?? '')];
  return findingOf({
    rule: 'session-network-change',
    about: after,
    severity: 'high',
    key,
    sessions: [sessionKey],
    atMs: after.toMs,
    title: `Session moved from ${from} to ${to}, to a network new for the person`,
    explanation: [
      `A session of ${personName(facts, after)} was used from ${endWords(before)}, and ${duration(gapMs)} later from ${endWords(after)}.`,
      `Both network and country changed, and ${networkName(after.network)} was not known for this person at that time.`,
      'How sure: it rests on the registered country and number of the networks, not on distances; a network counts as known ' +
        'once it was first seen 24 hours before, or on two days.',
      'What would make it wrong: a traveller who kept the session open, a VPN switched on, or a phone that roams.',
    ],
    evidence,
    isLearning: !baseline.mature(after.toMs),
    suppressedBy: null,
  });
}

function endWords(sighting: Sighting): string {
  return (
    `${addressName(sighting)}, ${placeName(sighting.place)}, at ${moment(sighting.toMs)} ` +
    `with ${deviceName(sighting.device)}`
  );
}
