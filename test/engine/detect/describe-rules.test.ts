import { describe, expect, it } from 'vitest';
import { campaign } from '../../../src/engine/detect/campaign.ts';
import { catalogue } from '../../../src/engine/detect/catalogue.ts';
import { dayCatalogue } from '../../../src/engine/detect/days/catalogue.ts';
import { describeRules } from '../../../src/engine/detect/describe-rules.ts';
import { defaultSettings } from '../../../src/engine/detect/settings.ts';
import { thresholdWords } from '../../../src/engine/detect/threshold-words.ts';
import { ruleDescription } from '../../../src/contract/rule-description.ts';

describe('the description of the rules', () => {
  it('tells of every rule in the words of the contract', () => {
    const everyRule = [...catalogue, ...dayCatalogue, campaign];
    const described = describeRules(defaultSettings);
    expect(described.map(({ id }) => id).sort()).toEqual(everyRule.map(({ id }) => id).sort());
    for (const rule of described) expect(ruleDescription.parse(rule)).toEqual(rule);
  });

  it('has the numbers that are in force, with their units', () => {
    const settings = { ...defaultSettings, travel: { ...defaultSettings.travel, speedKmPerHour: 700 } };
    expect(thresholdWords(settings, ['travel'])).toEqual(
      expect.arrayContaining([
        { name: 'speed', value: '700 km/h' },
        { name: 'min distance', value: '300 km' },
        { name: 'min probability', value: '95.0 %' },
        { name: 'active within', value: '15 minutes' },
        { name: 'line error', value: 'fixed 0.01, unknown 0.02, cellular 0.15' },
      ]),
    );
    expect(thresholdWords(settings, ['session'])).toContainEqual({
      name: 'login step',
      value: '1 minute',
    });
  });
});
