import { userAgentWithoutVersions } from '../../enrich/user-agent-similarity.ts';
import { prefixOf } from '../../enrich/ip.ts';
import { browserFamily, deviceChange, type DeviceChange } from '../device-change.ts';
import { rounded, sightingEvidence, type SightingEvidence } from '../evidence.ts';
import type { PersonFacts, RuleFinding, Sighting } from '../facts.ts';
import { findingOf } from '../finding.ts';
import type { Rule } from '../rule.ts';
import type { SessionStep } from '../session-steps.ts';
import type { DetectSettings } from '../settings.ts';
import {
  addressName,
  deviceName,
  duration,
  moment,
  percent,
  personName,
  placeName,
  quoted,
} from '../words.ts';

/**
 * One session goes on from another kind of device (detections 4.4, H1): the operating system or the device type changed, or
 * the user agent did by more than its versions. Sessions don't move between devices; stolen cookies do.
 *
 * Who steals a cookie may happen to use the same system and browser. Then only the version differs: one that fell, at another
 * network, is another copy of the browser; one that rose at a network that is new for the person may be an update, and is medium.
 *
 * Fires without any history. Can't judge: sources that give a session a new id at each reconnect, sightings without a
 * device. Suppressed: the login step, and the desktop mode of a phone's browser at the same address.
 */
export const sessionDeviceChange: Rule = {
  id: 'session-device-change',
  cannotJudge: ['sources that give a session a new id at each reconnect', 'sightings without a device'],
  lowered: [
    'the first minute of a session: suppressed',
    'a phone’s desktop mode at the same address: suppressed',
    'nothing but a newer version of the browser, at a network that is new for the person: medium',
    'a newer version at a network the person is known for: not told',
  ],
  settings: ['session'],
  judge(person, unjudged) {
    const { facts } = person;
    const findings = new Map<string, RuleFinding | null>();
    for (const step of person.steps()) {
      const change = deviceChange(step, unjudged, person);
      if (change === null) continue;
      const suppressedBy = suppressionOf(step, person.settings);
      const key = keyOf(step, change, suppressedBy);
      const text = key.join(' ');
      if (findings.has(text)) continue;
      const finding = person.isJudged(step.after.toMs)
        ? deviceFinding(step, change, suppressedBy, key, facts)
        : null;
      findings.set(text, finding);
    }
    return [...findings.values()].filter((finding) => finding !== null);
  },
};

export type DeviceChangeEvidence = {
  readonly before: SightingEvidence;
  readonly after: SightingEvidence;
  readonly changed: readonly string[];
  readonly userAgentSimilarity: number | null;
  readonly suppression: string | null;
};

function suppressionOf(step: SessionStep, { session }: DetectSettings): string | null {
  const { startMs } = step;
  if (startMs !== null && step.after.toMs - startMs <= session.loginStepMs) {
    return `The session was at most ${duration(session.loginStepMs)} old: ids are reused during the login step.`;
  }
  if (isDesktopMode(step))
    return 'A phone or tablet asked for the desktop version of the site, from the same address range.';
  return null;
}

/** The systems a mobile browser pretends to run on when it asks for desktop pages. */
const desktopModeOf = new Map([
  ['Android', 'Linux'],
  ['iOS', 'macOS'],
]);

function isDesktopMode({ before: a, after: b }: SessionStep): boolean {
  const [one, other] = [a.device?.os ?? '', b.device?.os ?? ''];
  const isPair = desktopModeOf.get(one) === other || desktopModeOf.get(other) === one;
  if (!isPair || browserFamily(a) === null || browserFamily(a) !== browserFamily(b)) return false;
  const range = a.ip === null ? null : prefixOf(a.ip);
  return range !== null && b.ip !== null && range === prefixOf(b.ip);
}

/** A session used by turns on two devices is one finding; suppressed changes don't hide the others. */
function keyOf(step: SessionStep, change: DeviceChange, suppressedBy: string | null): readonly string[] {
  const ends = [step.before, step.after].map((sighting) => endKey(sighting, change)).sort();
  return [step.sessionKey, suppressedBy === null ? 'fires' : 'suppressed', ...ends];
}

function endKey({ device, userAgent }: Sighting, { parts }: DeviceChange): string {
  const only = parts.length === 1 ? parts[0] : null;
  if (only === 'user agent') return userAgentWithoutVersions(userAgent ?? '');
  if (only === 'browser') return device?.browser ?? '?';
  if (only === 'browser version') return `${device?.browser ?? '?'} ${device?.browserVersion ?? '?'}`;
  return `${device?.os ?? '?'} ${device?.kind ?? '?'}`;
}

function deviceFinding(
  { sessionKey, before, after }: SessionStep,
  { parts, similarity, severity }: DeviceChange,
  suppressedBy: string | null,
  key: readonly string[],
  facts: PersonFacts,
): RuleFinding {
  const evidence: DeviceChangeEvidence = {
    before: sightingEvidence(before),
    after: sightingEvidence(after),
    changed: parts,
    userAgentSimilarity: similarity === null ? null : rounded(similarity, 4),
    suppression: suppressedBy,
  };
  return findingOf({
    rule: 'session-device-change',
    about: after,
    severity,
    key,
    sessions: [sessionKey],
    atMs: after.toMs,
    title: `One session, two devices: ${deviceName(before.device)}, then ${deviceName(after.device)}`,
    explanation: [
      `A session of ${personName(facts, after)} was used with ${endWords(before)}, and then with ${endWords(after)}.`,
      `What changed: ${parts.join(', ')}${versionWords(before, after, parts)}. A session stays on the device that signed in, unless its cookie is copied.`,
      similarity === null
        ? 'How sure: there is no user agent on both sides to compare.'
        : `How sure: the two user agents without their versions are ${percent(similarity)} alike.`,
      ...(suppressedBy === null ? [] : [`Not alerted. ${suppressedBy}`]),
      'What would make it wrong: a browser that changes how it presents itself (desktop mode, privacy extensions, a ' +
        'test tool), or a source that reuses session ids.',
    ],
    evidence,
    isLearning: false,
    suppressedBy,
  });
}

function versionWords(before: Sighting, after: Sighting, parts: readonly string[]): string {
  if (!parts.includes('browser version')) return '';
  const [from, to] = [before, after].map(({ device }) => quoted(device?.browserVersion ?? '?'));
  return ` (from ${from} to ${to}, at another network)`;
}

function endWords(sighting: Sighting): string {
  return (
    `${deviceName(sighting.device)} at ${moment(sighting.toMs)} from ${addressName(sighting)}, ` +
    placeName(sighting.place)
  );
}
