import type { Case } from '../case.ts';
import { sightingEvidence, type SightingEvidence } from '../evidence.ts';
import type { RuleFinding, Sighting } from '../facts.ts';
import { findingOf } from '../finding.ts';
import { tellMissing } from '../not-evaluable.ts';
import { remembered } from '../remembered.ts';
import type { Rule } from '../rule.ts';
import type { DetectSettings } from '../settings.ts';
import { stretchesOf } from '../stretches.ts';
import { isTagged } from '../tags.ts';
import { addressName, moment, personName, quoted } from '../words.ts';

/**
 * A person's account is used by a program that is no browser and no app: curl, libraries, headless browsers, crawlers, an empty
 * user agent or one of under 15 characters (detections 4.3, D5). Fires without any history; told once for each program, and
 * again after 90 days without it.
 *
 * Can't judge: sightings without a user agent or device. Suppressed for users who are tagged as service accounts.
 */
export const scriptedClient: Rule = {
  id: 'scripted-client',
  cannotJudge: ['sightings without a user agent or device'],
  lowered: [
    'the user is tagged as a service account: suppressed',
    'apps that use such a library under their own name: not told',
  ],
  settings: ['client.minUserAgent'],
  judge(person, unjudged) {
    const { settings } = person;
    const isUnknown = ({ device, userAgent }: Sighting) =>
      userAgent === null && (device === null || device.kind === 'unknown');
    tellMissing(unjudged, person.seen(), isUnknown, 'The source states neither a user agent nor a device.');
    const { devices, userAgents } = person.clients();
    const isAny =
      devices.some(({ kind }) => scripted.has(kind)) || userAgents.some((text) => isTooShort(text, settings));
    if (!isAny) return [];
    return stretchesOf(person.seen(), settings.learning.lookBackMs, (sighting) =>
      programOf(sighting, settings),
    )
      .filter(({ first }) => person.isJudged(first.toMs))
      .map(({ first, value }) => scriptFinding(first, value, person));
  },
};

export type ScriptedClientEvidence = {
  readonly sighting: SightingEvidence;
  readonly program: string;
  readonly isKnownProgram: boolean;
};

const scripted: ReadonlySet<string> = new Set(['script', 'bot']);
const EMPTY = 'no name at all';
/** What a far side writes where it has no user agent: that is an unknown one, not an empty one. */
const placeholder = /^(?:-|unknown|null|undefined|none|n\/a)$/i;

/** The program's name, the same for all its versions; null when it is none. */
function programOf({ device, userAgent }: Sighting, settings: DetectSettings): string | null {
  // Apps name themselves in few letters.
  if (device?.kind === 'app') return null;
  const isTold = device !== null && scripted.has(device.kind);
  if (!isTold && (userAgent === null || !isTooShort(userAgent, settings))) return null;
  return (
    device?.browser ??
    (userAgent === null || trimmed(userAgent).text === '' ? EMPTY : trimmed(userAgent).text)
  );
}

function isTooShort(userAgent: string, { client }: DetectSettings): boolean {
  const { text } = trimmed(userAgent);
  return text.length < client.minUserAgent && !placeholder.test(text);
}

const trimmed = remembered((userAgent: string) => ({ text: userAgent.slice(0, 256).trim() }));

function scriptFinding(sighting: Sighting, program: string, { facts }: Case): RuleFinding {
  const evidence: ScriptedClientEvidence = {
    sighting: sightingEvidence(sighting),
    program,
    isKnownProgram: sighting.device !== null && scripted.has(sighting.device.kind),
  };
  const suppressedBy = isTagged(facts, sighting, 'service')
    ? 'The user is tagged as a service account.'
    : null;
  const name = program === EMPTY ? 'an empty user agent' : quoted(program);
  return findingOf({
    rule: 'scripted-client',
    severity: 'high',
    about: sighting,
    key: [program, sighting.id],
    sessions: [sighting.sessionKey],
    atMs: sighting.toMs,
    title: `Used by a program: ${name}`,
    explanation: [
      `The account of ${personName(facts, sighting)} was used by ${name} at ${moment(sighting.toMs)}, from ${addressName(sighting)}.`,
      'That is no browser and no app. People sign in with those; stolen cookies and passwords are often tried out with scripts.',
      evidence.isKnownProgram
        ? 'How sure: the program says its own name, and nobody pretends to be a script.'
        : 'How sure: no browser has so short a user agent; some privacy tools and old devices do.',
      ...(suppressedBy === null ? [] : [`Not alerted. ${suppressedBy}`]),
      'What would make it wrong: an account that a service uses (tag it so), or a script of the person’s own.',
    ],
    evidence,
    isLearning: false,
    suppressedBy,
  });
}
