import type { IpClass } from '../../../contract/place.ts';
import type { Case } from '../case.ts';
import { momentOf } from '../evidence-words.ts';
import { sightingEvidence, type SightingEvidence } from '../evidence.ts';
import type { RuleFinding, Sighting } from '../facts.ts';
import { findingOf } from '../finding.ts';
import { isHeard, untimedReason, type Unjudged } from '../not-evaluable.ts';
import type { Rule } from '../rule.ts';
import { quoted, userNamed } from '../words.ts';

/**
 * A source states an address from inside a network (private, carrier, loopback) as where a person came from: behind a proxy
 * that does not hand on X-Forwarded-For, every place and network rule is blind there (detections 4.2). At most one finding per
 * person and source, because it is the source's fault and not the person's.
 *
 * Can't judge: sightings without an address, and whether the source is meant to be reached from inside only.
 */
export const privateIp: Rule = {
  id: 'private-ip',
  cannotJudge: ['sightings without an address', 'whether the source is reached from inside only'],
  lowered: ['more of it from the same source within 90 days: not told again'],
  settings: ['learning'],
  judge(person, unjudged) {
    const { facts, settings } = person;
    tellClassless(person, unjudged);
    const lastSeenMs = new Map<string, number>();
    // The last of a source wins: what is told again comes when the one before is too old to be judged.
    const findings = new Map<string, RuleFinding>();
    for (const sighting of facts.sightings) {
      const { ipClass, source, toMs } = sighting;
      if (ipClass === null || !insideClasses.has(ipClass)) continue;
      if (untimedReason(sighting, facts.nowMs, settings) !== null) continue;
      const isNew = (lastSeenMs.get(source) ?? -Infinity) < toMs - settings.learning.lookBackMs;
      lastSeenMs.set(source, toMs);
      if (isNew && person.isJudged(toMs)) findings.set(source, privateFinding(sighting, ipClass, person));
    }
    return [...findings.values()];
  },
  tell: ({ sighting, source, ipClass }: PrivateIpEvidence, told) => ({
    title: `${quoted(source)} sees addresses from inside a network`,
    explanation: [
      `${userNamed(told)} was seen at ${momentOf(sighting.at)} from ${sighting.ip ?? 'an address'}, which is of the kind “${ipClass}” and ` +
        'can’t come over the internet.',
      `Rules about places and networks say nothing of what ${quoted(source)} reports that way.`,
      'How sure: the address itself says so. If the service is reached over the internet, a proxy in front of it does not hand ' +
        'on the address of its client (X-Forwarded-For).',
      'What would make it wrong: a service that is reached from inside only.',
    ],
  }),
};

/** What no packet from the internet carries. */
const insideClasses: ReadonlySet<IpClass> = new Set<IpClass>([
  'private',
  'carrier-nat',
  'loopback',
  'unique-local',
]);

export type PrivateIpEvidence = {
  readonly sighting: SightingEvidence;
  readonly source: string;
  readonly ipClass: IpClass;
};

function privateFinding(sighting: Sighting, ipClass: IpClass, { baseline }: Case): RuleFinding {
  const { source, toMs } = sighting;
  const evidence: PrivateIpEvidence = { sighting: sightingEvidence(sighting), source, ipClass };
  return findingOf({
    rule: 'private-ip',
    severity: 'info',
    about: sighting,
    key: [],
    sessions: [sighting.sessionKey],
    atMs: toMs,
    evidence,
    isLearning: !baseline.mature(toMs),
    suppressedBy: null,
  });
}

function tellClassless({ facts }: Case, unjudged: Unjudged): void {
  if (!isHeard(unjudged)) return;
  for (const sighting of facts.sightings) {
    if (sighting.ipClass === null) unjudged.add('No address is known.', sighting);
  }
}
