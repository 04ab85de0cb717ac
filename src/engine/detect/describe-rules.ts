import { ruleCatalogue, type RuleInput } from '../../contract/rule-catalogue.ts';
import type { RuleDescription } from '../../contract/rule-description.ts';
import { ruleId } from '../../contract/rules.ts';
import { campaign } from './campaign.ts';
import { catalogue } from './catalogue.ts';
import { dayCatalogue } from './days/catalogue.ts';
import type { DetectSettings } from './settings.ts';
import { thresholdWords } from './threshold-words.ts';

const inputWords: Record<RuleInput, string> = {
  place: 'places finer than a country',
  country: 'countries',
  ip: 'addresses',
  asn: 'networks (ASN)',
  device: 'devices',
  userAgent: 'user agents',
  outcomes: 'failed and successful logins',
  steadySessions: 'sessions that keep their id, seen by several polls',
  start: 'when sessions started, or logins',
  expiry: 'when sessions expire',
  lastSeen: 'when sessions were last used',
  userState: 'whether users still exist',
  revocations: 'our own revocations',
};

/** Every rule with the numbers that are in force, in the order of the contract. */
export function describeRules(settings: DetectSettings): readonly RuleDescription[] {
  const rules = new Map([...catalogue, ...dayCatalogue, campaign].map((rule) => [rule.id, rule]));
  return ruleId.options.flatMap((id) => {
    const rule = rules.get(id);
    const { name, severity, fromTheStart, inputs } = ruleCatalogue[id];
    if (rule === undefined) return [];
    return {
      id,
      name,
      severity,
      fromTheStart: fromTheStart === true,
      inputs: inputs.map((input) => inputWords[input]),
      cannotJudge: [...rule.cannotJudge],
      lowered: [...rule.lowered],
      thresholds: [...thresholdWords(settings, rule.settings ?? [])],
    };
  });
}
