import type { Finding } from '../../contract/finding.ts';
import type { SuppressionScope } from '../../contract/suppression.ts';
import { ruleName } from '../badge/rule-name.ts';
import { isRecord, textOf } from '../evidence/sighting-end.ts';

/** One thing that a suppression can be narrowed by, taken from a finding. */
export type ScopeTerm = {
  readonly id: string;
  readonly words: string;
  readonly scope: Partial<SuppressionScope>;
  /** Whether it is proposed: rule and user together are the narrowest that is of use. */
  readonly isProposed: boolean;
};

/** What there is to choose from, the most telling first. */
export function scopeTerms(finding: Finding): readonly ScopeTerm[] {
  const { rule, source, userId, userName, prefix, asn, client } = finding;
  const countries = countriesOf(finding.evidence);
  const [one, other] = countries;
  return [
    { id: 'rule', words: `Rule: ${ruleName(rule)}`, scope: { rule }, isProposed: true },
    {
      id: 'user',
      words: `User: ${userName ?? userId} at ${source}`,
      scope: { source, userId },
      isProposed: true,
    },
    ...(prefix === null
      ? []
      : [{ id: 'network', words: `Network: ${prefix}`, scope: { network: prefix }, isProposed: false }]),
    ...(asn === null ? [] : [{ id: 'asn', words: `ASN: AS${asn}`, scope: { asn }, isProposed: false }]),
    ...(one === undefined || other === undefined || countries.length > 2
      ? []
      : [
          {
            id: 'countries',
            words: `Between ${one} and ${other}`,
            scope: { countries: [one, other] as [string, string] },
            isProposed: false,
          },
        ]),
    ...(client === null
      ? []
      : [{ id: 'client', words: `Client: ${client}`, scope: { client }, isProposed: false }]),
    { id: 'source', words: `Source: ${source}`, scope: { source }, isProposed: false },
  ];
}

/** Countries of the two ends of a comparison. */
function countriesOf(evidence: Finding['evidence']): readonly string[] {
  const countries = Object.values(evidence).flatMap((end) =>
    isRecord(end) ? (textOf(end.country) ?? []) : [],
  );
  return [...new Set(countries.filter((code) => /^[A-Z]{2}$/.test(code)))];
}
