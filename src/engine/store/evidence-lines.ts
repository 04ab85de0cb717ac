import type { RuleId } from '../../contract/rules.ts';

/** How a value of evidence stands in its line: as it is, as 0 or 1, or as the number of a sentence. */
export type EvidenceField = { readonly name: string; readonly as: 'value' | 'flag' | 'sentence' };

const value = (name: string): EvidenceField => ({ name, as: 'value' });
const flag = (name: string): EvidenceField => ({ name, as: 'flag' });
const sentence = (name: string): EvidenceField => ({ name, as: 'sentence' });

/**
 * What evidence of rules that are about one sighting has beside that sighting, in the order of the rule. The number of a line stands
 * in every finding that is stored by it, so a line never changes and none is removed: another shape of evidence is a new line at
 * the end, and of a rule's lines the last is stored by. Evidence of any other shape is stored with its names (`finding-telling.ts`).
 */
export const evidenceLines: readonly (readonly [rule: RuleId, fields: readonly EvidenceField[]])[] = [
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
