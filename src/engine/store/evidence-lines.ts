import type { RuleId } from '../../contract/rules.ts';
import { isoTime } from '../detect/moment.ts';

/** How a value of evidence stands in its line: as it is, as 0 or 1, as the number of a sentence, or as milliseconds before the finding. */
export type EvidenceField = { readonly name: string; readonly as: 'value' | 'flag' | 'sentence' | 'moment' };
type Line = readonly [rule: RuleId, fields: readonly EvidenceField[]];

const value = (name: string): EvidenceField => ({ name, as: 'value' });
const flag = (name: string): EvidenceField => ({ name, as: 'flag' });
const sentence = (name: string): EvidenceField => ({ name, as: 'sentence' });
const moment = (name: string): EvidenceField => ({ name, as: 'moment' });

/**
 * What evidence of rules that are about one sighting has beside that sighting, in the order of the rule. The number of a line stands
 * in every finding that is stored by it, so a line never changes and none is removed: another shape of evidence is a new line at
 * the end, and of a rule's lines the last is stored by. Evidence of any other shape is stored with its names (`finding-telling.ts`).
 */
export const evidenceLines: readonly Line[] = [
  [
    'new-device',
    [
      value('device'),
      value('devicesBefore'),
      ...[flag('newSystem'), flag('newBrowser'), flag('newNetwork'), flag('newCountry')],
    ],
  ],
  [
    'new-network',
    [
      value('asn'),
      value('networksBefore'),
      ...[
        flag('deviceKnown'),
        flag('cityKnown'),
        value('loginShare'),
        flag('isRare'),
        sentence('suppression'),
      ],
    ],
  ],
  [
    'new-country',
    [
      value('country'),
      value('countriesBefore'),
      ...[flag('deviceKnown'), flag('commonInOrganisation'), value('lowering')],
    ],
  ],
  ['private-ip', [value('source'), value('ipClass')]],
];

/** Sentences that evidence repeats word by word. Stored by their numbers, so the same holds of them as of the lines. */
export const evidenceSentences: readonly string[] = [
  'The city and the device are known: people change their provider.',
];

/** The same of rules whose evidence is a list of sessions, beside that list; with numbers of their own. */
export const listLines: readonly Line[] = [
  ['old-session', [moment('oldestAt'), flag('isAdministrator'), value('afterDays'), value('appAfterDays')]],
  ['never-expiring-session', [value('withoutEnd'), flag('isAdministrator')]],
  ['idle-session', [value('afterDays')]],
  ['too-many-sessions', [value('median')]],
  ['session-outlives-user', [moment('goneAt'), value('graceMinutes')]],
];

/** What most sessions in lists are on, as `deviceName` says it. Stored by their numbers, which never change; any other by its name. */
export const listedDevices: readonly string[] = [
  '“Chrome” on “Windows” (desktop)',
  '“Edge” on “Windows” (desktop)',
  '“Firefox” on “Windows” (desktop)',
  '“Opera” on “Windows” (desktop)',
  '“Chrome” on “macOS” (desktop)',
  '“Safari” on “macOS” (desktop)',
  '“Firefox” on “macOS” (desktop)',
  '“Edge” on “macOS” (desktop)',
  '“Chrome” on “Linux” (desktop)',
  '“Firefox” on “Linux” (desktop)',
  '“Firefox” on “Ubuntu” (desktop)',
  '“Chrome” on “Chrome OS” (desktop)',
  '“Chrome” on “Android” (mobile)',
  '“Chrome” on “Android” (tablet)',
  '“Samsung Internet” on “Android” (mobile)',
  '“Firefox” on “Android” (mobile)',
  '“Edge” on “Android” (mobile)',
  '“Mobile Safari” on “iOS” (mobile)',
  '“Mobile Safari” on “iOS” (tablet)',
  '“Chrome” on “iOS” (mobile)',
  '“Chrome” on “iOS” (tablet)',
  '“Firefox” on “iOS” (mobile)',
  '“Edge” on “iOS” (mobile)',
];

/** Whether `toldValue` answers what `storedValue` is given. */
export function isStorable(value: unknown, as: EvidenceField['as']): boolean {
  if (as === 'moment')
    return value === null || (typeof value === 'string' && !Number.isNaN(Date.parse(value)));
  return as === 'flag' ? typeof value === 'boolean' : value !== undefined;
}

/** A value of evidence as it stands in the line of a finding at `atMs`. */
export function storedValue(value: unknown, as: EvidenceField['as'], atMs: number): unknown {
  if (as === 'flag') return Number(value);
  if (as === 'value' || typeof value !== 'string') return value;
  if (as === 'moment') return atMs - Date.parse(value);
  const number = evidenceSentences.indexOf(value);
  return number < 0 ? value : number;
}

/** What `storedValue` stored. */
export function toldValue(value: unknown, as: EvidenceField['as'], atMs: number): unknown {
  if (as === 'flag') return value === 1;
  if (as === 'value' || typeof value !== 'number') return value;
  return as === 'moment' ? isoTime(atMs - value) : evidenceSentences[value];
}
