import type { Case } from '../case.ts';
import { clientDatesOf, RELEASES_REVIEWED } from '../client-releases.ts';
import { sightingEvidence, type SightingEvidence } from '../evidence.ts';
import type { RuleFinding, Sighting } from '../facts.ts';
import { findingOf } from '../finding.ts';
import { tellMissing } from '../not-evaluable.ts';
import { remembered } from '../remembered.ts';
import type { Rule } from '../rule.ts';
import type { DetectSettings } from '../settings.ts';
import { stretchesOf } from '../stretches.ts';
import { addressName, moment, personName, quoted } from '../words.ts';

/**
 * A user agent says two things that can't both be true (detections 4.3, D6): it names two operating systems, a phone's
 * engine on a desktop system, or a browser version that was not even in testing at that time. Tools that make up user agents get
 * this wrong. Told once for each user agent, and again after 90 days without it.
 *
 * Can't judge: sightings without a user agent; versions the shipped table of releases does not know; client hints, which no source tells.
 */
export const contradictoryUserAgent: Rule = {
  id: 'contradictory-user-agent',
  cannotJudge: [
    'sightings without a user agent',
    'browser versions that the shipped table of releases does not know',
    'client hints: no source tells them',
  ],
  lowered: ['versions that test channels had at that time: not told'],
  settings: ['client.testChannelMs'],
  judge(person, unjudged) {
    const { facts, settings } = person;
    tellMissing(
      unjudged,
      person.seen(),
      ({ userAgent }) => userAgent === null,
      'The source states no user agent.',
    );
    const { devices, userAgents } = person.clients();
    const isEarly = devices.some(
      (device) => (clientDatesOf(device).releasedMs ?? 0) > facts.nowMs - settings.judgedMs,
    );
    if (!isEarly && !userAgents.some((text) => systemsOf(text).contradiction !== null)) return [];
    const valueOf = (sighting: Sighting) =>
      contradictionIn(sighting, settings) === null ? null : (sighting.userAgent ?? '').slice(0, LONGEST_KEY);
    return stretchesOf(person.seen(), settings.learning.lookBackMs, valueOf)
      .filter(({ first }) => person.isJudged(first.toMs))
      .map(({ first, value }) => contradictionFinding(first, value, person));
  },
};

export type ContradictoryUserAgentEvidence = {
  readonly sighting: SightingEvidence;
  readonly contradiction: string;
  /** When the table of releases was last reviewed. */
  readonly tableReviewed: string;
};

const LONGEST_KEY = 512;

function contradictionIn({ userAgent, device, toMs }: Sighting, { client }: DetectSettings): string | null {
  if (userAgent === null) return null;
  const { contradiction } = systemsOf(userAgent);
  if (contradiction !== null) return contradiction;
  const releasedMs = device === null ? null : clientDatesOf(device).releasedMs;
  if (releasedMs === null || toMs >= releasedMs - client.testChannelMs) return null;
  const released = moment(releasedMs).slice(0, 10);
  return `Version ${device?.browserVersion ?? '?'} of that browser came out on ${released} only, and test versions some twelve weeks before.`;
}

/** Header texts are hostile: what is behind this many characters is not read. */
const MAX_USER_AGENT = 1024;

/** What each system writes into the user agents of browsers on it. Plain words, so that each is linear in the text. */
const platforms: readonly (readonly [system: string, token: RegExp])[] = [
  ['Windows', /\bWindows NT\b/],
  ['Android', /\bAndroid\b/],
  ['iOS', /\b(?:iPhone|iPad|iPod)\b/],
  ['macOS', /\bMacintosh\b/],
  ['Chrome OS', /\bCrOS\b/],
];

/** Browsers that exist on one system only. */
const boundTo: readonly (readonly [engine: string, token: RegExp, system: string])[] = [
  ['Chrome for iOS', /\bCriOS\//, 'Windows'],
  ['Chrome for iOS', /\bCriOS\//, 'Android'],
  ['Firefox for iOS', /\bFxiOS\//, 'Windows'],
  ['Firefox for iOS', /\bFxiOS\//, 'Android'],
  ['Edge for Android', /\bEdgA\//, 'Windows'],
  ['Edge for Android', /\bEdgA\//, 'iOS'],
];

/** Windows Phone and early Edge named every other system on purpose, to be served their pages. */
const namesMany = /\b(?:Windows Phone|IEMobile|Edge\/1\d\.|Xbox|WebTV|SmartTV|compatible;)/;

const systemsOf = remembered((userAgent: string): { readonly contradiction: string | null } => {
  const text = userAgent.slice(0, MAX_USER_AGENT);
  if (namesMany.test(text)) return { contradiction: null };
  const systems = platforms.filter(([, token]) => token.test(text)).map(([system]) => system);
  if (systems.length > 1)
    return { contradiction: `It names several operating systems: ${systems.join(', ')}.` };
  const misfit = boundTo.find(([, token, system]) => systems[0] === system && token.test(text));
  if (misfit === undefined) return { contradiction: null };
  return { contradiction: `It names ${misfit[0]}, which does not exist for ${misfit[2]}.` };
});

function contradictionFinding(
  sighting: Sighting,
  userAgent: string,
  { facts, baseline, settings }: Case,
): RuleFinding {
  const contradiction = contradictionIn(sighting, settings) ?? '';
  const evidence: ContradictoryUserAgentEvidence = {
    sighting: sightingEvidence(sighting),
    contradiction,
    tableReviewed: RELEASES_REVIEWED,
  };
  return findingOf({
    rule: 'contradictory-user-agent',
    severity: 'medium',
    about: sighting,
    key: [userAgent, sighting.id],
    sessions: [sighting.sessionKey],
    atMs: sighting.toMs,
    title: 'User agent contradicts itself',
    explanation: [
      `${personName(facts, sighting)} was seen with the user agent ${quoted(userAgent)} at ${moment(sighting.toMs)}, from ${addressName(sighting)}.`,
      contradiction,
      'How sure: no browser writes that by itself; tools that make up user agents do.',
      'What would make it wrong: an extension or a privacy browser that disguises itself, or a proxy that rewrites user agents.',
    ],
    evidence,
    isLearning: !baseline.mature(sighting.toMs),
    suppressedBy: null,
  });
}
