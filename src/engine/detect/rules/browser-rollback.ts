import type { Device } from '../../whereabouts.ts';
import type { Case } from '../case.ts';
import { deviceKeyOfSighting } from '../device.ts';
import { sightingEvidence, type SightingEvidence } from '../evidence.ts';
import type { RuleFinding, Sighting } from '../facts.ts';
import { findingOf } from '../finding.ts';
import { tellMissing, type Unjudged } from '../not-evaluable.ts';
import { remembered } from '../remembered.ts';
import type { Rule } from '../rule.ts';
import { addressName, deviceName, duration, moment, personName } from '../words.ts';

/**
 * The browser of one device is older by two majors than it was within the seven days before (detections 4.3, D3). Browsers
 * update themselves and don't go back; somebody else's copy of the same browser is behind.
 *
 * Can't judge: user agents without a version. Silent where the older version was in use in those seven days as well, which is
 * a second machine of the same kind; where the source gives device tokens, machines are told apart by them.
 */
export const browserRollback: Rule = {
  id: 'browser-rollback',
  cannotJudge: ['user agents without a browser version'],
  lowered: ['the older version was in use in the same seven days, on a second machine: not told'],
  settings: ['client.rollbackMajors', 'client.rollbackWithinMs'],
  judge(person, unjudged) {
    tellMissing(unjudged, person.seen(), hasNoMajor, 'The browser’s version is not known.');
    return hasOldVersions(person) ? rollbacksOf(person, unjudged) : [];
  },
};

export type BrowserRollbackEvidence = {
  readonly newer: SightingEvidence;
  readonly older: SightingEvidence;
  readonly majorsBack: number;
  readonly gapHours: number;
};

/** The latest sighting of each major of a device. */
type Majors = Map<number, Sighting>;

const majorOf = remembered(({ browserVersion }: Device) => ({
  major:
    browserVersion !== null && /^\d{1,4}(?!\d)/.test(browserVersion)
      ? Number.parseInt(browserVersion, 10)
      : null,
}));

function hasNoMajor({ device }: Sighting): boolean {
  return device === null || majorOf(device).major === null;
}

/** Few people were seen with two majors of a browser that are two apart; only they are looked into. */
function hasOldVersions({ clients, settings }: Case): boolean {
  const lowest = new Map<string, number>();
  const highest = new Map<string, number>();
  for (const device of clients().devices) {
    const { major } = majorOf(device);
    if (major === null) continue;
    const client = `${device.os} ${device.kind} ${device.browser}`;
    lowest.set(client, Math.min(major, lowest.get(client) ?? Infinity));
    highest.set(client, Math.max(major, highest.get(client) ?? -Infinity));
  }
  return [...lowest].some(
    ([client, low]) => (highest.get(client) ?? low) - low >= settings.client.rollbackMajors,
  );
}

function rollbacksOf(person: Case, unjudged: Unjudged): readonly RuleFinding[] {
  const { rollbackMajors, rollbackWithinMs } = person.settings.client;
  const byDevice = new Map<string, Majors>();
  const findings: RuleFinding[] = [];
  for (const sighting of person.seen()) {
    const major = sighting.device === null ? null : majorOf(sighting.device).major;
    const key = major === null ? null : deviceKeyOfSighting(sighting);
    if (major === null || key === null) continue;
    const majors: Majors = byDevice.get(key) ?? new Map<number, Sighting>();
    byDevice.set(key, majors);
    const sinceMs = sighting.toMs - rollbackWithinMs;
    const isInUse = (majors.get(major)?.toMs ?? -Infinity) > sinceMs;
    if (!isInUse && person.isJudged(sighting.toMs)) {
      const newer = newestSince(majors, sinceMs);
      if (newer !== null && newer.major - major >= rollbackMajors) {
        findings.push(rollbackFinding(newer, { sighting, major }, person));
      }
    } else if (
      isInUse &&
      majors.size > 1 &&
      (newestSince(majors, sinceMs)?.major ?? 0) - major >= rollbackMajors
    ) {
      unjudged.add('Both versions are in use side by side, as on two machines of one kind.', sighting);
    }
    majors.set(major, sighting);
  }
  return findings;
}

type Version = { readonly sighting: Sighting; readonly major: number };

function newestSince(majors: Majors, sinceMs: number): Version | null {
  let newest: Version | null = null;
  for (const [major, sighting] of majors) {
    if (sighting.toMs > sinceMs && (newest === null || major > newest.major)) newest = { sighting, major };
  }
  return newest;
}

function rollbackFinding(newer: Version, older: Version, { facts, baseline }: Case): RuleFinding {
  const [before, after] = [newer.sighting, older.sighting];
  const gapMs = after.toMs - before.toMs;
  const evidence: BrowserRollbackEvidence = {
    newer: sightingEvidence(before),
    older: sightingEvidence(after),
    majorsBack: newer.major - older.major,
    gapHours: Math.round(gapMs / 3_600_000),
  };
  return findingOf({
    rule: 'browser-rollback',
    severity: 'medium',
    about: after,
    key: [String(newer.major), String(older.major), after.id],
    sessions: [before.sessionKey, after.sessionKey],
    atMs: after.toMs,
    title: `Browser went back from version ${newer.major} to ${older.major}`,
    explanation: [
      `${personName(facts, after)} used ${deviceName(after.device)} version ${newer.major} at ${moment(before.toMs)} from ${addressName(before)}, ` +
        `and ${duration(gapMs)} later version ${older.major} at ${moment(after.toMs)} from ${addressName(after)}.`,
      `That is ${newer.major - older.major} major versions back. Browsers update themselves and don’t go back; somebody who pretends to use the same one is often behind.`,
      after.deviceToken != null
        ? 'How sure: the source calls both the same device, by its token.'
        : 'How sure: nothing but system, device type and browser family says that both are one device.',
      'What would make it wrong: a second machine of the same kind that is used now and then, or a restored backup.',
    ],
    evidence,
    isLearning: !baseline.mature(after.toMs),
    suppressedBy: null,
  });
}
