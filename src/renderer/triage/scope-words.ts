import type { SuppressionScope } from '../../contract/suppression.ts';
import { ruleName } from '../badge/rule-name.ts';

/** What a suppression silences, a few words for each term: all of them have to hold. */
export function scopeWords(scope: SuppressionScope): readonly string[] {
  const { rule, source, userId, network, asn, countries, client, list } = scope;
  return [
    rule === null ? null : `rule ${ruleName(rule)}`,
    userId === null ? null : `user ${userId} at ${source ?? ''}`,
    source === null || userId !== null ? null : `source ${source}`,
    network === null ? null : `network ${network}`,
    asn === null ? null : `AS${asn}`,
    countries === null ? null : placesOf(countries),
    client === null ? null : `client ${client}`,
    list === null ? null : `on ${list}`,
  ].filter((words) => words !== null);
}

function placesOf([one, other]: readonly [string, string]): string {
  return one === other ? `in ${one}` : `between ${one} and ${other}`;
}
