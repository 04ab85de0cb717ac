import type { Device } from '../../whereabouts.ts';
import type { Case } from '../case.ts';
import { clientDatesOf, RELEASES_REVIEWED } from '../client-releases.ts';
import { sightingEvidence, type SightingEvidence } from '../evidence.ts';
import type { RuleFinding, Sighting } from '../facts.ts';
import { findingOf } from '../finding.ts';
import { isoTime } from '../moment.ts';
import { tellMissing } from '../not-evaluable.ts';
import type { Rule } from '../rule.ts';
import type { DetectSettings } from '../settings.ts';
import { stretchesOf } from '../stretches.ts';
import { addressName, moment, personName, quoted } from '../words.ts';

/**
 * A person uses a browser that was over a year old at that time, or an operating system without security updates (detections
 * 4.3, D4). By the time of the event and a table that ships with the app. Told once, and again after 90 days without it.
 *
 * Can't judge: browsers and versions the table does not know; systems whose version browsers no longer tell.
 */
export const outdatedClient: Rule = {
  id: 'outdated-client',
  cannotJudge: [
    'browsers and versions that the shipped table of releases does not know',
    'systems whose version browsers no longer tell (Windows 10 and 11, macOS, iOS, most Android)',
  ],
  lowered: [],
  settings: ['client.outdatedAfterMs'],
  judge(person, unjudged) {
    const { facts, settings } = person;
    const isUnknown = ({ device }: Sighting) => device === null || outdatedFromMs(device, settings) === null;
    tellMissing(
      unjudged,
      person.seen(),
      isUnknown,
      'The table of releases does not know the browser or the system.',
    );
    const isOld = (device: Device) => (outdatedFromMs(device, settings) ?? Infinity) <= facts.nowMs;
    if (!person.clients().devices.some(isOld)) return [];
    const clientOf = (sighting: Sighting) => oldClientOf(sighting, settings);
    return stretchesOf(person.seen(), settings.learning.lookBackMs, clientOf)
      .filter(({ first }) => person.isJudged(first.toMs))
      .map(({ first, value }) => outdatedFinding(first, value, person));
  },
};

export type OutdatedClientEvidence = {
  readonly sighting: SightingEvidence;
  readonly browserVersion: string | null;
  readonly osVersion: string | null;
  /** ISO 8601: when the browser's major was last updated; null: not known. */
  readonly browserLastUpdated: string | null;
  /** ISO 8601; null: not known. */
  readonly systemSupportEnded: string | null;
  readonly tableReviewed: string;
};

/** From when on a device is outdated; null when the table can't tell. */
function outdatedFromMs(device: Device, { client }: DetectSettings): number | null {
  const { lastUpdateMs, supportEndMs } = clientDatesOf(device);
  if (lastUpdateMs === null && supportEndMs === null) return null;
  return Math.min(
    lastUpdateMs === null ? Infinity : lastUpdateMs + client.outdatedAfterMs,
    supportEndMs ?? Infinity,
  );
}

function oldClientOf({ device, toMs }: Sighting, settings: DetectSettings): string | null {
  if (device === null || (outdatedFromMs(device, settings) ?? Infinity) > toMs) return null;
  return clientDatesOf(device).name;
}

function outdatedFinding(
  sighting: Sighting,
  client: string,
  { facts, baseline, settings }: Case,
): RuleFinding {
  const { device, toMs } = sighting;
  const { lastUpdateMs, supportEndMs } =
    device === null ? { lastUpdateMs: null, supportEndMs: null } : clientDatesOf(device);
  const evidence: OutdatedClientEvidence = {
    sighting: sightingEvidence(sighting),
    browserVersion: device?.browserVersion ?? null,
    osVersion: device?.osVersion ?? null,
    browserLastUpdated: isoTime(lastUpdateMs),
    systemSupportEnded: isoTime(supportEndMs),
    tableReviewed: RELEASES_REVIEWED,
  };
  const browser = `${quoted(device?.browser ?? 'an unknown browser')} ${device?.browserVersion ?? ''}`.trim();
  const system = `${quoted(device?.os ?? 'an unknown system')} ${device?.osVersion ?? ''}`.trim();
  const isOldBrowser = lastUpdateMs !== null && lastUpdateMs + settings.client.outdatedAfterMs <= toMs;
  const isOldSystem = supportEndMs !== null && supportEndMs <= toMs;
  return findingOf({
    rule: 'outdated-client',
    severity: 'low',
    about: sighting,
    key: [client, sighting.id],
    sessions: [sighting.sessionKey],
    atMs: toMs,
    title: `Outdated: ${[isOldBrowser ? browser : null, isOldSystem ? system : null].filter((part) => part !== null).join(' on ')}`,
    explanation: [
      `${personName(facts, sighting)} was seen with ${browser} on ${system} at ${moment(toMs)}, from ${addressName(sighting)}.`,
      ...(isOldBrowser ? [`That version was last updated on ${day(lastUpdateMs)}, over a year before.`] : []),
      ...(isOldSystem ? [`The system has had no security updates since ${day(supportEndMs)}.`] : []),
      `How sure: the versions are what the user agent says, held against a table of releases last reviewed on ${RELEASES_REVIEWED}.`,
      'What would make it wrong: an extended-support release or paid updates, or a browser that states an old version to be left alone.',
    ],
    evidence,
    isLearning: !baseline.mature(toMs),
    suppressedBy: null,
  });
}

function day(atMs: number): string {
  return moment(atMs).slice(0, 10);
}
