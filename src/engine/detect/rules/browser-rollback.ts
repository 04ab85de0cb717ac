import type { Device } from '../../whereabouts.ts';
import type { Case } from '../case.ts';
import { deviceKeyOfSighting } from '../device.ts';
import { sightingEvidence, type SightingEvidence } from '../evidence.ts';
import type { RuleFinding, Sighting } from '../facts.ts';
import { findingOf } from '../finding.ts';
import { isSurelyBefore } from '../moment.ts';
import { tellMissing, type Unjudged } from '../not-evaluable.ts';
import { remembered } from '../remembered.ts';
import type { Rule } from '../rule.ts';
import { addressName, deviceName, duration, moment, personName } from '../words.ts';

/**
 * The browser of one device is older by two majors than it was within the seven days before (detections 4.3, D3). Browsers
 * update themselves and don't go back; somebody else's copy of the same browser is behind.
 *
 * Can't judge: user agents without a version; versions of which nothing says which was used first, as of two sessions that one poll
 * saw. Silent where the older version was in use in those seven days as well, which is a second machine of the same kind; where
 * the source gives device tokens, machines are told apart by them.
 */
export const browserRollback: Rule = {
  id: 'browser-rollback',
  cannotJudge: [
    'user agents without a browser version',
    'versions of which nothing says which was used first, as of two sessions that one poll saw',
  ],
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

/** When each major of a device was last seen. */
type Majors = Map<number, number>;

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
  const seen = person.seen();
  for (const [at, sighting] of seen.entries()) {
    const version = versionOf(sighting);
    if (version === null) continue;
    const { key, major } = version;
    const majors: Majors = byDevice.get(key) ?? new Map<number, number>();
    byDevice.set(key, majors);
    const sinceMs = sighting.toMs - rollbackWithinMs;
    const isInUse = (majors.get(major) ?? -Infinity) > sinceMs;
    const isBehind = newestSince(majors, sinceMs) - major >= rollbackMajors;
    if (isBehind && isInUse) {
      unjudged.add('Both versions are in use side by side, as on two machines of one kind.', sighting);
    } else if (isBehind && person.isJudged(sighting.toMs)) {
      const newer = newestBefore(version, seen, at, sinceMs);
      if (newer !== null && newer.major - major >= rollbackMajors) {
        findings.push(rollbackFinding(newer, version, person));
      } else unjudged.add('Nothing says which of the two versions was used first.', sighting);
    }
    majors.set(major, sighting.toMs);
  }
  return findings;
}

/** Which version of which device was used. */
type Version = { readonly sighting: Sighting; readonly key: string; readonly major: number };

function versionOf(sighting: Sighting): Version | null {
  const major = sighting.device === null ? null : majorOf(sighting.device).major;
  const key = major === null ? null : deviceKeyOfSighting(sighting);
  return major === null || key === null ? null : { sighting, key, major };
}

function newestSince(majors: Majors, sinceMs: number): number {
  let newest = -Infinity;
  for (const [major, lastMs] of majors) if (lastMs > sinceMs) newest = Math.max(newest, major);
  return newest;
}

/** The newest version of the same device that was surely used before: the latest sighting of it since a moment. */
function newestBefore(
  older: Version,
  seen: readonly Sighting[],
  at: number,
  sinceMs: number,
): Version | null {
  let newest: Version | null = null;
  for (let before = at - 1; before >= 0; before -= 1) {
    const sighting = seen[before];
    if (sighting === undefined || sighting.toMs <= sinceMs) break;
    const version = isSurelyBefore(sighting, older.sighting) ? versionOf(sighting) : null;
    if (version?.key === older.key && version.major > (newest?.major ?? -Infinity)) newest = version;
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
