import { Appearances } from '../appearances.ts';
import type { Case } from '../case.ts';
import { sightingEvidence, type SightingEvidence } from '../evidence.ts';
import type { RuleFinding, Sighting } from '../facts.ts';
import { findingOf } from '../finding.ts';
import type { ListMatch } from '../network-lists.ts';
import { isHeard, untimedReason, type Unjudged } from '../not-evaluable.ts';
import { isProven } from '../proven.ts';
import type { Rule } from '../rule.ts';
import { addressName, deviceName, moment, personName, placeName, quoted } from '../words.ts';

/**
 * A person comes from an address on a list of the analyst's (detections 4.2), as the list was at that time. Fires without any
 * history, once per entry and again after each day without it.
 *
 * Can't judge: sightings without an address.
 */
export const listedIp: Rule = {
  id: 'listed-ip',
  cannotJudge: ['sightings without an address', 'times that are unknown or known to be wrong'],
  lowered: ['entries that ran out: not told', 'more of it within 24 hours: not told again'],
  settings: ['network.toldAgainAfterMs'],
  judge(person, unjudged) {
    tellAddressless(person, unjudged);
    const { baseline, survey, settings } = person;
    const seen = new Appearances();
    const findings: RuleFinding[] = [];
    for (const sighting of baseline.proven()) {
      const matches = survey.listed(sighting);
      const listed = matches.length === 0 ? matches : matches.filter(({ tag }) => tag === 'listed');
      if (listed.length === 0) continue;
      const entries = listed.map(({ list, entry }) => `${list} ${entry}`).sort();
      const isNew = seen.isNew(JSON.stringify(entries), sighting, settings.network.toldAgainAfterMs);
      if (isNew && person.isJudged(sighting.toMs)) {
        findings.push(listedFinding(sighting, listed, entries, person));
      }
    }
    return findings;
  },
};

export type ListedIpEvidence = {
  readonly sighting: SightingEvidence;
  readonly lists: readonly string[];
  readonly entries: readonly string[];
};

function listedFinding(
  sighting: Sighting,
  listed: readonly ListMatch[],
  entries: readonly string[],
  { facts }: Case,
): RuleFinding {
  const lists = [...new Set(listed.map(({ list }) => list))].sort();
  const evidence: ListedIpEvidence = {
    sighting: sightingEvidence(sighting),
    lists,
    entries: listed.map(({ entry }) => entry).sort(),
  };
  const where = lists.map(quoted).join(', ');
  return findingOf({
    rule: 'listed-ip',
    severity: 'critical',
    about: sighting,
    key: [...entries, String(sighting.toMs), sighting.sessionKey ?? ''],
    sessions: [sighting.sessionKey],
    atMs: sighting.toMs,
    title: `Listed address: ${sighting.ip ?? 'unknown'} is on ${where}`,
    explanation: [
      `${personName(facts, sighting)} came from a listed address at ${moment(sighting.toMs)}: ${addressName(sighting)}, ` +
        `${placeName(sighting.place)}, with ${deviceName(sighting.device)}.`,
      `It falls under ${evidence.entries.map(quoted).join(', ')} of ${where}.`,
      'How sure: as sure as the list; the entry was in force at that time.',
      'What would make it wrong: an entry that is too wide, or an address that has a new owner.',
    ],
    evidence,
    isLearning: false,
    suppressedBy: null,
  });
}

function tellAddressless({ facts, settings }: Case, unjudged: Unjudged): void {
  if (!isHeard(unjudged)) return;
  for (const sighting of facts.sightings) {
    if (!isProven(sighting)) continue;
    const reason = untimedReason(sighting, facts.nowMs, settings);
    if (reason !== null || sighting.ip === null) unjudged.add(reason ?? 'No address is known.', sighting);
  }
}
