import type { Case } from '../case.ts';
import { sightingEvidence, type SightingEvidence } from '../evidence.ts';
import type { RuleFinding, Sighting } from '../facts.ts';
import { prefixOfSighting } from '../features.ts';
import { findingOf } from '../finding.ts';
import type { Unjudged } from '../not-evaluable.ts';
import type { Rule } from '../rule.ts';
import type { SessionStep } from '../session-steps.ts';
import { addressName, deviceName, duration, moment, personName, placeName } from '../words.ts';

/**
 * One session is used from two networks by turns: at the one, at the other, and back at the one, within a few polls (detections 4.4,
 * H4). Two people use it at the same time, or one who moves to and fro very fast.
 *
 * Two addresses of one autonomous system are one network (dual stack). Suppressed: a cellular line on either side, or two
 * networks the person is known for, which is a phone between WiFi and carrier. Can't judge: sources that give a session a new id
 * at each reconnect, polls too far apart to see turns.
 */
export const sessionParallelUse: Rule = {
  id: 'session-parallel-use',
  cannotJudge: [
    'sources that give a session a new id at each reconnect',
    'sightings without a network or address',
    'turns that nobody knows the times of, because polls are far apart',
  ],
  lowered: [
    'two addresses of one network (ASN), as IPv4 and IPv6: one place',
    'a cellular line on either side: suppressed',
    'both networks are known for the person, as WiFi and carrier of a phone: suppressed',
  ],
  settings: ['sessionUse.alternations', 'sessionUse.turnMs'],
  judge(person, unjudged) {
    const turns = new Map<string, Turn>();
    const findings = new Map<string, RuleFinding | null>();
    for (const step of person.steps()) {
      const turn = turnOf(step, turns.get(step.sessionKey) ?? null, person, unjudged);
      if (turn === null) continue;
      turns.set(step.sessionKey, turn);
      if (turn.alternations < person.settings.sessionUse.alternations) continue;
      const key = [step.sessionKey, ...[turn.from, turn.to].sort()];
      const text = JSON.stringify(key);
      if (findings.has(text)) continue;
      findings.set(text, person.isJudged(step.after.toMs) ? parallelFinding(turn, key, person) : null);
    }
    return [...findings.values()].filter((finding) => finding !== null);
  },
};

/** The last change of network of a session, and how often it went to and fro by then. */
type Turn = SessionStep & { readonly from: string; readonly to: string; readonly alternations: number };

export type SessionParallelUseEvidence = {
  readonly before: SightingEvidence;
  readonly after: SightingEvidence;
  readonly alternations: number;
  readonly withinMinutes: number;
  readonly suppression: string | null;
};

function turnOf(step: SessionStep, last: Turn | null, person: Case, unjudged: Unjudged): Turn | null {
  const { before, after } = step;
  if (before.ip === after.ip) return null;
  if (after.idReconnects) {
    unjudged.add('The source gives a session a new id at each reconnect, so moving is normal.', after);
    return null;
  }
  const [from, to] = [networkOf(before), networkOf(after)];
  if (from === null || to === null) {
    unjudged.add('The address of one of two sightings of a session is unknown.', before, after);
    return null;
  }
  if (from === to) return null;
  const isBack = last !== null && last.from === to && last.to === from;
  if (isBack && sinceThenMs(last, after) === null) {
    unjudged.add('Nobody knows how long it was away, because polls are far apart.', before, after);
  }
  const isTurn = isBack && (sinceThenMs(last, after) ?? Infinity) <= person.settings.sessionUse.turnMs;
  return { ...step, from, to, alternations: isTurn ? last.alternations + 1 : 1 };
}

/**
 * The longest time in which it went there and back: from when it was last seen before it went. Of what a poll saw, `fromMs` is
 * when the one before was still seen. Null when nobody knows.
 */
function sinceThenMs({ before: here, after: there }: Turn, back: Sighting): number | null {
  if (there.fromMs === null || !Number.isFinite(there.fromMs)) return null;
  return back.toMs - (there.fromMs < there.toMs ? there.fromMs : here.toMs);
}

function networkOf(sighting: Sighting): string | null {
  const asn = sighting.network?.asn;
  return asn == null ? prefixOfSighting(sighting) : `AS${asn}`;
}

function suppressionOf({ before, after }: Turn, { survey, baseline }: Case): string | null {
  if ([before, after].some((sighting) => survey.line(sighting) === 'cellular')) {
    return 'One of the two is a cellular line: a phone moves between its carrier and WiFi.';
  }
  const isKnown = [before, after].every(({ network }) => {
    return network?.asn != null && baseline.known('asn', String(network.asn), after.toMs);
  });
  return isKnown ? 'Both networks were known for the person: a phone moves between them.' : null;
}

function parallelFinding(turn: Turn, key: readonly string[], person: Case): RuleFinding {
  const { before, after, sessionKey, alternations } = turn;
  const { facts, baseline, settings } = person;
  const suppressedBy = suppressionOf(turn, person);
  const evidence: SessionParallelUseEvidence = {
    before: sightingEvidence(before),
    after: sightingEvidence(after),
    alternations,
    withinMinutes: settings.sessionUse.turnMs / 60_000,
    suppression: suppressedBy,
  };
  const words = (sighting: Sighting) =>
    `${addressName(sighting)}, ${placeName(sighting.place)}, with ${deviceName(sighting.device)}`;
  return findingOf({
    rule: 'session-parallel-use',
    severity: 'critical',
    about: after,
    key,
    sessions: [sessionKey],
    atMs: after.toMs,
    title: 'One session is used in two networks by turns',
    explanation: [
      `A session of ${personName(facts, after)} was used by turns from ${words(before)}, and from ${words(after)}: ` +
        `it went to and fro ${alternations} times up to ${moment(after.toMs)}, each time within ${duration(settings.sessionUse.turnMs)}.`,
      'One person is in one network at a time; a copied cookie is used beside its owner.',
      'How sure: addresses of one provider count as one network, so this is no switch between IPv4 and IPv6.',
      ...(suppressedBy === null ? [] : [`Not alerted. ${suppressedBy}`]),
      'What would make it wrong: a device at the edge of a WiFi, a VPN that drops and comes back, or a gateway with two providers.',
    ],
    evidence,
    isLearning: suppressedBy === null && !baseline.mature(after.toMs),
    suppressedBy,
  });
}
