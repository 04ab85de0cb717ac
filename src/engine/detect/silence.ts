import type { SuppressionScope } from '../../contract/suppression.ts';
import { ipRange, ipSortKey, type IpRange } from '../query/ip-range.ts';
import { evidenceEnds, suspectEnds } from './evidence-ends.ts';
import type { RuleFinding } from './facts.ts';

/** A finding as far as a scope can ask of it. */
export type Silenceable = Pick<RuleFinding, 'rule' | 'source' | 'userId' | 'infrastructure' | 'evidence'>;

/**
 * A scope as a question to findings (detections 6.3): every term that is given must hold. Networks, ASN, client and list are
 * those of the side that the finding is about; countries are those of both sides. What is not known never matches.
 */
export function silencedBy(scope: SuppressionScope): (finding: Silenceable) => boolean {
  const { rule, source, userId, asn, client } = scope;
  const range = scope.network === null ? null : ipRange(scope.network);
  return (finding) => {
    const { infrastructure } = finding;
    return (
      (rule === null || finding.rule === rule) &&
      (source === null || finding.source === source) &&
      (userId === null || finding.userId === userId) &&
      (asn === null || infrastructure.asn === asn) &&
      (client === null || infrastructure.client?.toLowerCase() === client.toLowerCase()) &&
      (scope.network === null || (range !== null && isFrom(range, finding))) &&
      (scope.countries === null || isBetween(scope.countries, finding)) &&
      (scope.list === null || isListed(scope.list.toLowerCase(), finding))
    );
  };
}

/** The address itself decides; where only its block is known, the whole block has to be inside. */
function isFrom(range: IpRange, { infrastructure, evidence }: Silenceable): boolean {
  const addresses = suspectEnds(evidence, infrastructure).flatMap(({ ip }) => ip ?? []);
  if (addresses.length > 0) {
    return addresses.every((address) => {
      const key = ipSortKey(address);
      return key !== null && isWithin({ low: key, high: key }, range);
    });
  }
  const block = infrastructure.prefix === null ? null : ipRange(infrastructure.prefix);
  return block !== null && isWithin(block, range);
}

function isWithin({ low, high }: IpRange, range: IpRange): boolean {
  return Buffer.compare(low, range.low) >= 0 && Buffer.compare(high, range.high) <= 0;
}

function isBetween([one, other]: readonly [string, string], { evidence }: Silenceable): boolean {
  const ends = evidenceEnds(evidence).flatMap(({ country }) => country ?? []);
  const before = Array.isArray(evidence.countriesBefore) ? (evidence.countriesBefore as unknown[]) : [];
  const countries = new Set<unknown>([...ends, ...before]);
  if (one === other) return countries.size === 1 && countries.has(one);
  return countries.has(one) && countries.has(other);
}

/** Either a kind of the network, or the name of a list that the evidence says the address is on. */
function isListed(list: string, { infrastructure, evidence }: Silenceable): boolean {
  if (
    suspectEnds(evidence, infrastructure).some(({ networkKinds }) =>
      networkKinds.some((kind) => kind === list),
    )
  )
    return true;
  const matches = [evidence.list, evidence.lists, evidence.listed].flat();
  return matches.some((match) => {
    const name = typeof match === 'object' && match !== null && 'list' in match ? match.list : match;
    return typeof name === 'string' && name.toLowerCase() === list;
  });
}
