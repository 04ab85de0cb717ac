import type { Case } from '../case.ts';
import { newsOf } from '../device-news.ts';
import { sightingEvidence, type SightingEvidence } from '../evidence.ts';
import type { RuleFinding, Sighting } from '../facts.ts';
import { findingOf } from '../finding.ts';
import { tellMissing } from '../not-evaluable.ts';
import type { Rule } from '../rule.ts';
import { addressName, deviceName, moment, personName, quoted } from '../words.ts';

/**
 * A person is seen with an operating system or a browser family that was not seen in 90 days (detections 4.3, D2). Versions
 * don't count. One finding per sighting, also when both are new. Where the device itself is news, `new-device` says that its
 * system or browser is: one thing is told once. What is left are devices that are known by their token.
 *
 * Can't judge: sightings that name neither system nor browser.
 */
export const newOsOrBrowser: Rule = {
  id: 'new-os-or-browser',
  cannotJudge: ['sightings that name neither system nor browser'],
  lowered: [
    'new versions of either: never told',
    'the device itself is new: told by new-device',
    'what an analyst called known: not told',
  ],
  settings: ['learning'],
  judge(person, unjudged) {
    const isUnknown = ({ device }: Sighting) => device?.os == null && device?.browser == null;
    tellMissing(unjudged, person.seen(), isUnknown, 'The source names neither system nor browser.');
    const bySighting = new Map<Sighting, NewPart[]>();
    const told = new Set(newsOf('device', person).map(({ sighting }) => sighting));
    for (const part of ['os', 'browser'] as const) {
      for (const { sighting, value, others } of newsOf(part, person)) {
        if (told.has(sighting)) continue;
        const parts = bySighting.get(sighting) ?? [];
        bySighting.set(sighting, [...parts, { part, value, others }]);
      }
    }
    return [...bySighting].map(([sighting, parts]) => clientFinding(sighting, parts, person));
  },
};

/** What is new, and what the person used instead in the 90 days before. */
export type NewPart = {
  readonly part: 'os' | 'browser';
  readonly value: string;
  readonly others: readonly string[];
};

export type NewOsOrBrowserEvidence = {
  readonly sighting: SightingEvidence;
  readonly parts: readonly NewPart[];
  /** The device as one word, for who looks for others of its kind. */
  readonly device: string;
};

const MOST_NAMED = 10;
const wordsOf = { os: 'operating system', browser: 'browser' } as const;

function clientFinding(
  sighting: Sighting,
  parts: readonly NewPart[],
  { facts, baseline }: Case,
): RuleFinding {
  const named = parts.map((each) => ({ ...each, others: each.others.slice(0, MOST_NAMED) }));
  const evidence: NewOsOrBrowserEvidence = {
    sighting: sightingEvidence(sighting),
    parts: named,
    device: deviceName(sighting.device),
  };
  const news = named.map(({ part, value }) => `${wordsOf[part]} ${quoted(value)}`).join(' and ');
  return findingOf({
    rule: 'new-os-or-browser',
    severity: 'low',
    about: sighting,
    key: [...parts.map(({ part, value }) => `${part} ${value}`), sighting.id],
    sessions: [sighting.sessionKey],
    atMs: sighting.toMs,
    title: `First time with ${news}`,
    explanation: [
      `${personName(facts, sighting)} was seen with the ${news} at ${moment(sighting.toMs)} (${deviceName(sighting.device)}), from ${addressName(sighting)}.`,
      ...named.map(
        ({ part, others }) =>
          `In the 90 days before, the person’s ${wordsOf[part]} was ${others.map(quoted).join(', ')}.`,
      ),
      'How sure: it rests on what the user agent says of itself, which anybody can choose.',
      'What would make it wrong: a new device, or a second browser on an old one.',
    ],
    evidence,
    isLearning: !baseline.mature(sighting.toMs),
    suppressedBy: null,
  });
}
