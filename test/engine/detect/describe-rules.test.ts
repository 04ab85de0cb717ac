import { describe, expect, it } from 'vitest';
import { campaign } from '../../../src/engine/detect/campaign.ts';
import { catalogue } from '../../../src/engine/detect/catalogue.ts';
import { dayCatalogue } from '../../../src/engine/detect/days/catalogue.ts';
import { describeRules } from '../../../src/engine/detect/describe-rules.ts';
import { defaultSettings } from '../../../src/engine/detect/settings.ts';
import { thresholdWords } from '../../../src/engine/detect/threshold-words.ts';
import type { RuleId } from '../../../src/contract/rules.ts';
import { ruleDescription } from '../../../src/contract/rule-description.ts';

describe('the description of the rules', () => {
  it('tells of every rule in the words of the contract', () => {
    const everyRule = [...catalogue, ...dayCatalogue, campaign];
    const described = describeRules(defaultSettings);
    expect(described.map(({ id }) => id).sort()).toEqual(everyRule.map(({ id }) => id).sort());
    for (const rule of described) expect(ruleDescription.parse(rule)).toEqual(rule);
  });

  it('has the numbers that are in force, with their units, as an analyst says them', () => {
    const settings = { ...defaultSettings, travel: { ...defaultSettings.travel, speedKmPerHour: 700 } };
    expect(thresholdWords(settings, ['travel'])).toEqual(
      expect.arrayContaining([
        { name: 'fastest honest journey', value: '700 km/h' },
        { name: 'fires from a distance of', value: '300 km' },
        { name: 'fires from a probability of', value: '95 %' },
        { name: 'a session is in use around each sighting for', value: '15 minutes' },
        {
          name: 'how often an address is placed wrongly',
          value: '1 % (fixed line), 2 % (unknown line), 15 % (cellular line)',
        },
      ]),
    );
    expect(thresholdWords(settings, ['place'])).toContainEqual({
      name: 'radius taken for a city',
      value: '50 km (IPv4), 150 km (IPv6)',
    });
  });

  it('says a small share as one in so many, a multiple as times, and days as days', () => {
    expect(
      thresholdWords(defaultSettings, [
        'network.rareLoginShare',
        'volume.burstProbability',
        'crowd.timesNorm',
        'organisation.normDays',
        'carrier.maxPhoneShareElsewhere',
      ]).map(({ value }) => value),
    ).toEqual(['1 in 50,000', '1 in 1,000,000', '4 times', '30 days', '33.3 %']);
  });

  it('tells of a rule only by what it is tuned by itself', () => {
    const numbers = (id: RuleId) =>
      describeRules(defaultSettings)
        .find((rule) => rule.id === id)
        ?.thresholds.map(({ name, value }) => `${name}: ${value}`);
    expect(numbers('brute-force')).toEqual([
      'failed logins, at least: 8',
      'of an administrator, at least: 5',
      'within: 5 minutes',
    ]);
    expect(numbers('dormant-country')?.[0]).toBe('a known country has gone to sleep after: 30 days');
    expect(numbers('first-login-from-anonymizer')).toEqual(['an account is new for: 24 hours']);
  });

  it('names no two numbers of a rule alike, and none by its name in the code', () => {
    for (const { thresholds } of describeRules(defaultSettings)) {
      const names = thresholds.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      for (const { name, value } of thresholds) {
        expect(name).not.toMatch(/[a-z][A-Z]|\b(min|max)\b/);
        expect(value).not.toMatch(/0\.0\d|e-\d/);
      }
    }
  });
});
