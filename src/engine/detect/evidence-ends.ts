import { deviceKind, networkKind, type DeviceKind, type NetworkKind } from '../../contract/place.ts';
import { prefixOf } from '../enrich/ip.ts';
import type { SightingEvidence } from './evidence.ts';
import type { Infrastructure } from './facts.ts';

/** What evidence says of one sighting, as far as it is compared with anything. */
export type EvidenceEnd = Pick<SightingEvidence, 'ip' | 'country' | 'asn' | 'browser' | 'os'> & {
  readonly networkKinds: readonly NetworkKind[];
  readonly deviceKind: DeviceKind | null;
};

/** Sightings that one finding's evidence is searched for; a rule names two, and lists of a few. */
const MAX_ENDS = 32;
/** Evidence is a few levels deep. */
const MAX_DEPTH = 4;

/** The sightings that a finding's evidence tells of, wherever its rule put them. */
export function evidenceEnds(evidence: Readonly<Record<string, unknown>>): readonly EvidenceEnd[] {
  const ends: EvidenceEnd[] = [];
  const visit = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || depth > MAX_DEPTH || ends.length >= MAX_ENDS) return;
    if (isSighting(value)) ends.push(endOf(value));
    else for (const inner of Object.values(value)) visit(inner, depth + 1);
  };
  visit(evidence, 0);
  return ends;
}

/** Those of the attacker: from the address block, or else the network, that the finding is about; all where neither is known. */
export function suspectEnds(
  evidence: Readonly<Record<string, unknown>>,
  { prefix, asn }: Infrastructure,
): readonly EvidenceEnd[] {
  return evidenceEnds(evidence).filter((end) => {
    if (prefix !== null) return end.ip !== null && prefixOf(end.ip) === prefix;
    return asn === null || end.asn === asn;
  });
}

type Fields = Readonly<Record<string, unknown>>;

function isSighting(value: object): value is Fields {
  return 'sighting' in value && typeof value.sighting === 'string' && 'networkKinds' in value;
}

function endOf(fields: Fields): EvidenceEnd {
  return {
    ip: text(fields.ip),
    country: text(fields.country),
    asn: typeof fields.asn === 'number' ? fields.asn : null,
    browser: text(fields.browser),
    os: text(fields.os),
    networkKinds: networkKind.array().safeParse(fields.networkKinds).data ?? [],
    deviceKind: deviceKind.safeParse(fields.deviceKind).data ?? null,
  };
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
